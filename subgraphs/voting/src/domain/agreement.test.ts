import { describe, expect, it } from 'vitest';
import { toItemAgreements, toOwnAgreement } from './agreement.ts';
import { applyChange, type Change } from './change.ts';
import type { SessionAggregate, Vote } from './model.ts';
import { joinSession } from './participants.ts';
import { addTopics } from './queue.ts';
import { revealRound, startRound } from './rounds.ts';
import { createSession } from './session.ts';
import { reviseEstimate, settleRound } from './settlements.ts';

const people = ['ann', 'bob', 'cy'];
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 10, minutes));

interface Played {
  readonly itemId: string;
  /** By person; an empty one did not vote. */
  readonly cards: readonly string[];
  readonly estimate?: number;
  readonly isRevealed?: boolean;
}

/** A session of three in which these rounds were played, a minute each. */
function play(rounds: readonly Played[]): { readonly state: SessionAggregate; readonly votes: readonly Vote[] } {
  const common = { role: 'ESTIMATOR', discipline: null } as const;
  let state = createSession({ id: 's', participantId: 'ann', inviteCode: 'i', title: 'T', name: 'Ann', now: at(0), ...common });
  const run = (change: Change | null) => {
    if (change !== null) state = applyChange(state, change, state.session.revision + 1);
  };
  const acting = (minutes: number) => ({ actorId: 'ann', now: at(minutes) });
  for (const id of people.slice(1)) run(joinSession(state, { id, name: id, subject: null, now: at(0), ...common }));
  run(
    addTopics(
      state,
      acting(0),
      [...new Set(rounds.map(({ itemId }) => itemId))].map((id) => ({ id, topic: id })),
    ).change,
  );
  const votes: Vote[] = [];
  for (const [index, { itemId, cards, estimate, isRevealed = true }] of rounds.entries()) {
    const roundId = `r${index}`;
    run(startRound(state, acting(index), { id: roundId, itemId }));
    for (const [place, card] of cards.entries())
      if (card !== '') votes.push({ roundId, participantId: people[place] ?? '', track: 'estimate', card, note: null });
    if (isRevealed) run(revealRound(state, acting(index), roundId));
    if (estimate !== undefined) run(settleRound(state, acting(index), { roundId, estimate }));
  }
  return { state, votes };
}

describe('agreement over time', () => {
  it('is told of each revealed item in the order of the last reveals, with where it began and where it ended', () => {
    const { state, votes } = play([
      { itemId: 'A', cards: ['3', '5', '8'] },
      { itemId: 'A', cards: ['5', '5', '5'], estimate: 5 },
      { itemId: 'B', cards: ['2', '2', '3'], estimate: 2 },
    ]);
    const told = toItemAgreements(state, votes).map(({ item, at: when, ...rest }) => ({
      topic: item.topic,
      minute: when.getUTCMinutes(),
      ...rest,
    }));
    expect(told).toEqual([
      { topic: 'A', minute: 1, first: 1 / 3, last: 1, roundCount: 2 },
      { topic: 'B', minute: 2, first: 2 / 3, last: 2 / 3, roundCount: 1 },
    ]);
  });

  it('says nothing of a round that is open, and of one in which too few voted to tell', () => {
    const { state, votes } = play([
      { itemId: 'A', cards: ['5', '', ''] },
      { itemId: 'B', cards: ['5', '5', '5'], isRevealed: false },
    ]);
    expect(toItemAgreements(state, votes).map(({ item, last }) => [item.topic, last])).toEqual([['A', null]]);
  });
});

describe('how one’s own votes went', () => {
  const { state, votes } = play([
    { itemId: 'A', cards: ['3', '5', '8'] },
    { itemId: 'A', cards: ['5', '5', '8'], estimate: 5 },
    { itemId: 'B', cards: ['2', '?', ''], estimate: 2 },
    { itemId: 'C', cards: ['13', '8', '1'], estimate: 8 },
    { itemId: 'D', cards: ['13', '8', '1'], isRevealed: false },
  ]);

  it.each([
    ['ann', { votedCount: 3, sameCount: 2, nearCount: 1 }],
    ['bob', { votedCount: 2, sameCount: 2, nearCount: 0 }],
    ['cy', { votedCount: 2, sameCount: 0, nearCount: 1 }],
    ['nobody', { votedCount: 0, sameCount: 0, nearCount: 0 }],
  ])('%s is told of the last reveals of settled items alone', (participantId, told) => {
    expect(toOwnAgreement(state, votes, participantId)).toEqual(told);
  });

  it('goes by what the estimate was corrected to', () => {
    const change = reviseEstimate(state, { actorId: 'ann', now: at(9) }, { itemId: 'C', id: 'x', estimate: 13 });
    const revised = applyChange(state, change, state.session.revision + 1);
    expect(toOwnAgreement(revised, votes, 'ann')).toEqual({ votedCount: 3, sameCount: 3, nearCount: 0 });
  });
});
