import type { GraphiQLProps } from 'graphiql';
import { type ExecutionResult, getOperationAST, parse } from 'graphql';
import { createClient as createStreamClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';

type Fetcher = GraphiQLProps['fetcher'];
type FetcherParams = Parameters<Fetcher>[0];
type Answer = ExecutionResult<Record<string, unknown>, Record<string, unknown>>;

export const transports = ['WebSocket', 'SSE'] as const;
export type Transport = (typeof transports)[number];

/** What the bar above the editor says when an operation is run. */
export interface Settings {
  readonly token: () => string;
  readonly transport: () => Transport;
  /** Told each answer that has data. */
  readonly onData: (data: unknown) => void;
}

/**
 * Sends what GraphiQL runs: queries and mutations over HTTP, subscriptions over the chosen transport. The token goes along as `Authorization`, in a
 * WebSocket as a connection parameter; GraphiQL's own headers win.
 */
export function createFetcher(endpoint: string, { token, transport, onData }: Settings): Fetcher {
  const headersOf = (given: Readonly<Record<string, unknown>> = {}): Record<string, string> => {
    const own = token() === '' ? {} : { authorization: `Bearer ${token()}` };
    const lower = Object.entries(given).map(([name, value]): [string, string] => [name.toLowerCase(), String(value)]);
    return { ...own, ...Object.fromEntries(lower) };
  };
  const ask = async (params: FetcherParams, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json', ...headers },
      body: JSON.stringify(params),
    });
    const answer = (await response.json()) as Answer;
    if (answer.data !== undefined && params.operationName !== 'IntrospectionQuery') onData(answer.data);
    return answer;
  };
  const follow = (params: FetcherParams, headers: Record<string, string>) => {
    const { query, variables, operationName } = params;
    const request = { query, variables, ...(operationName ? { operationName } : {}) };
    return transport() === 'WebSocket'
      ? endingWith(createSocketClient({ url: endpoint.replace(/^http/, 'ws'), connectionParams: headers, retryAttempts: 0 }), request)
      : endingWith(createStreamClient({ url: endpoint, headers, retryAttempts: 0 }), request);
  };
  return (params, options) => {
    const headers = headersOf(options?.headers as Readonly<Record<string, unknown>> | undefined);
    return isSubscription(params) ? follow(params, headers) : ask(params, headers);
  };
}

interface StreamClient<Request> {
  readonly iterate: (request: Request) => AsyncIterableIterator<unknown>;
  readonly dispose: () => unknown;
}

/**
 * The payloads of one subscription; its client ends with it, so that the next one starts with the token of its time. No generator: one that waits for a
 * payload cannot be told to return before it comes.
 */
function endingWith<Request>(client: StreamClient<Request>, request: Request): AsyncIterableIterator<Answer> {
  const payloads = client.iterate(request) as AsyncIterableIterator<Answer>;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      try {
        const result = await payloads.next();
        if (result.done) client.dispose();
        return result;
      } catch (error) {
        client.dispose();
        throw describe(error);
      }
    },
    return: async () => {
      await payloads.return?.();
      client.dispose();
      return { done: true, value: undefined };
    },
  };
}

/** A close event shows its code and reason only when asked for them. */
function describe(error: unknown): unknown {
  if (!(error instanceof CloseEvent)) return error;
  return new Error(`The connection was closed: ${error.code} ${error.reason}`);
}

function isSubscription({ query, operationName }: FetcherParams): boolean {
  return getOperationAST(parse(query), operationName)?.operation === 'subscription';
}
