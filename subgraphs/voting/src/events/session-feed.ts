import type { SessionEvent, SessionState } from '../domain/model.ts';
import type { VotingStore } from '../store/voting-store.ts';

/** The changes of sessions as streams; returning a stream's iterator frees what it holds. */
export interface SessionFeed {
  /** The state now, then the newest after each change; whoever reads slowly misses what is between. Ends when the session is gone. */
  watch(sessionId: string): AsyncIterableIterator<SessionState>;
  /** Every event after revision `after`, in order, once. */
  follow(sessionId: string, after: number): AsyncIterableIterator<SessionEvent>;
  /** Ends every stream. */
  stop(): void;
}

const pageSize = 100;
// A notification may be lost with its connection; nobody waits longer than this for what the log holds.
const lookMs = 15_000;

/** Streams over a store: one read of a session's state per change, however many watch it. */
export function createSessionFeed(store: VotingStore): SessionFeed {
  const wakers = new Map<string, Set<() => void>>();
  const reads = new Map<string, SharedRead>();
  let isStopped = false;

  const forget = store.onChange((sessionId) => {
    if (sessionId === '*') for (const waiting of wakers.values()) for (const wake of waiting) wake();
    else for (const wake of wakers.get(sessionId) ?? []) wake();
  });
  const looking = setInterval(() => {
    for (const waiting of wakers.values()) for (const wake of waiting) wake();
  }, lookMs).unref();

  /** One read serves all who were woken by the same change; a change during the read causes one more. */
  function readState(sessionId: string): Promise<SessionState | undefined> {
    const current = reads.get(sessionId);
    if (current !== undefined && !current.hasStarted) return current.state;
    const before = current?.state ?? Promise.resolve(undefined);
    const next: SharedRead = { hasStarted: false, state: Promise.resolve(undefined) };
    next.state = before
      .catch(() => undefined)
      .then(() => {
        next.hasStarted = true;
        return store.load(sessionId);
      })
      .finally(() => {
        if (reads.get(sessionId) === next) reads.delete(sessionId);
      });
    reads.set(sessionId, next);
    return next.state;
  }

  function subscribe(sessionId: string, wake: () => void): () => void {
    const waiting = wakers.get(sessionId) ?? new Set();
    wakers.set(sessionId, waiting.add(wake));
    return () => {
      waiting.delete(wake);
      if (waiting.size === 0) wakers.delete(sessionId);
    };
  }

  /** A stream of what `read` finds, asked at the start and after each change; an empty find waits for the next change. */
  function stream<Value>(
    sessionId: string,
    read: (again: () => void) => Promise<readonly Value[] | undefined>,
  ): AsyncIterableIterator<Value> {
    let found: Value[] = [];
    let isChanged = true;
    let isDone = false;
    let resume: (() => void) | undefined;
    const wake = () => {
      isChanged = true;
      resume?.();
    };
    const unsubscribe = subscribe(sessionId, wake);
    const end = () => {
      isDone = true;
      unsubscribe();
      resume?.();
      return Promise.resolve({ done: true as const, value: undefined });
    };
    return {
      async next() {
        for (;;) {
          if (isDone || isStopped) return end();
          const value = found.shift();
          if (value !== undefined) return { done: false, value };
          if (isChanged) {
            isChanged = false;
            const values = await read(wake);
            if (values === undefined) return end();
            found = [...values];
            continue;
          }
          await new Promise<void>((resolve) => {
            resume = resolve;
          });
        }
      },
      return: end,
      throw: (error) => end().then(() => Promise.reject(error)),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  return {
    watch: (sessionId) => {
      let seen = 0;
      return stream(sessionId, async () => {
        const state = await readState(sessionId);
        if (state === undefined) return undefined;
        if (state.session.revision <= seen) return [];
        seen = state.session.revision;
        return [state];
      });
    },
    follow: (sessionId, after) => {
      let cursor = after;
      return stream(sessionId, async (again) => {
        const page = await store.readEvents(sessionId, cursor, pageSize);
        cursor = page.at(-1)?.revision ?? cursor;
        if (page.length === pageSize) again();
        return page;
      });
    },
    stop: () => {
      isStopped = true;
      forget();
      clearInterval(looking);
      for (const waiting of wakers.values()) for (const wake of waiting) wake();
    },
  };
}

interface SharedRead {
  hasStarted: boolean;
  state: Promise<SessionState | undefined>;
}
