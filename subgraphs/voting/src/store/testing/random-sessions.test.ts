import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '../../../../../kit/process/errors.ts';
import { createLogger } from '../../../../../kit/process/logging.ts';
import { applyChange } from '../../domain/change.ts';
import type { SessionAggregate, SessionEvent, Vote } from '../../domain/model.ts';
import { openStore, parseStoreValues, storeKinds } from '../../stores.ts';
import type { KeyedRequest, VotingStore } from '../voting-store.ts';
import { buildSession, facilitatorOf, newId, requestOf } from './play.ts';
import { provisions } from './provisions.ts';
import { commands, type Decision, decide, type RandomCommand } from './random-play.ts';

const log = createLogger('test', 'silent');

/** All that a store is to know of one session, in memory. */
interface Model {
  readonly state: SessionAggregate;
  readonly votes: readonly Vote[];
  readonly events: readonly SessionEvent[];
}

interface Write {
  /** The state that it was decided on. */
  readonly basis: SessionAggregate;
  readonly decision: Decision;
  readonly request: KeyedRequest;
  readonly now: Date;
}

const isSameVote = (one: Omit<Vote, 'card'>, other: Vote) =>
  one.roundId === other.roundId && one.participantId === other.participantId && one.track === other.track;

/** The model after a write that was committed. */
function after({ state, votes, events }: Model, { decision, now }: Write): Model {
  const revision = state.session.revision + 1;
  if (decision.kind === 'change') {
    if (decision.change === null) return { state, votes, events };
    const { event, withdrawnVotes = [] } = decision.change;
    const isWithdrawn = (vote: Vote) =>
      withdrawnVotes.some(
        ({ roundId, participantId, track = vote.track }) =>
          vote.roundId === roundId && vote.participantId === participantId && vote.track === track,
      );
    return {
      state: applyChange(state, decision.change, revision),
      votes: votes.filter((vote) => !isWithdrawn(vote)),
      events: [...events, { ...event, revision }],
    };
  }
  const { vote } = decision;
  const { roundId, participantId, track } = vote;
  const type = decision.kind === 'vote' ? ('VOTE_CAST' as const) : ('VOTE_RETRACTED' as const);
  // The log keeps the newest event of a vote that is there, and the newest retraction.
  const replaced = votes.some((other) => isSameVote(vote, other))
    ? events.findLast((event) => event.type === 'VOTE_CAST' && isSameVote(vote, event as unknown as Vote))
    : undefined;
  return {
    state: { ...state, session: { ...state.session, revision } },
    votes: [...votes.filter((other) => !isSameVote(vote, other)), ...(decision.kind === 'vote' ? [vote] : [])],
    events: [
      ...events.filter(
        (event) => event !== replaced && !(type === 'VOTE_RETRACTED' && event.type === type && isSameVote(vote, event as unknown as Vote)),
      ),
      { type, at: now, actorId: participantId, participantId, roundId, track, revision },
    ],
  };
}

async function send(store: VotingStore, { basis, decision, request, now }: Write): Promise<string> {
  if (decision.kind === 'change') {
    if (decision.change === null) return 'nothing';
    return (await store.commit({ basis, change: decision.change, request })).kind;
  }
  const write = { sessionId: basis.session.id, vote: decision.vote, at: now, request };
  return (await (decision.kind === 'vote' ? store.castVote(write) : store.retractVote(write))).kind;
}

const sorted = (votes: readonly Vote[]) =>
  votes.map((vote) => JSON.stringify([vote.roundId, vote.participantId, vote.track, vote.card, vote.note])).sort();

/** In the order that all stores give, where the domain leaves it open. */
function inOrder(state: SessionAggregate): SessionAggregate {
  const estimates = state.estimates.toSorted(
    (one, other) => one.settledAt.getTime() - other.settledAt.getTime() || (one.track < other.track ? -1 : 1),
  );
  return { ...state, estimates };
}

async function expectKept(store: VotingStore, { state, votes, events }: Model): Promise<void> {
  const { id } = state.session;
  expect(await store.load(id)).toEqual(inOrder(state));
  expect(sorted(await store.findVotes(state.rounds.map((round) => round.id)))).toEqual(sorted(votes));
  expect(await store.readEvents(id, 0, 1000)).toEqual(events);
  expect(await store.findSessionId(state.session.inviteCode)).toBe(id);
}

describe.skipIf(!storeKinds.every((kind) => provisions[kind].isAvailable))('random sessions', () => {
  const stores: VotingStore[] = [];
  const disposals: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    for (const kind of storeKinds) {
      const { environment, drop } = await provisions[kind].provide();
      // The embedded store's work holds up the whole process: an answer that waits meanwhile is not late.
      stores.push(await openStore(parseStoreValues(environment), { log, timeoutMs: 30_000 }));
      disposals.push(drop);
    }
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    for (const dispose of disposals) await dispose();
  });

  /** The same write to all stores at once; they agree on what became of it. */
  async function sendToAll(write: Write): Promise<string> {
    const outcomes = await Promise.all(stores.map((store) => send(store, write)));
    expect(outcomes).toEqual(outcomes.map(() => outcomes[0]));
    return outcomes[0] ?? '';
  }

  async function play(played: readonly RandomCommand[]): Promise<void> {
    const startedAt = new Date(Date.now() - 3_600_000);
    const state = buildSession({ tracks: [{ id: 'dev' }, { id: 'test', discipline: 'qa' }], now: startedAt });
    const created = { type: 'SESSION_CREATED' as const, at: startedAt, actorId: facilitatorOf(state) };
    for (const store of stores) await store.create(state, created, undefined);
    let model: Model = { state, votes: [], events: [{ ...created, revision: 1 }] };
    const done: Write[] = [];

    for (const [index, command] of played.entries()) {
      const now = new Date(startedAt.getTime() + (index + 1) * 1000);
      const decision = attempt(() => decide({ ...model, now, newId: () => newId('id') }, command));
      if (decision === undefined) continue;
      // A vote's request is its voter's.
      const actorId = decision.kind === 'change' ? 'actor' : decision.vote.participantId;
      const write: Write = { basis: model.state, decision, request: requestOf(actorId, command.name, { at: now }), now };
      const outcome = await sendToAll(write);
      if (outcome === 'nothing') continue;
      expect(outcome).toBe('committed');
      model = after(model, write);
      done.push(write);
      // Somebody tries again, and somebody acts on an older picture.
      const earlier = done[command.target % done.length];
      if (earlier !== undefined && command.choice < 3) {
        expect(await sendToAll(earlier)).toBe('replayed');
        const isOutdated = earlier.decision.kind === 'change' && earlier.basis.session.structure < model.state.session.structure;
        if (isOutdated) expect(await sendToAll({ ...earlier, request: requestOf('other', command.name) })).toBe('outdated');
      }
    }
    await Promise.all(stores.map((store) => expectKept(store, model)));
  }

  it('are the same in every store as in memory', { timeout: 240_000 }, async () => {
    await fc.assert(fc.asyncProperty(commands, play), { numRuns: 15, endOnFailure: true });
  });
});

/** Undefined when the domain refuses. */
function attempt(decide: () => Decision): Decision | undefined {
  try {
    return decide();
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
