import { DomainError } from '../../../../kit/process/errors.ts';
import { type Answer, applyChange, type Change } from '../domain/change.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionAggregate } from '../domain/model.ts';
import { followQuorum } from '../domain/rounds.ts';
import type { RememberingStore } from '../store/remembered.ts';
import type { SharingStore } from '../store/shared-reads.ts';
import type { Commit, KeyedRequest, VotingStore } from '../store/voting-store.ts';
import { createTurns, type Turns } from './keyed-lock.ts';

export interface Command {
  readonly sessionId: string;
  /** Refuses with SESSION_CHANGED unless the session is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  readonly request?: KeyedRequest | undefined;
  /** Decides on the newest state, again for each try; null: nothing to do. */
  readonly decide: (state: SessionAggregate) => Change | null;
}

// A command competes with other commands of its session only, not with votes, and after a loss only with those of other replicas:
// this many losses in a row are a storm.
export const maxTries = 20;

/** A store, perhaps one that remembers. */
export type CommandStore = VotingStore & Partial<Pick<RememberingStore, 'recall'> & Pick<SharingStore, 'findRecent'>>;

// Longer than a busy store takes for what is before, shorter than anybody waits for an answer.
const patienceMs = 5_000;

const turnsOf = new WeakMap<VotingStore, Turns>();

export interface CommandResult {
  /** What the change was decided on; absent when nothing was changed this time. */
  readonly before?: SessionAggregate;
  /** After the command; after a retry as it is now. */
  readonly state: SessionAggregate;
  /** What the change said besides, the first time; null when nothing was to be done. */
  readonly answer: Answer | null;
  /** It was done before: nobody has looked whether the actor may do it now. */
  readonly isReplay: boolean;
}

/**
 * Carries out a command on the newest state; a retry is answered as the first time was.
 * Refuses with what `decide` refuses with, and SESSION_NOT_FOUND, SESSION_CHANGED, SESSION_BUSY, REQUEST_ID_REUSED, STORE_UNAVAILABLE.
 */
export async function runCommand(store: CommandStore, command: Command): Promise<CommandResult> {
  const atOnce = await tryRecalled(store, command);
  if (atOnce !== undefined) return atOnce;
  const replay = await findReplay(store, command.sessionId, command.request);
  if (replay !== undefined) return replay;
  const first = await tryCommand(store, command);
  if (first !== undefined) return first;
  // When everybody comes in at once, each commit makes all other decisions outdated: a command that has lost once waits for its turn.
  const turns = turnsOf.get(store) ?? createTurns(patienceMs);
  turnsOf.set(store, turns);
  const endTurn = await turns.take(command.sessionId);
  try {
    for (let tries = 1; tries < maxTries; tries += 1) {
      const result = await tryCommand(store, command);
      if (result !== undefined) return result;
    }
  } finally {
    endTurn();
  }
  return refuse('SESSION_BUSY', 'Too many changes at once: try again.');
}

/**
 * Decides on the state that this replica remembers, and commits behind the gate: the only call of the store. Undefined when there is none,
 * when that state gives no reason to commit anything (the newest one may), or when it was not the newest.
 */
async function tryRecalled(
  store: CommandStore,
  { sessionId, expectedRevision, request, decide }: Command,
): Promise<CommandResult | undefined> {
  const basis = store.recall?.(sessionId);
  if (basis === undefined) return undefined;
  let change: Change | null;
  try {
    requireRevision(basis, expectedRevision);
    change = decide(basis);
  } catch (refusal) {
    if (refusal instanceof DomainError) return undefined;
    throw refusal;
  }
  return change === null ? undefined : commitDecided(store, { basis, change, expectedRevision: expectedRevision ?? undefined, request });
}

/** Undefined when the session changed between the decision and the commit. */
async function tryCommand(
  store: CommandStore,
  { sessionId, expectedRevision, request, decide }: Command,
): Promise<CommandResult | undefined> {
  const basis = await getState(store, sessionId);
  let change: Change | null;
  try {
    requireRevision(basis, expectedRevision);
    change = decide(basis);
  } catch (refusal) {
    // A copy of this request may have been carried out meanwhile: what it did is no reason to refuse it.
    const replay = await findReplay(store, sessionId, request);
    if (replay === undefined) throw refusal;
    return replay;
  }
  if (change === null) return (await findReplay(store, sessionId, request)) ?? { state: basis, answer: null, isReplay: false };
  return commitDecided(store, { basis, change, expectedRevision: expectedRevision ?? undefined, request });
}

async function commitDecided(store: CommandStore, commit: Commit): Promise<CommandResult | undefined> {
  const { basis, change, request } = commit;
  const outcome = await store.commit(commit);
  switch (outcome.kind) {
    case 'committed': {
      // One state for who remembers it and for who answers: what the answer looks for is then found in the next one, too.
      const remembered = store.recall?.(basis.session.id);
      const state = remembered?.session.revision === outcome.revision ? remembered : applyChange(basis, change, outcome.revision);
      return { before: basis, state, answer: change.answer ?? null, isReplay: false };
    }
    case 'replayed':
      return (await findReplay(store, basis.session.id, request)) ?? refuseReuse();
    case 'reused':
      return refuseReuse();
    case 'outdated':
      return undefined;
  }
}

/** The client's fence. Refuses with SESSION_CHANGED. */
export function requireRevision({ session: { revision } }: SessionAggregate, expected: number | null | undefined): void {
  if (expected != null && expected !== revision)
    refuse('SESSION_CHANGED', `The session is at revision ${revision}, not ${expected}: look again.`, { revision });
}

/** The result of a request that was run before with the same key; undefined when it was not. Refuses with REQUEST_ID_REUSED, SESSION_NOT_FOUND. */
export async function findReplay(
  store: VotingStore,
  sessionId: string,
  request: KeyedRequest | undefined,
): Promise<CommandResult | undefined> {
  const replay = request === undefined ? undefined : await store.findRequest(sessionId, request);
  if (replay === undefined) return undefined;
  if (replay.kind === 'reused') return refuseReuse();
  return { state: await getState(store, sessionId), answer: replay.answer, isReplay: true };
}

/** Starts or stops the automatic reveal after whatever may have changed the quorum. */
export async function settleQuorum(store: VotingStore, sessionId: string, now: () => Date): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const basis = await store.load(sessionId);
    if (basis === undefined || basis.session.openRoundId === null) return;
    if (basis.session.settings.autoRevealSeconds === null && !basis.rounds.some((round) => round.revealsAt !== null)) return;
    const [votes, sightings] = await Promise.all([store.findVotes([basis.session.openRoundId]), store.findSightings(sessionId)]);
    const change = followQuorum(basis, { votes, sightings }, now());
    if (change === null) return;
    // The votes were read after the state: the fence is the revision, which votes move, too.
    const outcome = await store.commit({ basis, change, expectedRevision: basis.session.revision });
    if (outcome.kind !== 'outdated') return;
  }
}

/**
 * As `settleQuorum`, for a retry: whoever did it the first time may have died before they looked at the quorum. A countdown that was
 * stopped since stays stopped: a retry has no second effect.
 */
export async function settleQuorumOfRetry(store: VotingStore, { session }: SessionAggregate, now: () => Date): Promise<void> {
  if (session.openRoundId === null || session.settings.autoRevealSeconds === null) return;
  const [newest] = await store.readEvents(session.id, session.revision - 1, 1);
  if (newest?.type !== 'COUNTDOWN_CANCELLED') await settleQuorum(store, session.id, now);
}

/** The newest state. Refuses with SESSION_NOT_FOUND. */
export async function getState(store: VotingStore, sessionId: string): Promise<SessionAggregate> {
  return (await store.load(sessionId)) ?? refuse('SESSION_NOT_FOUND', 'There is no such session.');
}

export function refuseReuse(): never {
  return refuse('REQUEST_ID_REUSED', 'This idempotencyKey came before with other input: make a new one for each intention.');
}
