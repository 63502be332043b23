import type { Connections } from './connections.ts';
import type { HttpAnswer } from './http-reader.ts';

/** A request that is under way. */
export interface Exchange {
  /** Rejects with DeadlinePassed, with the reason of `abort`, or with what is wrong with the connection or the answer. */
  readonly answer: Promise<HttpAnswer>;
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

/** What one may send as the value of a header; over WebSocket values are arbitrary strings, and a line break in one would be a second header. */
const sendable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The lines of these headers in a request. */
export function toHeaderLines(headers: Readonly<Record<string, string>>): string {
  let lines = '';
  for (const name in headers) {
    const value = headers[name] ?? '';
    if (!sendable.test(value)) throw new TypeError(`The header ${name} has characters that none may have.`);
    lines += `${name}: ${value}\r\n`;
  }
  return lines;
}

export type Exchanges = (headers: Readonly<Record<string, string>>, body: string) => Exchange;

/**
 * Requests that begin with `start` (the first line and the headers that are always the same), each answered within `timeoutMs`. No abort signal or timer is
 * made for a request: one wheel ends those that are late.
 */
export function createExchanges(connections: Connections, start: string, timeoutMs: number): Exchanges {
  const deadlines = createWheel(timeoutMs);
  return (headers, body) => {
    const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
    const giveUp = connections.send(start + toHeaderLines(headers), body, {
      onAnswer: (answer) => {
        callOff();
        resolve(answer);
      },
      onError: (error) => {
        callOff();
        reject(error);
      },
    });
    const abort = (reason: Error): void => {
      callOff();
      giveUp();
      reject(reason);
    };
    const callOff = deadlines.add(() => abort(new DeadlinePassed(`no answer within ${timeoutMs} ms`)));
    return { answer: promise, abort };
  };
}
