import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { start } from '../../router/src/main.ts';
import { createAuthority, createCertificate } from '../../scripts/certs.ts';
import { hasOpenssl } from '../operations/programs.ts';
import { follow } from './client.ts';

// A subgraph that knows nothing of Tally, wherever its owners have it.

const typeDefs = parse('type Query { hello: String } type Subscription { counted: Int }');
const schema = buildSubgraphSchema({
  typeDefs,
  resolvers: {
    Query: { hello: () => 'world' },
    Subscription: {
      counted: {
        subscribe: async function* () {
          for (const counted of [1, 2, 3]) yield { counted };
        },
      },
    },
  } as never,
});

interface Served {
  readonly port: number;
  /** What was asked: the path with its query, and the headers. */
  readonly asked: { readonly kind: 'http' | 'ws'; readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

const stops: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function serve({
  host = '127.0.0.1',
  port = 0,
  tls = {},
  isSecret = false,
} = {}): Promise<Served & { readonly stop: () => Promise<void> }> {
  const asked: Served['asked'] = [];
  const server = (Object.keys(tls).length === 0 ? createServer() : createTlsServer(tls)).on('request', async (request, response) => {
    const { url: path = '', headers, method } = request;
    if (method !== 'POST') return void response.writeHead(404).end();
    const { query } = JSON.parse(await text(request));
    if (query !== '{ __typename }') asked.push({ kind: 'http', path, headers });
    if (isSecret && headers['x-api-key'] !== 'abc')
      return void response.writeHead(401, { 'content-type': 'text/html' }).end('<h1>Who are you?</h1>');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(await graphql({ schema, source: query })));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (_, { url: path = '', headers }) => void asked.push({ kind: 'ws', path, headers }));
  useServer({ schema }, sockets);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  stops.push(stop);
  return { port: (server.address() as AddressInfo).port, asked, stop };
}

/** The address of a router that was started with nothing but a supergraph, and what else is given. */
async function route(url: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'tally-strangers-')), 'supergraph.graphql');
  writeFileSync(file, composeServices([{ name: 'hello-world', url, typeDefs }]).supergraphSdl ?? '');
  const router = await start({
    ROUTER_PORT: '0',
    LOG_LEVEL: 'silent',
    PAGE_DIRECTORY: '/nonexistent',
    SUPERGRAPH_FILE: file,
    ...environment,
  });
  stops.push(router.stop);
  return router.url;
}

async function ask(url: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: '{"query":"{ hello }"}', ...{ rejectUnauthorized: false } });
  return response.json();
}

async function countThree(url: string): Promise<readonly unknown[]> {
  const stream = await follow(url, 'subscription { counted }', {});
  const events = [await stream.next(), await stream.next(), await stream.next()];
  await stream.close();
  return events;
}

const data = { hello: 'world' };
const three = [1, 2, 3].map((counted) => ({ data: { counted } }));

describe('a subgraph is asked, and followed, at its address', () => {
  it.each([
    ['http://127.0.0.1:PORT', '/'],
    ['http://127.0.0.1:PORT/', '/'],
    ['http://127.0.0.1:PORT/some/path', '/some/path'],
    ['http://127.0.0.1:PORT/some/path/', '/some/path/'],
    ['http://127.0.0.1:PORT/graphql?tenant=a%20b&c', '/graphql?tenant=a%20b&c'],
    ['http://localhost:PORT/graphql', '/graphql'],
    ['http://[::1]:PORT/graphql', '/graphql'],
  ])('%s', async (address, path) => {
    const host = address.includes('[::1]') ? '::1' : address.includes('localhost') ? 'localhost' : '127.0.0.1';
    const { port, asked } = await serve({ host });
    const url = await route(address.replace('PORT', `${port}`));
    expect(await ask(url)).toEqual({ data });
    expect(await countThree(url)).toEqual(three);
    const named = new URL(address.replace('PORT', `${port}`)).host;
    expect(asked.map((each) => [each.kind, each.path, each.headers.host])).toEqual([
      ['http', path, named],
      ['ws', path, named],
    ]);
  });

  it.skipIf(!hasOpenssl)('over TLS with an authority of its own, by TLS_CA', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tally-strangers-tls-'));
    createAuthority(folder);
    for (const name of ['router', 'hello']) createCertificate(folder, name);
    stops.push(() => rmSync(folder, { recursive: true }));
    const read = (file: string) => readFileSync(join(folder, file));
    const tls = { key: read('hello.key'), cert: read('hello.crt'), ca: read('ca.crt'), requestCert: true, rejectUnauthorized: true };
    const { port, asked } = await serve({ tls });
    const files = { TLS_CERT: join(folder, 'router.crt'), TLS_KEY: join(folder, 'router.key'), TLS_CA: join(folder, 'ca.crt') };
    const url = await route(`https://127.0.0.1:${port}/api`, { ...files, CLIENT_TLS: 'off' });
    expect(await ask(url)).toEqual({ data });
    expect(await countThree(url)).toEqual(three);
    expect(asked.map(({ kind }) => kind)).toEqual(['http', 'ws']);
    // Its certificate is not one of those that Node trusts.
    const other = await route(`https://127.0.0.1:${port}/api`, {
      ...files,
      CLIENT_TLS: 'off',
      HELLO_WORLD_TLS: 'system',
      STARTUP_WAIT_SECONDS: '0',
    });
    expect(await ask(other)).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] });
  });
});

it('a subgraph that wants a header gets it by HELLO_WORLD_HEADERS, with each request and when its streams are opened', async () => {
  const { port, asked } = await serve({ isSecret: true });
  const address = `http://127.0.0.1:${port}/graphql`;
  expect(await ask(await route(address))).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }] });
  asked.length = 0;
  const url = await route(address, { HELLO_WORLD_HEADERS: '{"X-Api-Key":"abc"}' });
  expect(await ask(url)).toEqual({ data });
  expect(await countThree(url)).toEqual(three);
  expect(asked.map(({ kind, headers }) => [kind, headers['x-api-key']])).toEqual([
    ['http', 'abc'],
    ['ws', 'abc'],
  ]);
});

it('a subgraph that comes late, goes and comes back is asked as soon as it is there; meanwhile there are errors, and readiness says so', async () => {
  const first = await serve();
  const { port } = first;
  await first.stop();
  const url = await route(`http://127.0.0.1:${port}/graphql`, { STARTUP_WAIT_SECONDS: '0' });
  const readiness = async () => ((await (await fetch(new URL('/health/ready', url))).json()) as { status: string }).status;
  const missing = { errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }], data: { hello: null } };
  expect(await ask(url)).toMatchObject(missing);
  expect(await readiness()).toBe('degraded');
  for (let times = 0; times < 2; times += 1) {
    const there = await serve({ port });
    await vi.waitFor(async () => expect([await ask(url), await readiness()]).toEqual([{ data }, 'ok']), { timeout: 20_000, interval: 100 });
    await there.stop();
    expect(await ask(url)).toMatchObject(missing);
    await vi.waitFor(async () => expect(await readiness()).toBe('degraded'), { timeout: 20_000, interval: 100 });
  }
});

it('a supergraph that is changed, broken, taken away and put back while it is served', async () => {
  const { port } = await serve();
  const address = `http://127.0.0.1:${port}/graphql`;
  const folder = mkdtempSync(join(tmpdir(), 'tally-strangers-'));
  const file = join(folder, 'supergraph.graphql');
  const compose = (name: string, url = address) => composeServices([{ name, url, typeDefs }]).supergraphSdl ?? '';
  writeFileSync(file, compose('hello'));
  const router = await start({ ROUTER_PORT: '0', LOG_LEVEL: 'silent', PAGE_DIRECTORY: '/nonexistent', SUPERGRAPH_FILE: file });
  stops.push(router.stop);
  const checks = async () =>
    ((await (await fetch(new URL('/health/ready', router.url))).json()) as { checks: Record<string, { reason?: string }> }).checks;
  const until = (look: (found: Awaited<ReturnType<typeof checks>>) => void) =>
    vi.waitFor(async () => look(await checks()), { timeout: 20_000, interval: 100 });
  for (const [bad, words] of [
    ['', 'it is empty'],
    ['type Query {', 'it is not GraphQL'],
    ['type Query { a: Int }', 'it is not a supergraph'],
    [compose('hello').replace('{\n  query', '@link(url: "https://specs.apollo.dev/policy/v0.1")\n{\n  query'), 'it uses @policy'],
    [compose('other', ''), 'OTHER_SERVICE_URL: required: the supergraph has no address for it'],
  ] as const) {
    writeFileSync(file, bad);
    await until((found) => expect(found['supergraph']?.reason).toMatch(words));
    expect(await ask(router.url)).toEqual({ data });
  }
  rmSync(file);
  await until((found) => expect(found['supergraph']?.reason).toMatch('ENOENT'));
  expect(await ask(router.url)).toEqual({ data });
  writeFileSync(file, compose('other'));
  await until((found) => expect([Object.keys(found), found['supergraph']]).toEqual([['other', 'supergraph'], { status: 'ok' }]));
  expect(await ask(router.url)).toEqual({ data });
});
