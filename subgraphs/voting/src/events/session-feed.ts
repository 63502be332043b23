import type { SessionAggregate, SessionEvent } from '../domain/model.ts';
import { isOnline, type Sightings } from '../domain/presence.ts';
import type { RememberingStore } from '../store/remembered.ts';
import { createSharedReads } from '../store/shared-reads.ts';
import type { LoggedChange, VotingStore } from '../store/voting-store.ts';
import { createWokenStream } from './woken-stream.ts';

/** A store, perhaps one that remembers. */
type FeedStore = VotingStore & Partial<Pick<RememberingStore, 'recall'>>;

/** A session with who was there, read together. */
export interface Moment {
  readonly state: SessionAggregate;
  readonly sightings: Sightings;
}

/** What a stream of changes brings: those after the one before, or who came and went. */
export type Changes =
  | { readonly kind: 'changes'; readonly state: SessionAggregate; readonly changes: readonly LoggedChange[] }
  | { readonly kind: 'presence'; readonly presences: readonly { readonly participantId: string; readonly isOnline: boolean }[] };

/** The changes of sessions as streams; returning a stream's iterator frees what it holds. */
export interface SessionFeed {
  /**
   * The state now, then the newest after each change, and when somebody comes or goes; whoever reads slowly misses what is between.
   * Ends when the session is gone.
   */
  watch(sessionId: string): AsyncIterableIterator<Moment>;
  /** Every event after revision `after`, in order, once. */
  follow(sessionId: string, after: number): AsyncIterableIterator<SessionEvent>;
  /**
   * What changed after revision `after`, in order: whoever reads slowly gets several changes in one, with a state that has all of them.
   * Besides, who is there at the start, and who comes and goes. Ends when the session is gone.
   */
  changes(sessionId: string, after: number): AsyncIterableIterator<Changes>;
  /** The state at a revision or a later one, for whoever follows; undefined when the session is gone. */
  stateAt(sessionId: string, revision: number): Promise<SessionAggregate | undefined>;
  /** Ends every stream. */
  stop(): void;
}

/** Changes that one read of the log brings, and one event of `changes` tells. */
const readAtMost = 500;
// Nobody tells that somebody has gone.
const presenceMs = 15_000;
// A replica that dies after a commit tells nobody of it, and a notification may be lost with its connection: so long at most may what the log
// holds be unknown to who follows.
const sweepMs = 2_000;

/** A stream that waits for changes of its session. */
interface Waiter {
  readonly wake: () => void;
  /** The revision up to which it has told; undefined before it has read anything. */
  readonly toldUntil: () => number | undefined;
  readonly showsPresence: boolean;
}

/** Streams over a store: one read of a session's state per change, however many watch it. */
export function createSessionFeed(store: FeedStore, now: () => Date): SessionFeed {
  const waiters = new Map<string, Set<Waiter>>();
  const moments = createSharedReads<Moment | undefined>();
  const logs = createSharedReads<readonly LoggedChange[]>();
  /** What was read last of the sessions that somebody follows. */
  const latest = new Map<string, SessionAggregate>();
  let isStopped = false;

  function* everyWaiter(): Iterable<Waiter> {
    for (const waiting of waiters.values()) yield* waiting;
  }
  const forget = store.onChange((sessionId) => {
    for (const { wake } of sessionId === '*' ? everyWaiter() : (waiters.get(sessionId) ?? [])) wake();
  });
  const looking = setInterval(() => {
    for (const { showsPresence, wake } of everyWaiter()) if (showsPresence) wake();
  }, presenceMs).unref();
  let isSweeping = false;
  const sweeping = setInterval(() => {
    if (isSweeping || waiters.size === 0) return;
    isSweeping = true;
    // A store that is away says so to those who read.
    sweep().then(
      () => (isSweeping = false),
      () => (isSweeping = false),
    );
  }, sweepMs).unref();

  /** Wakes who is behind, and who watches what is gone. One call of the store, however many sessions are followed. */
  async function sweep(): Promise<void> {
    const followed = [...waiters.keys()];
    const revisions = await store.findRevisions(followed);
    for (const sessionId of followed) {
      const revision = revisions.get(sessionId);
      for (const { wake, toldUntil, showsPresence } of waiters.get(sessionId) ?? [])
        if (revision === undefined ? showsPresence : (toldUntil() ?? revision) < revision) wake();
    }
  }

  /** One read serves all who were woken by the same change; a change during the read causes one more. */
  function readMoment(sessionId: string): Promise<Moment | undefined> {
    return moments.read(sessionId, async () => {
      const [state, sightings] = await Promise.all([store.load(sessionId), store.findSightings(sessionId)]);
      if (state === undefined) return undefined;
      if (waiters.has(sessionId)) latest.set(sessionId, state);
      return { state, sightings };
    });
  }

  /** One read serves all streams of a session that have come equally far: a router opens two for each, and a change wakes both. */
  function readLog(sessionId: string, after: number): Promise<readonly LoggedChange[]> {
    return logs.read(`${sessionId} ${after}`, () => store.readChanges(sessionId, after, readAtMost));
  }

  async function stateAt(sessionId: string, revision: number): Promise<SessionAggregate | undefined> {
    const isEnough = (state: SessionAggregate | undefined) => state !== undefined && state.session.revision >= revision;
    if (isEnough(store.recall?.(sessionId))) return store.recall?.(sessionId);
    if (isEnough(latest.get(sessionId))) return latest.get(sessionId);
    const underWay = await moments.underWay(sessionId)?.catch(() => undefined);
    return isEnough(underWay?.state) ? underWay?.state : (await readMoment(sessionId))?.state;
  }

  function subscribe(sessionId: string, waiter: Waiter): () => void {
    const waiting = waiters.get(sessionId) ?? new Set();
    waiters.set(sessionId, waiting.add(waiter));
    return () => {
      // The second time it is somebody else's set that is the session's.
      if (!waiting.delete(waiter) || waiting.size > 0) return;
      waiters.delete(sessionId);
      latest.delete(sessionId);
    };
  }

  /** A stream of what `read` finds, asked at the start and after each change; an empty find waits for the next change. */
  function stream<Value>(
    { sessionId, ...about }: Omit<Waiter, 'wake'> & { readonly sessionId: string },
    read: (again: () => void) => Promise<readonly Value[] | undefined>,
  ): AsyncIterableIterator<Value> {
    return createWokenStream({
      subscribe: (wake) => subscribe(sessionId, { ...about, wake }),
      read,
      isOver: () => isStopped,
    });
  }

  const onlineIn = ({ state, sightings }: Moment) =>
    state.participants.filter((participant) => isOnline(participant, sightings, now())).map((participant) => participant.id);

  return {
    watch: (sessionId) => {
      let seen = { revision: 0, online: '' };
      return stream({ sessionId, showsPresence: true, toldUntil: () => seen.revision || undefined }, async () => {
        const moment = await readMoment(sessionId);
        if (moment === undefined) return undefined;
        const { revision } = moment.state.session;
        const online = onlineIn(moment).join();
        if (revision <= seen.revision && online === seen.online) return [];
        seen = { revision, online };
        return [moment];
      });
    },
    follow: (sessionId, after) => {
      let cursor = after;
      return stream({ sessionId, showsPresence: false, toldUntil: () => cursor }, async (again) => {
        const page = (await readLog(sessionId, cursor)).map(({ event }) => event);
        cursor = page.at(-1)?.revision ?? cursor;
        if (page.length === readAtMost) again();
        return page;
      });
    },
    changes: (sessionId, after) => {
      let cursor = after;
      let online: ReadonlySet<string> | undefined;
      return stream({ sessionId, showsPresence: true, toldUntil: () => cursor }, async (again): Promise<readonly Changes[] | undefined> => {
        const changes = online === undefined ? [] : await readLog(sessionId, cursor);
        const revision = changes.at(-1)?.event.revision;
        if (revision !== undefined) {
          cursor = revision;
          if (changes.length === readAtMost) again();
          const state = await stateAt(sessionId, revision);
          return state === undefined ? undefined : [{ kind: 'changes', state, changes }];
        }
        const moment = await readMoment(sessionId);
        if (moment === undefined) return undefined;
        // What came before this stream is read next.
        if (online === undefined) again();
        const before = online;
        const participants = moment.state.participants.filter((participant) => participant.leftAt === null);
        const now = new Set(onlineIn(moment));
        online = now;
        const presences = participants.flatMap(({ id }) =>
          before?.has(id) === now.has(id) ? [] : [{ participantId: id, isOnline: now.has(id) }],
        );
        return presences.length === 0 ? [] : [{ kind: 'presence', presences }];
      });
    },
    stateAt,
    stop: () => {
      isStopped = true;
      forget();
      clearInterval(looking);
      clearInterval(sweeping);
      for (const { wake } of everyWaiter()) wake();
    },
  };
}
