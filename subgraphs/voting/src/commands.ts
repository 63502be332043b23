import { type Answer, applyChange, type Change } from './domain/change.ts';
import { refuse } from './domain/errors.ts';
import type { SessionState } from './domain/model.ts';
import { followQuorum } from './domain/rounds.ts';
import type { RequestKey, VotingStore } from './store/voting-store.ts';

export interface Command {
  readonly sessionId: string;
  /** Refuses with SESSION_CHANGED unless the session is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  readonly request?: RequestKey | undefined;
  /** Decides on the newest state, again for each try; null: nothing to do. */
  readonly decide: (state: SessionState) => Change | null;
}

// A command competes with other commands of its session only, not with votes: this many losses in a row are a storm.
const maxTries = 20;

export interface Done {
  /** After the command; after a retry as it is now. */
  readonly state: SessionState;
  /** What the change said besides, the first time; null when nothing was to be done. */
  readonly answer: Answer | null;
  /** It was done before: nobody has looked whether the actor may do it now. */
  readonly isRepeated: boolean;
}

/**
 * Carries out a command on the newest state; a retry is answered as the first time was.
 * Refuses with what `decide` refuses with, and SESSION_NOT_FOUND, SESSION_CHANGED, SESSION_BUSY, REQUEST_ID_REUSED, STORE_UNAVAILABLE.
 */
export async function runCommand(store: VotingStore, { sessionId, expectedRevision, request, decide }: Command): Promise<Done> {
  const repeated = await findDone(store, sessionId, request);
  if (repeated !== undefined) return repeated;

  for (let tries = 0; tries < maxTries; tries += 1) {
    const basis = await getState(store, sessionId);
    requireRevision(basis, expectedRevision);
    const change = decide(basis);
    if (change === null) return { state: basis, answer: null, isRepeated: false };
    const outcome = await store.commit({ basis, change, expectedRevision: expectedRevision ?? undefined, request });
    if (outcome.kind === 'committed')
      return { state: applyChange(basis, change, outcome.revision), answer: change.answer ?? null, isRepeated: false };
    if (outcome.kind === 'replayed') return (await findDone(store, sessionId, request)) ?? refuseReuse();
    if (outcome.kind === 'reused') return refuseReuse();
  }
  return refuse('SESSION_BUSY', 'Too many changes at once: try again.');
}

/** The client's fence. Refuses with SESSION_CHANGED. */
export function requireRevision({ session: { revision } }: SessionState, expected: number | null | undefined): void {
  if (expected != null && expected !== revision)
    refuse('SESSION_CHANGED', `The session is at revision ${revision}, not ${expected}: look again.`, { revision });
}

/** What a request came to when it came before; undefined when it did not. Refuses with REQUEST_ID_REUSED, SESSION_NOT_FOUND. */
export async function findDone(store: VotingStore, sessionId: string, request: RequestKey | undefined): Promise<Done | undefined> {
  const repeated = request === undefined ? undefined : await store.findRequest(sessionId, request);
  if (repeated === undefined) return undefined;
  if (repeated.kind === 'reused') return refuseReuse();
  return { state: await getState(store, sessionId), answer: repeated.answer, isRepeated: true };
}

/** Starts or stops the automatic reveal after whatever may have changed the quorum. */
export async function settleQuorum(store: VotingStore, sessionId: string, now: () => Date): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const basis = await store.load(sessionId);
    if (basis === undefined || basis.session.openRoundId === null) return;
    if (basis.session.settings.autoRevealSeconds === null && !basis.rounds.some((round) => round.revealsAt !== null)) return;
    const change = followQuorum(basis, await store.findVotes([basis.session.openRoundId]), now());
    if (change === null) return;
    // The votes were read after the state: the fence is the revision, which votes move, too.
    const outcome = await store.commit({ basis, change, expectedRevision: basis.session.revision });
    if (outcome.kind !== 'stale') return;
  }
}

/** The newest state. Refuses with SESSION_NOT_FOUND. */
export async function getState(store: VotingStore, sessionId: string): Promise<SessionState> {
  return (await store.load(sessionId)) ?? refuse('SESSION_NOT_FOUND', 'There is no such session.');
}

export function refuseReuse(): never {
  return refuse('REQUEST_ID_REUSED', 'This requestId came before with other input: make a new one for each intention.');
}
