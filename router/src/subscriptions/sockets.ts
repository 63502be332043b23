import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { ClientTls } from '../../../kit/process/tls.ts';

export interface SocketTarget {
  /** The subgraph's GraphQL address, http(s). */
  readonly url: string;
  readonly tls: ClientTls | undefined;
  /** Of the request that opens the socket: for whoever looks at that alone. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent once, when the connection opens. */
  readonly connectionParams: Readonly<Record<string, string>>;
  /** Whether it is the scope that may see, whoever of it lends the token; else each token has a socket of its own. */
  readonly isScoped: boolean;
}

/** One operation's place on a socket that others may use, too. */
export interface SocketPlace {
  readonly client: Client;
  readonly isConnected: () => boolean;
  /** Nobody else gets a place on this socket: what it was opened with is refused. */
  readonly retire: () => void;
  /** Gives the place back; the last one closes the socket. */
  readonly leave: () => void;
}

/** Sockets to subgraphs: operations with the same address and the same rights go over one (graphql-transport-ws numbers them). */
export interface Sockets {
  readonly take: (target: SocketTarget) => SocketPlace;
}

interface Shared {
  readonly client: Client;
  users: number;
  isConnected: boolean;
}

const pingEveryMs = 10_000;
/** For the handshake, and then for the acknowledgement: a replica that hangs takes connections, and another one may not hang. */
const openTimeoutMs = 5_000;
/** What tells of one request and decides nothing. */
const passing: ReadonlySet<string> = new Set(['x-request-id', 'traceparent', 'tracestate']);

export function createSockets(): Sockets {
  const open = new Map<string, Shared>();
  return {
    take: (target) => {
      const key = toKey(target);
      const forget = (): void => {
        if (open.get(key) === shared) open.delete(key);
      };
      const shared = open.get(key) ?? connect(target, () => forget());
      open.set(key, shared);
      shared.users += 1;
      let isHeld = true;
      return {
        client: shared.client,
        isConnected: () => shared.isConnected,
        retire: forget,
        leave: () => {
          if (!isHeld) return;
          isHeld = false;
          shared.users -= 1;
          if (shared.users > 0) return;
          forget();
          // graphql-ws rejects here when the connection that is being opened fails: nobody waits for it any more.
          Promise.resolve(shared.client.dispose()).catch(() => {});
        },
      };
    },
  };
}

function connect({ url, tls, headers, connectionParams }: SocketTarget, onClosed: () => void): Shared {
  let pongTimer: NodeJS.Timeout | undefined;
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: toWebSocket(tls, headers),
    retryAttempts: 0,
    keepAlive: pingEveryMs,
    connectionAckWaitTimeout: openTimeoutMs,
    connectionParams,
    on: {
      connected: () => {
        shared.isConnected = true;
      },
      // A connection that is cut without a word stays open for minutes unless the missing pong is noticed.
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), pingEveryMs / 2);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => {
        clearTimeout(pongTimer);
        shared.isConnected = false;
        onClosed();
      },
    },
  });
  const shared: Shared = { client, users: 0, isConnected: false };
  return shared;
}

function toKey({ url, connectionParams, isScoped }: SocketTarget): string {
  const rights = Object.entries(connectionParams).filter(([name]) => !passing.has(name) && !(isScoped && name === 'authorization'));
  return JSON.stringify([url, isScoped, rights.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** WebSockets with these headers, that do not wait for ever and show this service's certificate of the moment. */
function toWebSocket(tls: ClientTls | undefined, headers: SocketTarget['headers']) {
  return class extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { ...tls?.current(), headers, handshakeTimeout: openTimeoutMs });
    }
  };
}
