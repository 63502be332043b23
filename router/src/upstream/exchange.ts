import type { Dispatcher, Pool } from 'undici';

/** The whole of one answer. */
export interface Exchanged {
  readonly statusCode: number;
  readonly text: string;
}

/** A request that is under way. */
export interface Exchange {
  /** Rejects with DeadlinePassed, with the reason of `abort`, or with whatever undici says. */
  readonly answer: Promise<Exchanged>;
  /** Gives the request up; nothing happens once it is answered. */
  readonly abort: (reason: Error) => void;
}

/** The answer did not come in time. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** Calls back after a time that is the same for all, by one timer: who was added first is the first whose time is up. */
export interface Wheel {
  /** Returns the way to call it off. */
  readonly add: (callback: () => void) => () => void;
}

/** How late a callback may come. */
const tickMs = 50;

export function createWheel(afterMs: number): Wheel {
  const waiting = new Set<{ readonly at: number; readonly callback: () => void }>();
  let isTicking = false;
  const tick = (): void => {
    if (isTicking || waiting.size === 0) return;
    isTicking = true;
    setTimeout(look, Math.min(tickMs, afterMs)).unref();
  };
  const look = (): void => {
    const now = performance.now();
    for (const each of waiting) {
      if (each.at > now) break;
      waiting.delete(each);
      each.callback();
    }
    isTicking = false;
    tick();
  };
  return {
    add: (callback) => {
      const one = { at: performance.now() + afterMs, callback };
      waiting.add(one);
      tick();
      return () => waiting.delete(one);
    },
  };
}

/**
 * POSTs on a pool's connections, each answer within `timeoutMs`. No stream, abort signal or timer is made for a request: one wheel ends those that are
 * late.
 */
export function createExchanges(
  pool: Pool,
  path: string,
  timeoutMs: number,
): (headers: Readonly<Record<string, string>>, body: string) => Exchange {
  const deadlines = createWheel(timeoutMs);
  return (headers, body) => {
    let controller: Dispatcher.DispatchController | undefined;
    let failure: Error | undefined;
    let isOver = false;
    let statusCode = 0;
    let chunks: Buffer[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<Exchanged>();
    const end = (): void => {
      isOver = true;
      callOff();
    };
    const abort = (reason: Error): void => {
      if (isOver) return;
      end();
      failure = reason;
      controller?.abort(reason);
      reject(reason);
    };
    const callOff = deadlines.add(() => abort(new DeadlinePassed(`no answer within ${timeoutMs} ms`)));
    pool.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart: (given) => {
          controller = given;
          // It waited for a connection until it was given up.
          if (failure !== undefined) given.abort(failure);
        },
        onResponseStart: (_, status) => {
          statusCode = status;
          chunks = [];
        },
        onResponseData: (_, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => {
          end();
          const [only] = chunks;
          const whole = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
          resolve({ statusCode, text: whole.toString('utf8') });
        },
        onResponseError: (_, error) => {
          end();
          reject(error);
        },
      },
    );
    return { answer: promise, abort };
  };
}
