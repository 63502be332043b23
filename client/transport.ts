import { createClient as createStreamClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { type GraphError, TallyError, toStreamError, toTallyError } from './errors.ts';

/** An operation's text with the types of its answer and variables, as `npm run generate:client` writes it; a bare string has none. */
export interface Operation<Data, Variables> {
  readonly toString: () => string;
  readonly __apiType?: (variables: Variables) => Data;
}

export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphError[];
}

export interface TransportOptions {
  /** The router's endpoint, with its path. */
  readonly url: string;
  /** How subscriptions travel: over WebSocket (graphql-ws) unless `sse` is chosen. */
  readonly subscriptions?: 'websocket' | 'sse';
}

/** Operations to the router and back, without a memory. */
export interface Transport {
  /** @throws TallyError NETWORK when no answer came. */
  readonly send: <Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    token?: string,
  ) => Promise<Answer<Data> & Status>;
  /** As `send`, and @throws TallyError for the first error of the answer. */
  readonly ask: <Data, Variables>(operation: Operation<Data, Variables>, variables: Variables, token?: string) => Promise<Data>;
  /** Its payloads; `return()` ends it at once. @throws TallyError when it is refused or lost. */
  readonly follow: <Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    options?: FollowOptions,
  ) => AsyncIterableIterator<Answer<Data>>;
}

interface FollowOptions {
  readonly token?: string;
  /** Called when the connection stands: what happens from then on will come. */
  readonly onConnected?: () => void;
}

export interface Status {
  /** Of HTTP. */
  readonly status: number;
}

/** Speaks GraphQL over HTTP, and graphql-ws or SSE for subscriptions. */
export function createTransport({ url, subscriptions = 'websocket' }: TransportOptions): Transport {
  const toHeaders = (token: string | undefined): Record<string, string> =>
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const send: Transport['send'] = async (operation, variables, token) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json', ...toHeaders(token) },
        body: JSON.stringify({ query: operation.toString(), variables }),
      });
      const { data = null, errors = [] } = (await response.json()) as Partial<Answer<never>>;
      return { status: response.status, data, errors };
    } catch (error) {
      throw new TallyError('NETWORK', `${url} gave no answer.`, { cause: error });
    }
  };
  return {
    send,
    ask: async (operation, variables, token) => {
      const { data, errors } = await send(operation, variables, token);
      if (errors.length > 0 || data === null) throw toTallyError(errors, data);
      return data;
    },
    follow: (operation, variables, { token, onConnected = () => {} } = {}) => {
      const request = { query: operation.toString(), variables: { ...variables } as Record<string, unknown> };
      const headers = toHeaders(token);
      const common = { retryAttempts: 0, on: { connected: onConnected } };
      return subscriptions === 'sse'
        ? ending(createStreamClient({ url, headers, ...common }), request)
        : ending(createSocketClient({ url: url.replace(/^http/, 'ws'), connectionParams: headers, ...common }), request);
    },
  };
}

interface StreamClient<Request> {
  readonly iterate: (request: Request) => AsyncIterableIterator<unknown>;
  readonly dispose: () => unknown;
}

/** The payloads of one stream, whose client ends with it. No generator: one that waits for a payload cannot be told to return before it comes. */
function ending<Data, Request>(client: StreamClient<Request>, request: Request): AsyncIterableIterator<Answer<Data>> {
  const payloads = client.iterate(request) as AsyncIterableIterator<Partial<Answer<Data>>>;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      try {
        const result = await payloads.next();
        if (!result.done) return { done: false, value: { data: result.value.data ?? null, errors: result.value.errors ?? [] } };
        client.dispose();
        return { done: true, value: undefined };
      } catch (error) {
        client.dispose();
        throw toStreamError(error);
      }
    },
    return: async () => {
      await payloads.return?.();
      client.dispose();
      return { done: true, value: undefined };
    },
  };
}
