import type { IncomingMessage, Server } from 'node:http';
import { makeServer, type ServerOptions } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../../../kit/process/logging.ts';
import { findJsonExcess } from '../protection/variables-size.ts';

/** What graphql-ws carries along for each connection. */
export interface Connection {
  readonly socket: WebSocket;
  /** In place of the request that it began with, which would be kept for as long as the connection. */
  readonly clientIp: string;
  expiry?: NodeJS.Timeout;
  /** What is being followed over it. */
  readonly streams: Set<AsyncIterableIterator<unknown>>;
}

export type Parameters = Record<string, unknown>;

export interface WebSocketServerOptions {
  readonly server: Server;
  readonly path: string;
  readonly maxMessageBytes: number;
  /** Values of a message's JSON. */
  readonly maxMessageValues: number;
  /** Between pings; a client that misses one is cut off. */
  readonly pingEveryMs: number;
  /** Whether a page of this origin may connect; browsers ask no server before. */
  readonly isOriginAllowed: (request: IncomingMessage) => boolean;
  readonly clientIpOf: (request: IncomingMessage) => string;
  /** Rejects when an address connects too often. */
  readonly count: (clientIp: string) => Promise<void>;
  /** Refuses a connection by a close reason; undefined accepts it. */
  readonly refuse: (socket: WebSocket, clientIp: string) => string | undefined;
  readonly protocol: ServerOptions<Parameters, Connection & Record<PropertyKey, unknown>>;
  readonly log: Logger;
}

/**
 * Frames of a kilobyte and more are compressed, each by itself: reveals, new items, whole sessions, but no votes and no signs of life. Windows of
 * a kilobyte and nothing kept between messages, or each socket would hold on to a quarter of a megabyte (docs/decisions/0130).
 */
export const socketCompression = {
  threshold: 1_024,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  serverMaxWindowBits: 10,
  clientMaxWindowBits: 10,
  zlibDeflateOptions: { level: 3, memLevel: 4, chunkSize: 1_024 },
};

const mostUnreadBytes = 16 * 1024 * 1024;

/**
 * Serves graphql-ws. In place of its own adapter for ws, which writes clients' mistakes to the console.
 * Returns the way to stop: clients are told to connect again.
 */
export function startWebSocketServer({
  server,
  path,
  maxMessageBytes,
  maxMessageValues,
  pingEveryMs,
  isOriginAllowed,
  clientIpOf,
  count,
  refuse,
  protocol,
  log,
}: WebSocketServerOptions): () => Promise<void> {
  const graphql = makeServer(protocol);
  const sockets = new WebSocketServer({
    server,
    path,
    maxPayload: maxMessageBytes,
    perMessageDeflate: socketCompression,
    verifyClient: ({ req }: { req: IncomingMessage }, done: (isIn: boolean, status?: number, reason?: string) => void) => {
      if (!isOriginAllowed(req)) return done(false, 401);
      count(clientIpOf(req)).then(
        () => done(true),
        () => done(false, 429, 'Too Many Requests'),
      );
    },
    handleProtocols: (offered) => (offered.has('graphql-transport-ws') ? 'graphql-transport-ws' : false),
  });

  sockets.on('connection', (socket, request) => {
    // A frame over the limit, say: ws closes that socket by itself.
    socket.on('error', (error) => log.debug({ err: error }, 'socket error'));
    const clientIp = clientIpOf(request);
    const refusal = refuse(socket, clientIp);
    if (refusal !== undefined) return socket.close(1013, refusal);

    let isAlive = true;
    const ping = setInterval(() => {
      if (!isAlive) return socket.terminate();
      isAlive = false;
      socket.ping();
    }, pingEveryMs);
    socket.on('pong', () => {
      isAlive = true;
    });
    // Whoever makes us answer and does not read the answers has them pile up here.
    const cutOff = (): void => {
      if (socket.bufferedAmount > mostUnreadBytes) socket.terminate();
    };
    socket.on('ping', cutOff);
    socket.on('message', cutOff);
    const closed = graphql.opened(
      {
        protocol: socket.protocol,
        // Resolves when the kernel has taken the message, so that a slow client holds up its own stream only.
        send: (data) =>
          new Promise((resolve, reject) =>
            socket.readyState === socket.OPEN ? socket.send(data, (error) => (error ? reject(error) : resolve())) : resolve(),
          ),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (receive) =>
          socket.on('message', (data: Buffer) => {
            // It was told to go, and has not gone yet.
            if (socket.readyState !== socket.OPEN) return;
            // Nothing of it can be answered before it is parsed: not even its id is known.
            if (findJsonExcess(data, maxMessageValues) !== undefined) return socket.close(4400, 'OPERATION_TOO_LARGE');
            receive(String(data)).catch((error) => {
              log.debug({ err: error }, 'a message that the protocol does not know');
              socket.close(4400, 'Bad message');
            });
          }),
      },
      { socket, clientIp, streams: new Set() },
    );
    socket.once('close', (code, reason) => {
      clearInterval(ping);
      void closed(code, String(reason));
    });
  });

  return async () => {
    // 1012, service restart: graphql-ws clients connect again.
    for (const socket of sockets.clients) socket.close(1012, 'ROUTER_STOPPING');
    const force = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, 2_000);
    await new Promise<void>((resolve) => sockets.close(() => resolve()));
    clearTimeout(force);
  };
}
