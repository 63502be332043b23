import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { castToyVote } from '../../test/toy-voting.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

const text = 'subscription R($id: ID!) { voteResults(sessionId: $id) { id issue { key summary } } }';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld(start, { HEARTBEAT_SECONDS: '1' });
  token = await world.token();
});
afterAll(() => world.stop());

/** Votes until the client has got something, longer than a heartbeat; resolves to the first payload. */
async function firstOf(subscribe: (next: (value: unknown) => void) => () => void): Promise<unknown> {
  const received: unknown[] = [];
  const stop = subscribe((value) => received.push(value));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  castToyVote(world.votingState, 'T-5');
  await expect.poll(() => received.length, { timeout: 10_000 }).toBeGreaterThan(0);
  stop();
  return received[0];
}

const issue = expect.objectContaining({ key: 'T-5', summary: 'About T-5' });
const payload = { data: { voteResults: expect.objectContaining({ issue }) } };
const socketUrl = () => world.router.url.replace(/^http/, 'ws');
const connect = () =>
  createClient({ url: socketUrl(), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization: `Bearer ${token}` } });

it('Apollo Client follows over its plain HttpLink, that is multipart', async () => {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({ uri: world.router.url, headers: { authorization: `Bearer ${token}` } }),
  });
  const first = await firstOf((next) => {
    const subscription = client.subscribe({ query: gql(text), variables: { id: 's1' } }).subscribe({ next });
    return () => subscription.unsubscribe();
  });
  expect(first).toMatchObject(payload);
});

it('Apollo Client follows over graphql-ws', async () => {
  const socket = connect();
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new GraphQLWsLink(socket) });
  const first = await firstOf((next) => {
    const subscription = client.subscribe({ query: gql(text), variables: { id: 's1' } }).subscribe({ next });
    return () => subscription.unsubscribe();
  });
  expect(first).toMatchObject(payload);
  await socket.dispose();
});

it('urql follows over graphql-ws', async () => {
  const socket = connect();
  const client = new Client({
    url: world.router.url,
    preferGetMethod: false,
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { query, variables: variables as Record<string, unknown> },
              sink as Parameters<typeof socket.subscribe>[1],
            ),
          }),
        }),
      }),
    ],
  });
  const first = await firstOf((next) => client.subscription(text, { id: 's1' }).subscribe(next).unsubscribe);
  expect(first).toMatchObject(payload);
  await socket.dispose();
});

it('urql follows over its own fetch, that is server-sent events or multipart', async () => {
  const client = new Client({
    url: world.router.url,
    preferGetMethod: false,
    fetchSubscriptions: true,
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
    exchanges: [fetchExchange],
  });
  const first = await firstOf((next) => client.subscription(text, { id: 's1' }).subscribe(next).unsubscribe);
  expect(first).toMatchObject(payload);
});

it('graphql-sse follows over server-sent events', async () => {
  const client = createSseClient({ url: world.router.url, retryAttempts: 0, headers: { authorization: `Bearer ${token}` } });
  const first = await firstOf((next) =>
    client.subscribe({ query: text, variables: { id: 's1' } }, { next, error: () => {}, complete: () => {} }),
  );
  expect(first).toMatchObject(payload);
  client.dispose();
});
