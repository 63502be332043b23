import { ApolloClient, ApolloLink, HttpLink, type TypedDocumentNode } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { RetryLink } from '@apollo/client/link/retry';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { findIdentity } from '../identity/identity.ts';
import { createStore, type Store } from '../store.ts';
import { createCache, queryDefaults } from './cache.ts';
import { learnTime } from './clock.ts';
import { toFollowed } from './followed.ts';
import { createOrder } from './inOrder.ts';
import { type ConnectionState, createSocket } from './socket.ts';

export interface GraphConnection {
  readonly client: ApolloClient;
  readonly state: Store<ConnectionState>;
  /** Called each time the socket is back after a loss. */
  readonly onResume: (listener: () => void) => () => void;
  /**
   * A subscription past the client's cache: `variables` are read again each time the socket comes back, so that a stream goes on from the
   * cursor that they then hold. Returns the way to stop.
   */
  readonly follow: <Data, Variables>(following: Following<Data, Variables>) => () => void;
  /** A file of the router's, with the token. Throws when it is not given. */
  readonly fetchFile: (address: string, signal: AbortSignal) => Promise<Blob>;
  readonly dispose: () => void;
}

interface Following<Data, Variables> {
  readonly query: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  readonly onData: (data: Data) => void;
  /** Called once when the stream is over, for whatever reason but being stopped here. */
  readonly onEnd: () => void;
}

/**
 * A client of the graph: queries and mutations over HTTP, subscriptions over graphql-ws, both with the token as it is after `freshenToken`.
 * A request that did not reach the router is repeated for some seconds: its `idempotencyKey` makes that harmless. What people do arrives in the
 * order they did it.
 */
export function createGraphConnection(
  findToken: () => string | undefined,
  freshenToken: () => Promise<void> = async () => {},
): GraphConnection {
  const state = createStore<ConnectionState>('idle');
  const resumed = new Set<() => void>();
  const socket = createSocket({
    state,
    connectionParams: async () => {
      await freshenToken();
      return toAuthorization(findToken());
    },
    onResume: () => resumed.forEach((listener) => void listener()),
  });

  const order = createOrder();
  const http = ApolloLink.from([
    order.link,
    new RetryLink({ delay: { initial: 400, max: 3_000, jitter: true }, attempts: { max: 5, retryIf: isNetworkError } }),
    new SetContextLink(async (previous) => {
      await freshenToken();
      const token = (previous['isByIdentity'] && findIdentity()?.token) || previous['token'] || findToken();
      return { headers: { ...previous.headers, ...toAuthorization(token) } };
    }),
    new HttpLink({ uri: '/graphql', fetch: fetchWithin }),
  ]);
  const client = new ApolloClient({
    cache: createCache(),
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, new GraphQLWsLink(socket.client), http),
    defaultOptions: queryDefaults,
    clientAwareness: { name: 'page' },
  });
  return {
    client,
    state,
    onResume: (listener) => {
      resumed.add(listener);
      return () => resumed.delete(listener);
    },
    follow: ({ query, variables, onData, onEnd }) => {
      let isOver = false;
      const end = () => {
        if (isOver) return;
        isOver = true;
        unsubscribe();
        onEnd();
      };
      const unsubscribe = socket.client.subscribe(
        { query: toFollowed(client.cache, query), variables: variables as Record<string, unknown> },
        {
          next: ({ data, errors }) => {
            if (isOver) return;
            // Half a payload is none: what it lacks is read with the whole session.
            if (data && !errors) onData(data as Parameters<typeof onData>[0]);
            else end();
          },
          error: end,
          complete: end,
        },
      );
      return () => {
        // graphql-ws calls `complete` also when the client itself stops.
        isOver = true;
        unsubscribe();
      };
    },
    fetchFile: async (address, signal) => {
      await freshenToken();
      const response = await fetchWithin(address, { headers: toAuthorization(findToken()), signal });
      if (!response.ok) throw new Error(`The router answers ${response.status}.`);
      return response.blob();
    },
    dispose: () => {
      socket.dispose();
      // What was done before the screen was left is still sent.
      void order.whenDone().then(() => client.stop());
    },
  };
}

/**
 * The context of operations that ask Jira for more than a session holds: where people sign in for that, their identity provider's token goes
 * along in place of the session's.
 */
export const byIdentity = { isByIdentity: true };

function toAuthorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** Longer than the router lets the graph take. */
const answerWithinMs = 30_000;

/** As `fetch`, but an answer that never comes (a network that swallows everything) is a failure in the end. */
async function fetchWithin(address: RequestInfo | URL, options: RequestInit = {}): Promise<Response> {
  const patience = AbortSignal.timeout(answerWithinMs);
  const response = await fetch(address, { ...options, signal: options.signal ? AbortSignal.any([options.signal, patience]) : patience });
  learnTime(response.headers.get('date'));
  return response;
}

/** Whether nothing came back at all; an answer with errors in it is an answer. */
export function isNetworkError(error: unknown): boolean {
  // fetch() says `TypeError` for every connection that fails.
  return error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError');
}
