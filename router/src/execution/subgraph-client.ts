import type { GraphQLDataSource } from '@apollo/gateway';
import { Pool } from 'undici';
import { serviceSecretHeader } from '../../../kit/callers.ts';
import { toMessage } from '../../../kit/errors.ts';
import type { SubgraphAddress } from '../config.ts';
import type { RouterErrorCode } from '../errors.ts';
import type { RouterContext } from './context.ts';

/** A subgraph's answer, or why there is none, in GraphQL's form. */
export interface SubgraphResponse {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; path?: readonly (string | number)[]; extensions?: Record<string, unknown> }[];
}

export interface SubgraphClient extends SubgraphAddress {
  /** Never throws: what goes wrong comes back as SUBGRAPH_UNAVAILABLE or SUBGRAPH_TIMEOUT in `errors`. */
  readonly dataSource: GraphQLDataSource;
  readonly request: (body: string, context: RouterContext) => Promise<SubgraphResponse>;
  /** Whether its `/health/live` answers within 2 s. */
  readonly isAlive: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

export interface SubgraphClientOptions {
  readonly address: SubgraphAddress;
  readonly timeoutMs: number;
  /** Open connections at most; further requests queue. */
  readonly connections?: number;
}

const maxResponseBytes = 32 * 1024 * 1024;

/** Speaks GraphQL over HTTP with one subgraph on kept connections. */
export function createSubgraphClient({ address, timeoutMs, connections = 64 }: SubgraphClientOptions): SubgraphClient {
  const { origin, pathname } = new URL(address.url);
  const pool = new Pool(origin, { connections, connect: { timeout: Math.min(timeoutMs, 5_000) }, maxResponseSize: maxResponseBytes });
  const ownHeaders: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(address.secret === undefined ? {} : { [serviceSecretHeader]: address.secret }),
  };

  const request = async (body: string, context: RouterContext): Promise<SubgraphResponse> => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await pool.request({
        path: pathname,
        method: 'POST',
        headers: { ...context.forwarded, ...ownHeaders },
        body,
        signal,
      });
      return toSubgraphResponse(await response.body.json());
    } catch (error) {
      const isTimeout = error instanceof Error && error.name === 'TimeoutError';
      context.log.warn({ subgraph: address.name, reason: toMessage(error) }, 'subgraph request failed');
      return isTimeout
        ? failed('SUBGRAPH_TIMEOUT', `The ${address.name} service did not answer within ${timeoutMs} ms.`)
        : failed('SUBGRAPH_UNAVAILABLE', `The ${address.name} service cannot be reached.`);
    }
  };

  return {
    ...address,
    request,
    dataSource: {
      // The gateway's own type for a response has mutable parts that it never changes.
      process: ({ request: { query, variables, operationName }, context }) =>
        request(JSON.stringify({ query, variables, operationName }), context as RouterContext) as ReturnType<GraphQLDataSource['process']>,
    },
    isAlive: async () => {
      try {
        const answer = await pool.request({ path: '/health/live', method: 'GET', signal: AbortSignal.timeout(2_000) });
        await answer.body.dump();
        return answer.statusCode === 200;
      } catch {
        return false;
      }
    },
    close: () => pool.destroy(),
  };
}

function toSubgraphResponse(body: unknown): SubgraphResponse {
  if (typeof body === 'object' && body !== null && ('data' in body || 'errors' in body)) return body as SubgraphResponse;
  throw new Error('the answer is not a GraphQL response');
}

function failed(code: RouterErrorCode, message: string): SubgraphResponse {
  return { errors: [{ message, extensions: { code } }] };
}
