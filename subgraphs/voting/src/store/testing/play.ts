// For tests and benchmarks: small sessions, played through a store by the domain's own rules.
import { randomUUID } from 'node:crypto';
import { toChunks } from '../../../../../kit/process/chunks.ts';
import { applyChange, type Change } from '../../domain/change.ts';
import type { Item, Role, SessionAggregate, Settings } from '../../domain/model.ts';
import { joinSession } from '../../domain/participants.ts';
import { addIssues, addTopics } from '../../domain/queue.ts';
import { maxAtOnce } from '../../domain/queue-size.ts';
import { revealRound, startRound } from '../../domain/rounds.ts';
import { createSession } from '../../domain/session.ts';
import { settleRound } from '../../domain/settlements.ts';
import type { TrackDraft } from '../../domain/tracks.ts';
import type { CommitOutcome, KeyedRequest, VotingStore } from '../voting-store.ts';

export interface Table {
  readonly voters?: number;
  readonly role?: Role;
  readonly tracks?: readonly TrackDraft[];
  readonly settings?: Partial<Settings>;
  readonly deck?: string;
  readonly ownerSubject?: string;
  readonly now?: Date;
}

/** An id that no other test has. */
export function newId(kind: string): string {
  return `${kind}-${randomUUID()}`;
}

/** A new session, not stored yet: a facilitator, then as many estimators as asked for (default 2). */
export function buildSession({ tracks, settings, deck, ownerSubject, now = new Date() }: Table = {}): SessionAggregate {
  return createSession({
    id: newId('session'),
    participantId: newId('facilitator'),
    inviteCode: newId('invite'),
    title: 'Sprint 12',
    name: 'Ada',
    role: 'ESTIMATOR',
    discipline: null,
    ...(tracks === undefined ? {} : { tracks }),
    ...(settings === undefined ? {} : { settings }),
    ...(deck === undefined ? {} : { deck }),
    ownerSubject: ownerSubject ?? null,
    now,
  });
}

/** A session that no store knows, with estimators `voter-1` … and topics `item-1` … in it. */
export function buildTable({ voters = 2, items = 2, ...table }: Table & { readonly items?: number } = {}): SessionAggregate {
  let state = buildSession(table);
  const acting = { actorId: facilitatorOf(state), now: state.session.createdAt };
  for (let index = 1; index <= voters; index += 1)
    state = advance(
      state,
      joinSession(state, { id: `voter-${index}`, name: `Voter ${index}`, role: 'ESTIMATOR', discipline: null, now: acting.now }),
    );
  const topics = Array.from({ length: items }, (_, index) => ({ id: `item-${index + 1}`, topic: `Topic ${index + 1}` }));
  for (const chunk of toChunks(topics, maxAtOnce)) state = advance(state, addTopics(state, acting, chunk).change);
  return state;
}

/** The table with so many more estimators. They are put there: as each joins, their name is compared with all others, and hundreds take half a second. */
export function crowd(table: SessionAggregate, more: number): SessionAggregate {
  const voter = table.participants.find(({ facilitatorRank }) => facilitatorRank === null);
  if (voter === undefined) throw new Error('A crowd takes after a voter, and the table has none.');
  const others = Array.from({ length: more }, (_, index) => ({ ...voter, id: `other-${index + 1}`, name: `Other ${index + 1}` }));
  return { ...table, participants: [...table.participants, ...others] };
}

/** The state after a change; the same when there is none. */
export function advance(state: SessionAggregate, change: Change | null): SessionAggregate {
  return change === null ? state : applyChange(state, change, state.session.revision + 1);
}

/** Who created a session of `buildSession`. */
export function facilitatorOf({ participants }: SessionAggregate): string {
  return participants[0]?.id ?? '';
}

/** Commits a change to the state that it was decided on, and returns the state after it. @throws Error when it is not committed. */
export async function play(store: VotingStore, basis: SessionAggregate, change: Change | null): Promise<SessionAggregate> {
  if (change === null) return basis;
  const outcome = await store.commit({ basis, change });
  if (outcome.kind !== 'committed') throw new Error(`The change was not committed: ${outcome.kind}.`);
  return applyChange(basis, change, outcome.revision);
}

/** A stored session with its voters in it. */
export async function openTable(store: VotingStore, table: Table = {}): Promise<SessionAggregate> {
  const { voters = 2, now = new Date() } = table;
  let state = buildSession({ ...table, now });
  await store.create(state, { type: 'SESSION_CREATED', at: now, actorId: facilitatorOf(state) }, undefined);
  for (let index = 1; index <= voters; index += 1) {
    // Times of their own, so that the order of joining is told by them.
    const joining = { id: newId('voter'), name: `Voter ${index}`, role: table.role ?? 'ESTIMATOR', discipline: null };
    state = await play(store, state, joinSession(state, { ...joining, now: new Date(now.getTime() + index) }));
  }
  return state;
}

/** Puts a topic, or an issue, into the queue. */
export async function queue(
  store: VotingStore,
  state: SessionAggregate,
  issue?: { readonly issueKey: string; readonly seenInJira?: Item['seenInJira']; readonly seenAt?: Date },
): Promise<SessionAggregate> {
  const acting = { actorId: facilitatorOf(state), now: new Date() };
  const id = newId('item');
  const { change } =
    issue === undefined
      ? addTopics(state, acting, [{ id, topic: 'Pay by invoice' }])
      : addIssues(state, acting, [
          { id, issueKey: issue.issueKey, seenInJira: issue.seenInJira ?? {}, seenAt: issue.seenAt ?? acting.now },
        ]);
  return play(store, state, change);
}

/** Opens a round on the session's newest item. */
export function open(store: VotingStore, state: SessionAggregate): Promise<SessionAggregate> {
  const acting = { actorId: facilitatorOf(state), now: new Date() };
  return play(store, state, startRound(state, acting, { id: newId('round'), itemId: state.items.at(-1)?.id ?? null }));
}

/** The open round's id. @throws Error when none is open. */
export function openRoundOf({ session }: SessionAggregate): string {
  if (session.openRoundId === null) throw new Error('No round is open.');
  return session.openRoundId;
}

/** Commits the reveal; says which revision it became. */
export async function reveal(store: VotingStore, basis: SessionAggregate): Promise<CommitOutcome> {
  const change = revealRound(basis, { actorId: facilitatorOf(basis), now: new Date() }, openRoundOf(basis));
  if (change === null) throw new Error('There is nothing to reveal.');
  return store.commit({ basis, change });
}

/** Plays an issue to its end: queued, opened, revealed, settled with `value`. */
export async function settle(
  store: VotingStore,
  before: SessionAggregate,
  {
    value,
    at = new Date(),
    ...issue
  }: {
    readonly issueKey: string;
    readonly seenInJira?: Item['seenInJira'];
    readonly seenAt?: Date;
    readonly value: number;
    readonly at?: Date;
  },
): Promise<SessionAggregate> {
  const acting = { actorId: facilitatorOf(before), now: at };
  const isQueued = before.items.first('issueKey', issue.issueKey) !== undefined;
  let state = isQueued ? before : await queue(store, before, issue);
  const itemId = state.items.first('issueKey', issue.issueKey)?.id ?? null;
  state = await play(store, state, startRound(state, acting, { id: newId('round'), itemId }));
  const roundId = openRoundOf(state);
  state = await play(store, state, revealRound(state, acting, roundId));
  const estimates = state.session.tracks.map(({ id }) => ({ track: id, value }));
  return play(store, state, settleRound(state, acting, { roundId, estimates }));
}

/** A vote by whoever it is, in the open round. */
export function ballot(state: SessionAggregate, participantId: string, card = '5', note: string | null = null) {
  const track = state.session.tracks[0]?.id ?? 'estimate';
  return { sessionId: state.session.id, vote: { roundId: openRoundOf(state), participantId, track, card, note }, at: new Date() };
}

/** A client's retry key. */
export function requestOf(actorId: string, mutation: string, given: Partial<KeyedRequest> = {}): KeyedRequest {
  return { actorId, mutation, idempotencyKey: newId('request'), inputHash: 'hash', at: new Date(), ...given };
}
