import { randomInt } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { toMessage } from '../../../kit/process/errors.ts';
import type { Logger } from '../../../kit/process/logging.ts';
import type { ClientTls } from '../../../kit/process/tls.ts';
import type { Sockets } from './sockets.ts';

export interface UpstreamError {
  readonly message: string;
  readonly extensions?: Record<string, unknown>;
}

export interface UpstreamOptions {
  readonly sockets: Sockets;
  /** The subgraph's GraphQL address, http(s). */
  readonly url: string;
  readonly tls: ClientTls | undefined;
  /** Asked again for each connection, so that a cursor and a fresh token can be put in. */
  readonly request: () => {
    readonly query: string;
    readonly operationName?: string | undefined;
    readonly variables: Record<string, unknown>;
  };
  readonly connectionParams: () => Record<string, string>;
  /** Of the request that opens the socket. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the socket may be shared by everybody in the scope that `connectionParams` names. */
  readonly isScoped: boolean;
  /** Of this subscription alone, whoever opened the socket. */
  readonly trace: () => Readonly<Record<string, string>>;
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

const longestDelayMs = 2_000;

/** A subgraph says these of itself, not of the subscription: they are worth another try. */
const passingCodes: ReadonlySet<unknown> = new Set(['INTERNAL_SERVER_ERROR', 'STORE_UNAVAILABLE', 'SESSION_BUSY']);
/** What is wrong with whoever lent the token for the socket: it is of no use for what comes. */
export const tokenCodes: ReadonlySet<unknown> = new Set(['UNAUTHENTICATED', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'NOT_A_PARTICIPANT']);

/**
 * Follows one subscription of a subgraph over graphql-ws, and connects again when the connection is lost.
 * Returns the way to stop; nothing is called after that.
 */
export function openUpstream(options: UpstreamOptions): () => void {
  const { log, tls, url, headers } = options;
  let isStopped = false;
  let failures = 0;
  /** Reached, but refused: to be reached again is no progress. */
  let isRefused = false;
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
    const place = options.sockets.take({ url, tls, headers, connectionParams: options.connectionParams(), isScoped: options.isScoped });
    const onConnected = (): void => {
      lostAt = undefined;
      if (!isRefused) failures = 0;
    };
    if (place.isConnected()) onConnected();
    const unlisten = place.client.on('connected', onConnected);
    const { query, operationName, variables } = options.request();
    const trace = options.trace();
    const unsubscribe = place.client.subscribe<Record<string, unknown>>(
      {
        query,
        variables,
        ...(operationName === undefined ? {} : { operationName }),
        ...(Object.keys(trace).length === 0 ? {} : { extensions: trace }),
      },
      {
        next: (payload) => {
          isRefused = false;
          failures = 0;
          if (!isStopped) options.onEvent(payload as ExecutionResult<Record<string, unknown>>);
        },
        error: (error) => {
          if (isStopped) return;
          if (!Array.isArray(error)) return retry(reasonOf(error));
          isRefused = true;
          if (error.some(({ extensions }) => passingCodes.has(extensions?.code))) return retry(toMessage(error[0]));
          if (error.some(({ extensions }) => tokenCodes.has(extensions?.code))) place.retire();
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
      unlisten();
      unsubscribe();
      place.leave();
    };
  };
  connect();
  return stop;
}

function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return `closed with ${String(error.code)}`;
  return toMessage(error);
}
