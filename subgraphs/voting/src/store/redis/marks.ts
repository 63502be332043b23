import type { RedisConnection } from './connection.ts';

// A mark says that a session may have something for an index. It is set before the commit, so that no crash can leave a session
// with something to do and nobody who knows; it is taken away when there is nothing, but only if nobody can still be about to
// commit: a commit refuses to be later than `markHoldsMs` after its mark.
const markHoldsMs = 30_000;
// Longer than that, whatever the difference between the nodes' clocks.
const markIsOldMs = 2 * markHoldsMs;

export interface Mark {
  readonly sessionId: string;
  readonly at: string;
  /** Whoever set it has committed by now, or never will. */
  readonly isSure: boolean;
}

/** Indexes of sessions that may have something to do. */
export function createMarks({ send, run }: Pick<RedisConnection, 'send' | 'run'>) {
  return {
    /** Marks a session; returns until when (ms) the commit must have come. */
    async set(index: string, sessionId: string): Promise<number> {
      return Number(await run('mark', [index], [sessionId])) + markHoldsMs;
    },

    /** All marks, longest set first. */
    async list(index: string): Promise<readonly Mark[]> {
      const [seconds] = (await send(index, 'TIME')) as readonly string[];
      const words = (await send(index, 'ZRANGE', index, '0', '-1', 'WITHSCORES')) as readonly string[];
      return words.flatMap((sessionId, place) => {
        const at = words[place + 1] ?? '';
        return place % 2 === 1 ? [] : [{ sessionId, at, isSure: Number(at) < Number(seconds) * 1000 - markIsOldMs }];
      });
    },

    /** Call it after having looked, after `list`, and found nothing. */
    async clear(index: string, { sessionId, at, isSure }: Mark): Promise<void> {
      if (isSure) await run('unmark', [index], [sessionId, at]);
    },
  };
}

export type Marks = ReturnType<typeof createMarks>;
