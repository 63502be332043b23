import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { BrokenAnswer, createHttpReader, type HttpAnswer, type HttpReader } from './http-reader.ts';
import { createOpener, type Receiver } from './opener.ts';

/** Who waits for one answer; exactly one of the two is called, once. */
export interface Asker {
  readonly onAnswer: (answer: HttpAnswer) => void;
  readonly onError: (error: Error) => void;
}

/** Kept connections to one server, one request at a time on each (no pipelining: a slow answer would hold up those behind it). */
export interface Connections {
  /** Sends a request; `head` has no length yet. The result gives it up, and tells nobody; when the answer is there it does nothing. */
  readonly send: (head: string, body: string, asker: Asker) => () => void;
  /** Resolves when all that was sent is answered; nothing may be sent any more. */
  readonly retire: () => Promise<void>;
  readonly close: () => void;
}

export interface ConnectionsOptions {
  readonly origin: URL;
  /** Open connections at most; further requests queue. */
  readonly most: number;
  readonly maxBodyBytes: number;
  /** Makes the connections, with TLS; plain ones unless given. */
  readonly connect: buildConnector.connector | undefined;
  readonly connectTimeoutMs: number;
}

interface Connection {
  readonly socket: Socket;
  readonly reader: HttpReader;
  /** Undefined while nobody is served. */
  serving: Serving | undefined;
  /** Whether it was used before: then the other side may have closed it while nobody asked. */
  isUsed: boolean;
  /** When the other side is about to close it. */
  keptUntil: number;
}

interface Serving {
  readonly head: string;
  readonly body: string;
  readonly asker: Asker;
  connection: Connection | undefined;
}

const lookEveryMs = 500;
/** A connection that was opened and then not needed. */
const unusedMs = 4_000;
const closed = (): Error => new Error('the connections to this subgraph are closed');

/**
 * HTTP/1.1 with no more than the router needs of it: one write for a request, one reader for a connection. With undici, which makes a request object,
 * header lists and two writes of each, the way to the subgraphs was the largest part of the router's CPU time (docs/performance.md).
 */
export function createConnections({ origin, most, maxBodyBytes, connect, connectTimeoutMs }: ConnectionsOptions): Connections {
  const open = createOpener(origin, connect, connectTimeoutMs);
  const all = new Set<Connection>();
  /** The one used last is used next: the others grow old and are closed. */
  const idle: Connection[] = [];
  const queue = new Set<Serving>();
  let opening = 0;
  let isClosed = false;
  let whenDone: (() => void) | undefined;
  let isLooking = false;

  const lookSoon = (): void => {
    if (isLooking) return;
    isLooking = true;
    setTimeout(look, lookEveryMs).unref();
  };
  /** Closes those that the other side is about to close. */
  const look = (): void => {
    isLooking = false;
    const now = performance.now();
    for (const connection of [...idle]) if (connection.keptUntil <= now) connection.socket.destroy();
    if (idle.length > 0) lookSoon();
  };
  /** Looks at the clock itself: where the process stood still the timer comes after the request. */
  const takeIdle = (): Connection | undefined => {
    for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
      if (connection.socket.writable && connection.keptUntil > performance.now()) return connection;
      connection.socket.destroy();
    }
    return undefined;
  };
  const checkDone = (): void => {
    if (whenDone === undefined || queue.size > 0 || opening > 0) return;
    for (const { serving } of all) if (serving !== undefined) return;
    for (const { socket } of all) socket.destroy();
    whenDone();
  };
  const serve = (connection: Connection, serving: Serving): void => {
    connection.serving = serving;
    serving.connection = connection;
    const { head, body } = serving;
    const { socket } = connection;
    const bytes = Buffer.byteLength(body);
    const whole = `${head}content-length: ${bytes}\r\n\r\n`;
    // Of plain ASCII no character needs a look, and the whole is one write.
    if (bytes === body.length) return void socket.write(whole + body, 'latin1');
    socket.cork();
    socket.write(whole, 'latin1');
    socket.write(body, 'utf8');
    socket.uncork();
  };
  const serveNext = (connection: Connection): void => {
    const [next] = queue;
    if (next !== undefined) {
      queue.delete(next);
      serve(connection, next);
      return;
    }
    idle.push(connection);
    lookSoon();
    checkDone();
  };
  const fail = (connection: Connection, error: Error): void => {
    const { serving } = connection;
    connection.serving = undefined;
    connection.socket.destroy();
    // Who starts again has cut them all: a request that is sent again needs a new one.
    if (serving !== undefined && connection.isUsed) for (const { socket } of idle.splice(0)) socket.destroy();
    serving?.asker.onError(error);
  };
  const answered = (connection: Connection, answer: HttpAnswer): void => {
    const { serving } = connection;
    connection.serving = undefined;
    connection.isUsed = true;
    if (answer.keptMs === 0) connection.socket.destroy();
    else {
      connection.keptUntil = performance.now() + answer.keptMs;
      serveNext(connection);
    }
    serving?.asker.onAnswer(answer);
  };
  const take = (connection: Connection, chunk: Buffer): void => {
    const { serving } = connection;
    // Nobody asked for anything.
    if (serving === undefined) {
      connection.socket.destroy();
      return;
    }
    let answer: HttpAnswer | undefined;
    try {
      answer = connection.reader.take(chunk);
    } catch (error) {
      fail(connection, error as Error);
      return;
    }
    if (answer !== undefined) answered(connection, answer);
  };
  const adopt = (socket: Socket, receiver: Receiver): void => {
    const connection: Connection = {
      socket,
      reader: createHttpReader(maxBodyBytes),
      serving: undefined,
      isUsed: false,
      keptUntil: performance.now() + unusedMs,
    };
    all.add(connection);
    receiver.take = (chunk) => take(connection, chunk);
    socket.on('data', receiver.take);
    socket.on('end', () => {
      const answer = connection.serving && connection.reader.end();
      if (answer !== undefined) answered(connection, answer);
      else fail(connection, new BrokenAnswer('the other side closed the connection'));
    });
    socket.on('error', (error) => fail(connection, error));
    socket.once('close', () => {
      all.delete(connection);
      const at = idle.indexOf(connection);
      if (at !== -1) idle.splice(at, 1);
      fail(connection, new BrokenAnswer('the connection was closed'));
      openMore();
      checkDone();
    });
    serveNext(connection);
  };
  const openMore = (): void => {
    while (opening < queue.size && all.size + opening < most) {
      opening += 1;
      open((error, socket, receiver) => {
        opening -= 1;
        if (error === null && !isClosed) return adopt(socket, receiver);
        if (error === null) return void socket.destroy();
        const [first] = queue;
        if (first !== undefined) {
          queue.delete(first);
          first.asker.onError(error);
        }
        openMore();
        checkDone();
      });
    }
  };

  return {
    send: (head, body, asker) => {
      const serving: Serving = { head, body, asker, connection: undefined };
      if (isClosed || whenDone !== undefined) {
        queueMicrotask(() => asker.onError(closed()));
        return () => undefined;
      }
      const connection = takeIdle();
      if (connection !== undefined) serve(connection, serving);
      else {
        queue.add(serving);
        openMore();
      }
      return () => {
        queue.delete(serving);
        const { connection: by } = serving;
        if (by?.serving !== serving) return;
        // Its answer may still come, and is nobody's.
        by.serving = undefined;
        by.socket.destroy();
      };
    },
    retire: () =>
      new Promise((resolve) => {
        whenDone = resolve;
        checkDone();
      }),
    close: () => {
      isClosed = true;
      for (const { asker } of queue) asker.onError(closed());
      queue.clear();
      for (const { socket } of all) socket.destroy();
    },
  };
}
