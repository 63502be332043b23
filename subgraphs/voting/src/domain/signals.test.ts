import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf, openRoundOf } from '../store/testing/play.ts';
import type { SessionAggregate, Vote } from './model.ts';
import { leaveSession } from './participants.ts';
import { revealRound, startRound, toVote } from './rounds.ts';
import { closeSession } from './session.ts';
import { findSilent } from './signals.ts';
import { pauseSession } from './timers.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const by = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
const refusal = (code: string) => expect.objectContaining({ code });

function opened(voters = 3): SessionAggregate {
  const state = buildTable({ voters });
  return advance(state, startRound(state, by(state), { id: 'round-1' }));
}
const votesOf = (state: SessionAggregate, ...ids: string[]): Vote[] =>
  ids.map((id) => toVote(state, id, { roundId: openRoundOf(state), card: '5' }));
const silentTo = (state: SessionAggregate, actorId: string, votes: readonly Vote[] = [], participantId?: string) =>
  findSilent(state, votes, actorId, { roundId: 'round-1', participantId }).map(({ id }) => id);

describe('a nudge', () => {
  it('is for those of the roster whose vote is missing, never for oneself', () => {
    const state = opened();
    const ann = facilitatorOf(state);
    expect(silentTo(state, ann)).toEqual(['voter-1', 'voter-2', 'voter-3']);
    expect(silentTo(state, ann, votesOf(state, 'voter-2'))).toEqual(['voter-1', 'voter-3']);
    expect(silentTo(state, 'voter-2', votesOf(state, 'voter-2'))).toEqual([ann, 'voter-1', 'voter-3']);
    expect(silentTo(state, ann, votesOf(state, 'voter-1', 'voter-2', 'voter-3'))).toEqual([]);
  });

  it('may be for one: nobody when they have voted, PARTICIPANT_NOT_FOUND when they do not vote here', () => {
    const state = opened();
    const ann = facilitatorOf(state);
    expect(silentTo(state, ann, [], 'voter-1')).toEqual(['voter-1']);
    expect(silentTo(state, ann, votesOf(state, 'voter-1'), 'voter-1')).toEqual([]);
    expect(() => silentTo(state, ann, [], 'nobody')).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
    const without = advance(state, leaveSession(state, { actorId: 'voter-1', now }));
    expect(silentTo(without, ann)).toEqual(['voter-2', 'voter-3']);
    expect(() => silentTo(without, ann, [], 'voter-1')).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
  });

  it('is refused with NOT_A_FACILITATOR to who has not voted, NOT_A_PARTICIPANT, ROUND_NOT_FOUND, ROUND_NOT_OPEN, SESSION_PAUSED, SESSION_CLOSED', () => {
    const state = opened();
    const ann = facilitatorOf(state);
    expect(() => silentTo(state, 'voter-1')).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(() => silentTo(state, 'nobody')).toThrow(refusal('NOT_A_PARTICIPANT'));
    expect(() => findSilent(state, [], ann, { roundId: 'none' })).toThrow(refusal('ROUND_NOT_FOUND'));
    const revealed = advance(state, revealRound(state, by(state), 'round-1'));
    expect(() => silentTo(revealed, ann)).toThrow(refusal('ROUND_NOT_OPEN'));
    expect(() => silentTo(advance(state, pauseSession(state, by(state))), ann)).toThrow(refusal('SESSION_PAUSED'));
    expect(() => silentTo(advance(state, closeSession(state, by(state))), ann)).toThrow(refusal('SESSION_CLOSED'));
  });
});
