import type { Check } from '../../../../kit/process/health.ts';
import type { Answer, Change } from '../domain/change.ts';
import type { Delta } from '../domain/delta.ts';
import type { Estimate, Happening, SessionAggregate, SessionEvent, Vote } from '../domain/model.ts';
import type { Sightings } from '../domain/presence.ts';
import type { Signal } from '../domain/signals.ts';

/** A write under a client's idempotency key: the same key has no second effect for 24 hours. */
export interface KeyedRequest {
  readonly actorId: string;
  readonly mutation: string;
  readonly idempotencyKey: string;
  /** Of the mutation's arguments: the same key with another hash is refused. */
  readonly inputHash: string;
  readonly at: Date;
}

/** A request that was carried out, with what its change answered. */
export interface StoredRequest extends KeyedRequest {
  readonly answer: Answer | null;
}

/** What a request with this key came to before; `reused`: with other input. */
export type Replay = { readonly kind: 'replayed'; readonly answer: Answer | null } | { readonly kind: 'reused' };

/** `revision` is the session's after the write. */
export type WriteOutcome =
  | { readonly kind: 'committed'; readonly revision: number }
  /** The request was carried out before; nothing was written. */
  | { readonly kind: 'replayed' }
  /** The idempotency key was used with other input; nothing was written. */
  | { readonly kind: 'reused' };

/** `outdated`: the state that the change was decided on is not the newest; nothing was written. */
export type CommitOutcome = WriteOutcome | { readonly kind: 'outdated' };

/**
 * `closed`: at the moment of writing the round is not open, or the voter not in its roster, or the session has another `structure` than the
 * vote was judged by; nothing was written.
 */
export type VoteOutcome = WriteOutcome | { readonly kind: 'closed' };

export interface Commit {
  /** The state that the change was decided on. */
  readonly basis: SessionAggregate;
  readonly change: Change;
  /** The client's fence: outdated unless the session is still at this revision. */
  readonly expectedRevision?: number | undefined;
  readonly request?: KeyedRequest | undefined;
}

export interface VoteWrite {
  readonly sessionId: string;
  /** Of the state that the vote was judged by: with another one nothing is written. Any unless given. */
  readonly structure?: number | undefined;
  readonly vote: Vote;
  readonly at: Date;
  readonly request?: KeyedRequest | undefined;
}

export type Retraction = Omit<VoteWrite, 'vote'> & { readonly vote: Omit<Vote, 'card' | 'note'> };

/** An outbox row that this worker holds until `leasedUntil`, or until it commits how the writing ended. */
export interface ClaimedWriteBack {
  readonly sessionId: string;
  readonly estimate: Estimate;
  /** What Jira held when we last knew: the newest of what was seen when the issue was queued and what any session has written. Undefined when nobody knows. */
  readonly expected: number | null | undefined;
  /** Other values of ours for the field, of any session, of which nobody knows that they did not arrive (`isUncertain`): Jira may hold one of them. */
  readonly uncertain: readonly number[];
}

/** The write-backs that wait, over all sessions. */
export interface Outbox {
  readonly pending: number;
  /** When the oldest of them was settled. */
  readonly oldestAt: Date | null;
}

/** What opens a place or a report without a token: hashes of secrets, never a secret. */
export interface Credential {
  readonly sessionId: string;
  readonly id: string;
  readonly kind: 'REFRESH' | 'DEVICE' | 'REPORT';
  /** Whose place it opens; of a report, who made it. */
  readonly participantId: string;
  readonly secretHash: string;
  /** Of the secret before the last rotation. */
  readonly previousHash: string | null;
  /** Of the idempotency key of the last rotation. */
  readonly rotationHash: string | null;
  readonly createdAt: Date;
  readonly usedAt: Date;
  /** Null: as long as the session. */
  readonly expiresAt: Date | null;
}

/** Credentials live with their session and go with it. They move no revision and make no event. */
export interface CredentialStore {
  /** Keeps a new one; does nothing when its session is gone. */
  addCredential(credential: Credential): Promise<void>;
  findCredential(sessionId: string, id: string): Promise<Credential | undefined>;
  /** All of a session, the oldest first. */
  listCredentials(sessionId: string): Promise<readonly Credential[]>;
  /** Replaces the one of the same id if its secret's hash is still `secretHash`; says whether it did. */
  replaceCredential(secretHash: string, credential: Credential): Promise<boolean>;
  /** Says whether it was there: of several who remove it at once, one is told so. */
  removeCredential(sessionId: string, id: string): Promise<boolean>;
}

/** A field of Jira that took an estimate of ours in a project. */
export interface WrittenField {
  readonly projectKey: string;
  /** E.g. `customfield_10016`. */
  readonly fieldId: string;
}

/** Belongs to no session and outlives all of them: a row for each field that ever took an estimate in a project. */
export interface WrittenFieldStore {
  /** Keeps it; does nothing when it is there. */
  noteWrittenField(field: WrittenField): Promise<void>;
  /** Those of these projects, in no order. */
  findWrittenFields(projectKeys: readonly string[]): Promise<readonly WrittenField[]>;
  /** Up to `limit` of all, by project and field in the order of their characters, after the field `after`. */
  listWrittenFields(after: WrittenField | undefined, limit: number): Promise<readonly WrittenField[]>;
}

/** All that is kept of a session, every list in a fixed order. */
export interface StoredSession {
  readonly state: SessionAggregate;
  readonly votes: readonly (Vote & { readonly castAt: Date })[];
  readonly events: readonly SessionEvent[];
  readonly requests: readonly StoredRequest[];
  readonly credentials: readonly Credential[];
}

/** An event with what it changed. */
export interface LoggedChange {
  readonly event: SessionEvent;
  /** Null for a vote, which changes no row of the state, and for what was logged without it: creations, and events of another store. */
  readonly delta: Delta | null;
}

/** A round that a countdown reveals. */
export interface DueReveal {
  readonly sessionId: string;
  readonly roundId: string;
  readonly revealsAt: Date;
}

export interface Claim {
  readonly now: Date;
  readonly leasedUntil: Date;
  readonly limit: number;
}

/** Where a page of one's own sessions goes on: behind this session. */
export interface OwnedAfter {
  readonly createdAt: Date;
  readonly id: string;
}

/** Whose estimates: of one session and of all that its owner has, or of all that somebody owns: one identity provider is one tenant. */
export type EstimateScope =
  | { readonly kind: 'session'; readonly sessionId: string; readonly ownerSubject: string | null }
  | { readonly kind: 'tenant' };

export interface FoundEstimate {
  readonly sessionId: string;
  readonly sessionTitle: string;
  readonly estimate: Estimate;
}

/**
 * Tells that a session has a new revision or that somebody came to it (once for several changes in a row), or with '*' that any session may
 * have (a connection was lost meanwhile). It may fail to come when the replica that made the change dies after its commit: who needs every
 * event reads the log, and asks `findRevisions` now and then.
 */
export type ChangeListener = (sessionId: string) => void;

/** Hears a signal in a session. What is sent while a replica's connection is lost it never hears. */
export type SignalListener = (sessionId: string, signal: Signal) => void;

/**
 * Where sessions live. Every write takes the session's gate first, so that writes of one session happen one after the other:
 * revisions have no gaps, no vote lands after the reveal, and each write has its event in the same transaction.
 * Every method may reject with STORE_UNAVAILABLE (a `DomainError`).
 */
export interface VotingStore extends CredentialStore, WrittenFieldStore {
  /** Stores a new session with its first event. `replayed` when it exists with the same request, `reused` when with another. */
  create(state: SessionAggregate, event: Happening, request: KeyedRequest | undefined): Promise<WriteOutcome>;
  /**
   * The session as it is now. `known`, a state of the same session read or committed before, spares the reading of what has not changed
   * since: when only votes came, the answer is `known` with the newest revision; when a few changes did, they are put into it.
   */
  load(sessionId: string, known?: SessionAggregate): Promise<SessionAggregate | undefined>;
  findSessionId(inviteCode: string): Promise<string | undefined>;
  /** Whether a request was carried out before: asked before deciding, since a command that is done may be refused the second time. */
  findRequest(sessionId: string, request: KeyedRequest): Promise<Replay | undefined>;
  commit(commit: Commit): Promise<CommitOutcome>;
  /** The hot path: one round trip. Casting again replaces the card. */
  castVote(write: VoteWrite): Promise<VoteOutcome>;
  /** Retracting a vote that is not there commits all the same. */
  retractVote(retraction: Retraction): Promise<VoteOutcome>;
  /** The votes of these rounds, in no order. */
  findVotes(roundIds: readonly string[]): Promise<readonly Vote[]>;
  /** The newest revisions of these sessions; one that is gone is not among them. */
  findRevisions(sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Up to `limit` events after a revision, in order. */
  readEvents(sessionId: string, after: number, limit: number): Promise<readonly SessionEvent[]>;
  /** As `readEvents`, with what each changed. */
  readChanges(sessionId: string, after: number, limit: number): Promise<readonly LoggedChange[]>;
  /**
   * Pending write-backs that are due. Of an issue and track, in whatever sessions, one at a time is claimed, and only the one settled
   * last: nothing older ever follows it. Whoever claimed commits the outcome even when the estimate was superseded meanwhile:
   * the next write expects what this one left in Jira.
   */
  claimWriteBacks(claim: Claim): Promise<readonly ClaimedWriteBack[]>;
  /** Pending write-backs that a later settlement in another session has overtaken: they are never claimed, and are to be marked SUPERSEDED. */
  findOvertaken(limit: number): Promise<readonly { readonly sessionId: string; readonly roundId: string; readonly track: string }[]>;
  readOutbox(): Promise<Outbox>;
  /** Up to `limit` open rounds whose countdown runs out by `until`. */
  findDueReveals(until: Date, limit: number): Promise<readonly DueReveal[]>;
  /** Ids of sessions that `ownerSubject` created, the newest first, up to `limit`. */
  findOwned(ownerSubject: string, after: OwnedAfter | undefined, limit: number): Promise<readonly string[]>;
  /** The estimates of these issues within the scope, in no order. */
  findEstimates(issueKeys: readonly string[], scope: EstimateScope): Promise<readonly FoundEstimate[]>;
  /**
   * Notes a participant's sign of life: no revision, no event, and nothing of the session's gate.
   * Listeners hear of it only when the participant had been away. An older sign changes nothing.
   */
  touch(sessionId: string, participantId: string, at: Date): Promise<void>;
  /** The signs of life of everyone in a session who gave one. They are not exported. */
  findSightings(sessionId: string): Promise<Sightings>;
  /** Up to `limit` open sessions that are passed on in time, where somebody is online at `now` and no facilitator is. */
  findUnled(now: Date, limit: number): Promise<readonly string[]>;
  /**
   * Sessions with an open round that reveals by itself without waiting for who is away, where somebody is online at `now`: up to `limit`, others
   * each time when there are more. Whoever goes away may have been the one it waited for.
   */
  findWaiting(now: Date, limit: number): Promise<readonly string[]>;
  /** Deletes a session with all that is kept of it, if it is still at this revision; says whether it did. Listeners are told. */
  deleteSession(state: SessionAggregate): Promise<boolean>;
  /** Forgets what the log's events changed, names included; the events stay. */
  forgetDeltas(sessionId: string): Promise<void>;
  /** Forgets requests of before `before`, a part of them at a time; as many as `limit` come back when there may be more of them. */
  forgetRequests(before: Date, limit: number): Promise<number>;
  /** Deletes up to `limit` sessions whose last change was before `before`, with all that is kept of them; returns how many. */
  forgetSessions(before: Date, limit: number): Promise<number>;
  /** How many sessions `forgetSessions` would find, counted up to `limit`. */
  countForgettable(before: Date, limit: number): Promise<number>;
  /** Up to `limit` ids of sessions, in the store's own order, after the id `after`. */
  listSessionIds(after: string | undefined, limit: number): Promise<readonly string[]>;
  /** A session with all that is kept of it, of one moment. */
  exportSession(sessionId: string): Promise<StoredSession | undefined>;
  /** Puts an exported session in place, all or nothing. @throws Error when there is one of that id. */
  importSession(session: StoredSession): Promise<void>;
  /** Calls the listener after commits, of any replica, within some milliseconds; returns the way to stop. Never throws. */
  onChange(listener: ChangeListener): () => void;
  /** Tells the listeners of every replica, within some milliseconds; nothing is kept. */
  sendSignal(sessionId: string, signal: Signal): Promise<void>;
  /** Calls the listener for signals through any replica; returns the way to stop. Never throws. */
  onSignal(listener: SignalListener): () => void;
  /** Whether it answers and takes writes, within a second or two. */
  check(): Promise<Check>;
  /** Whether it has what this version of the code needs; ok when it cannot be asked. */
  checkSchema(): Promise<Check>;
  close(): Promise<void>;
}
