import { randomInt } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { toMessage } from '../../../kit/process/errors.ts';
import type { Logger } from '../../../kit/process/logging.ts';
import type { Tls } from '../../../kit/process/tls.ts';

export interface UpstreamError {
  readonly message: string;
  readonly extensions?: Record<string, unknown>;
}

export interface UpstreamOptions {
  /** The subgraph's GraphQL address, http(s). */
  readonly url: string;
  readonly tls: Tls | undefined;
  /** Asked again for each connection, so that a cursor and a fresh token can be put in. */
  readonly request: () => {
    readonly query: string;
    readonly operationName?: string | undefined;
    readonly variables: Record<string, unknown>;
  };
  readonly connectionParams: () => Record<string, string>;
  readonly onEvent: (payload: ExecutionResult<Record<string, unknown>>) => void;
  /** The subgraph itself ended the stream; without errors it is complete. Nothing follows. */
  readonly onEnd: (errors: readonly UpstreamError[]) => void;
  /** No connection for `giveUpAfterMs`. Nothing follows. */
  readonly onLost: () => void;
  /** A lost connection is being opened again. */
  readonly onReconnect?: () => void;
  readonly giveUpAfterMs: number;
  readonly log: Logger;
}

const pingEveryMs = 10_000;
const longestDelayMs = 2_000;

/** A subgraph says these of itself, not of the subscription: they are worth another try. */
const passingCodes: ReadonlySet<unknown> = new Set(['INTERNAL_SERVER_ERROR', 'STORE_UNAVAILABLE', 'SESSION_BUSY']);

/**
 * Follows one subscription of a subgraph over graphql-ws, and connects again when the connection is lost.
 * Returns the way to stop; nothing is called after that.
 */
export function openUpstream(options: UpstreamOptions): () => void {
  const { log, tls, url } = options;
  let isStopped = false;
  let failures = 0;
  let lostAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let dispose: () => void = () => {};

  const stop = (): void => {
    isStopped = true;
    clearTimeout(timer);
    dispose();
  };
  const retry = (reason: string): void => {
    dispose();
    if (isStopped) return;
    lostAt ??= Date.now();
    if (Date.now() - lostAt >= options.giveUpAfterMs) {
      stop();
      options.onLost();
      return;
    }
    const ceiling = Math.min(longestDelayMs, 50 * 2 ** failures);
    failures += 1;
    options.onReconnect?.();
    log.warn({ url, reason, failures }, 'subscription upstream lost, connecting again');
    timer = setTimeout(connect, ceiling / 2 + randomInt(Math.ceil(ceiling / 2)));
  };
  const connect = (): void => {
    let pongTimer: NodeJS.Timeout | undefined;
    const client = createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: tls === undefined ? WebSocket : withCertificate(tls),
      retryAttempts: 0,
      keepAlive: pingEveryMs,
      connectionParams: options.connectionParams,
      on: {
        connected: () => {
          failures = 0;
          lostAt = undefined;
        },
        // A connection that is cut without a word stays open for minutes unless the missing pong is noticed.
        ping: (received) => {
          if (!received) pongTimer = setTimeout(() => client.terminate(), pingEveryMs / 2);
        },
        pong: (received) => {
          if (received) clearTimeout(pongTimer);
        },
        closed: () => clearTimeout(pongTimer),
      },
    });
    const { query, operationName, variables } = options.request();
    const unsubscribe = client.subscribe<Record<string, unknown>>(
      { query, variables, ...(operationName === undefined ? {} : { operationName }) },
      {
        next: (payload) => {
          if (!isStopped) options.onEvent(payload as ExecutionResult<Record<string, unknown>>);
        },
        error: (error) => {
          if (isStopped) return;
          if (!Array.isArray(error)) return retry(reasonOf(error));
          if (error.some(({ extensions }) => passingCodes.has(extensions?.code))) return retry(toMessage(error[0]));
          stop();
          options.onEnd(error);
        },
        complete: () => {
          if (isStopped) return;
          stop();
          options.onEnd([]);
        },
      },
    );
    let isDisposed = false;
    dispose = () => {
      if (isDisposed) return;
      isDisposed = true;
      unsubscribe();
      // graphql-ws rejects here when the connection that is being opened fails: nobody waits for it any more.
      Promise.resolve(client.dispose()).catch(() => {});
    };
  };
  connect();
  return stop;
}

/** WebSockets that show this service's certificate of the moment. */
function withCertificate(tls: Tls) {
  return class extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, tls.current());
    }
  };
}

function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return `closed with ${String(error.code)}`;
  return toMessage(error);
}
