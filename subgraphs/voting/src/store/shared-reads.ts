import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { SessionAggregate } from '../domain/model.ts';
import type { RememberingStore } from './remembered.ts';

/** Reads of which one serves all who ask for the same. */
export interface SharedReads<Value> {
  /**
   * What `ask` finds, asked once for all who want `key` before it begins: whatever was committed before a call is in its answer. While a read of
   * that key is under way the next one waits for it, 200 ms at most.
   */
  readonly read: (key: string, ask: () => Promise<Value>) => Promise<Value>;
  /** The newest read that has not ended; it may have begun before this call. */
  readonly underWay: (key: string) => Promise<Value> | undefined;
}

export interface SharedReadsOptions {
  /** How long a read waits for others to join it when many ask for its key; default 0. */
  readonly gatherMs?: number;
}

// One connection that hangs holds up nobody but those who asked on it.
const patienceMs = 200;
/** As many who ask for one key within a second are many. */
const few = 20;
const secondMs = 1_000;

interface SharedRead<Value> {
  hasStarted: boolean;
  readonly answer: Promise<Value>;
}

/** What is known of a key that somebody asked for within this second or the one before. */
interface Line<Value> {
  second: number;
  /** How often within it. */
  asked: number;
  /** Many asked within the second before. */
  wereMany: boolean;
  newest: SharedRead<Value> | undefined;
}

export function createSharedReads<Value>({ gatherMs = 0 }: SharedReadsOptions = {}): SharedReads<Value> {
  // Those that were asked for last.
  const lines = new LRUCache<string, Line<Value>>({ max: 10_000 });

  function join(key: string): Line<Value> {
    const second = Math.floor(performance.now() / secondMs);
    const line = lines.get(key) ?? { second, asked: 0, wereMany: false, newest: undefined };
    if (line.second !== second) {
      line.wereMany = line.second === second - 1 && line.asked > few;
      line.second = second;
      line.asked = 0;
    }
    line.asked += 1;
    lines.set(key, line);
    return line;
  }

  function read(key: string, ask: () => Promise<Value>): Promise<Value> {
    const line = join(key);
    const current = line.newest;
    if (current !== undefined && !current.hasStarted) return current.answer;
    async function answer(): Promise<Value> {
      await (current === undefined ? undefined : settled(current.answer));
      if (gatherMs > 0 && (line.wereMany || line.asked > few)) await sleep(gatherMs);
      next.hasStarted = true;
      try {
        return await ask();
      } finally {
        if (line.newest === next) line.newest = undefined;
      }
    }
    const next: SharedRead<Value> = { hasStarted: false, answer: answer() };
    line.newest = next;
    return next.answer;
  }

  return { read, underWay: (key) => lines.get(key)?.newest?.answer };
}

/** Waits until it has ended, whichever way, or for as long as we are patient. */
async function settled(answer: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  const ended = answer.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([ended, sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
  patience.abort();
}

/** A store that remembers, and whose reads are shared. */
export interface SharingStore extends RememberingStore {
  /**
   * The state of a moment within the last three seconds, at this revision or a later one, without a read of its own: what is remembered, or what a read
   * that is under way finds. Undefined when neither is good enough: then `load` is for all who ask.
   */
  findRecent(sessionId: string, atLeast: number): Promise<SessionAggregate | undefined>;
}

/**
 * A store that is asked once for all who want the same of a session at one moment, and ten times a second for as many as come: everybody of a
 * session comes back at once when their router does. What is shared is what the store says of the session, the same for all; who may see what of it
 * is decided after it, for each.
 */
export function sharingReads(store: RememberingStore): SharingStore {
  const reads = createSharedReads<unknown>({ gatherMs: 100 });
  const states = createSharedReads<SessionAggregate | undefined>({ gatherMs: 100 });
  const shared =
    <Given extends readonly unknown[], Answer>(method: string, ask: (...given: Given) => Promise<Answer>) =>
    (...given: Given): Promise<Answer> =>
      reads.read(`${method} ${JSON.stringify(given)}`, () => ask(...given)) as Promise<Answer>;
  return {
    ...store,
    load: (sessionId) => states.read(sessionId, () => store.load(sessionId)),
    findRecent: async (sessionId, atLeast) => {
      const recall = () => {
        const state = store.recallRecent(sessionId);
        return state !== undefined && state.session.revision >= atLeast ? state : undefined;
      };
      const known = recall();
      const underWay = states.underWay(sessionId);
      if (known !== undefined || underWay === undefined) return known;
      // It remembers what it finds.
      await settled(underWay);
      return recall();
    },
    findVotes: shared('findVotes', store.findVotes),
    findSightings: shared('findSightings', store.findSightings),
  };
}
