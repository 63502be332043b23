import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { RetryLink } from '@apollo/client/link/retry';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createStore, type Store } from '../design/store.ts';
import { findIdentity } from '../identity/identity.ts';
import { cachePolicies } from './cache.ts';
import { type ConnectionState, createSocket } from './socket.ts';

export interface GraphConnection {
  readonly client: ApolloClient;
  readonly state: Store<ConnectionState>;
  /** Called each time the socket is back after a loss. */
  readonly onResume: (listener: () => void) => () => void;
  readonly dispose: () => void;
}

/**
 * A client of the graph: queries and mutations over HTTP, subscriptions over graphql-ws, both with the token as it is at that moment.
 * A request that did not reach the router is repeated for some seconds: its `requestId` makes that harmless.
 */
export function createGraphConnection(findToken: () => string | undefined): GraphConnection {
  const state = createStore<ConnectionState>('idle');
  const resumed = new Set<() => void>();
  const socket = createSocket({
    state,
    connectionParams: () => toAuthorization(findToken()),
    onResume: () => resumed.forEach((listener) => void listener()),
  });

  const http = ApolloLink.from([
    new RetryLink({ delay: { initial: 400, max: 3_000, jitter: true }, attempts: { max: 5, retryIf: isNetworkError } }),
    new SetContextLink((previous) => ({
      headers: { ...previous.headers, ...toAuthorization((previous['isByIdentity'] && findIdentity()?.token) || findToken()) },
    })),
    new HttpLink({ uri: '/graphql' }),
  ]);
  const client = new ApolloClient({
    cache: new InMemoryCache({ typePolicies: cachePolicies }),
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, new GraphQLWsLink(socket.client), http),
    clientAwareness: { name: 'page' },
  });
  return {
    client,
    state,
    onResume: (listener) => {
      resumed.add(listener);
      return () => resumed.delete(listener);
    },
    dispose: () => {
      client.stop();
      socket.dispose();
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

/** Whether nothing came back at all; an answer with errors in it is an answer. */
export function isNetworkError(error: unknown): boolean {
  // fetch() says `TypeError` for every connection that fails.
  return error instanceof TypeError;
}
