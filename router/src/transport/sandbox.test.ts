import { ApolloSandbox } from '@apollo/sandbox';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { castToyVote } from '../../test/toy-voting.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

/*
 * Sandbox is two halves: an application in a frame, which comes from Apollo's servers, and @apollo/sandbox in our page, which does all its
 * requests as the frame's messages say. The second half is played here as it is; the messages are those of the first one.
 */

const frameOrigin = 'https://sandbox.embed.apollographql.com';
const query = 'subscription R($id: ID!) { voteResults(sessionId: $id) { id issue { key summary } } }';
/** What the frame sends with a multipart subscription, and what Apollo's other clients send. */
const accepts = [
  'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0, application/json',
  'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json',
  'multipart/mixed;subscriptionSpec=1.0, application/json',
  'multipart/mixed;subscriptionSpec="1.0", application/json',
  'multipart/mixed; deferSpec=20220824, multipart/mixed; subscriptionSpec=1.0, application/json',
];

interface Post {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: messages of any shape.
  readonly response?: any;
  // biome-ignore lint/suspicious/noExplicitAny: messages of any shape.
  readonly schema?: any;
  readonly status?: string;
}

let world: World;
let token: string;
const posts: Post[] = [];
const frame = { src: '', setAttribute: () => {}, contentWindow: { postMessage: (message: Post) => posts.push(message) } };
const listeners: Array<(event: { readonly origin: string; readonly data: unknown }) => void> = [];
const say = (data: unknown) => {
  for (const listener of [...listeners]) listener({ origin: frameOrigin, data });
};
const eventually = (read: () => unknown) => expect.poll(read, { timeout: 10_000 });

beforeAll(async () => {
  world = await startWorld(start, { HEARTBEAT_SECONDS: '1' });
  token = await world.token();
  const { origin } = new URL(world.router.url);
  vi.stubGlobal('window', {
    location: { href: world.router.url, origin },
    localStorage: { getItem: () => null, setItem: () => {} },
    addEventListener: (_type: string, listener: (typeof listeners)[number]) => listeners.push(listener),
    removeEventListener: (_type: string, listener: (typeof listeners)[number]) => listeners.splice(listeners.indexOf(listener), 1),
  });
  vi.stubGlobal('document', { querySelector: () => ({ appendChild: () => {} }), createElement: () => frame, getElementById: () => null });
  new ApolloSandbox(await readOptions());
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await world.stop();
});

/** The options that our page gives Sandbox, with the page's own script run for them. */
async function readOptions(): Promise<ConstructorParameters<typeof ApolloSandbox>[0]> {
  const page = await (await fetch(world.router.url, { headers: { accept: 'text/html' } })).text();
  const [, options = ''] = /new window\.EmbeddedSandbox\((\{[\s\S]*?\})\);/.exec(page) ?? [];
  return new Function('endpoint', `return ${options};`)(world.router.url);
}

describe('Sandbox', () => {
  it('starts with both addresses of this router', () => {
    const parameters = new URL(frame.src).searchParams;
    expect(parameters.get('endpoint')).toBe(world.router.url);
    expect(parameters.get('subscriptionEndpoint')).toBe(world.router.url.replace('http', 'ws'));
  });

  it('reads the schema', async () => {
    const introspectionRequestBody = JSON.stringify({ query: getIntrospectionQuery(), operationName: 'IntrospectionQuery' });
    say({ name: 'IntrospectionQueryWithHeaders', introspectionRequestBody, sandboxEndpointUrl: world.router.url, operationId: 'i' });
    await eventually(() => posts.find(({ schema }) => schema !== undefined)?.schema.__schema.subscriptionType.name).toBe('Subscription');
  });

  it.each(accepts)('gets the answer of a query as JSON when it accepts %s', async (accept) => {
    posts.length = 0;
    const operation = '{ session(id: "s1") { title } }';
    say({ name: 'ExplorerRequest', operation, operationId: 'q', endpointUrl: world.router.url, headers: { accept } });
    await eventually(() => posts.find(({ response }) => response !== undefined)?.response).toMatchObject({
      data: { session: { title: 'Session s1' } },
      status: 200,
      hasNext: false,
    });
  });

  it.each([
    ['graphql-ws at the address that is set already', 'graphql-ws', { Authorization: '' }],
    ...accepts.map((accept) => [`multipart, accepting ${accept}`, 'http-multipart', { Authorization: '', Accept: accept }] as const),
  ] as const)('follows a subscription by %s', async (_how, protocol, headers) => {
    posts.length = 0;
    const before = world.votingState.active.get('voteResults') ?? 0;
    say({
      name: 'ExplorerSubscriptionRequest',
      operation: query,
      operationName: 'R',
      operationId: 's',
      variables: { id: 's1' },
      headers: { ...headers, Authorization: `Bearer ${token}` },
      subscriptionUrl: protocol === 'graphql-ws' ? world.router.url.replace('http', 'ws') : world.router.url,
      protocol,
      httpMultipartParams: { includeCookies: false },
    });
    await eventually(() => posts.find(({ status }) => status === 'connected')).toBeDefined();
    await eventually(() => world.votingState.active.get('voteResults')).toBe(before + 1);
    // Longer than a heartbeat, which is not for people to see.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    castToyVote(world.votingState, 'T-4');
    const payloads = () =>
      posts.flatMap(({ name, response }) => (name === 'ExplorerSubscriptionResponse' ? [response.data?.payload ?? response.data] : []));
    await eventually(() => payloads().find((payload) => payload?.data?.voteResults)).toMatchObject({
      data: { voteResults: { issue: { key: 'T-4', summary: 'About T-4' } } },
    });
    expect(posts.filter(({ response }) => response?.error !== undefined)).toEqual([]);
    say({ name: 'ExplorerSubscriptionTermination', operationId: 's' });
    await eventually(() => world.votingState.active.get('voteResults')).toBe(before);
  });
});
