import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { acceptsEventStream, acceptsMultipart, askEverywhere, codeIn, everywhere, sendBySocket, sendRaw } from '../../test/raw.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// Protections on every transport: POST, GET, server-sent events, multipart, graphql-ws.

let world: World;
afterEach(() => world.stop());
const query = '{ session(id: "s1") { id } }';
const subscription = 'subscription { voteResults(sessionId: "s1") { id } }';
const bearer = async (sub?: string) => ({ authorization: `Bearer ${await world.token(sub === undefined ? {} : { sub })}` });

describe('RATE_LIMITED', () => {
  it('counts a token on all transports together', async () => {
    world = await startWorld(start, { RATE_LIMIT_IDENTITY: '5' });
    const { url } = world.router;
    const one = await bearer('one');
    expect(await askEverywhere(url, { query }, one)).toEqual(everywhere(undefined));
    expect(await askEverywhere(url, { query }, one)).toEqual(everywhere('RATE_LIMITED'));
    expect(await askEverywhere(url, { query }, await bearer('two'))).toEqual(everywhere(undefined));
  });

  it('counts an address on all transports together', async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '5' });
    const { url } = world.router;
    expect(await askEverywhere(url, { query })).toEqual(everywhere(undefined));
    const forged = await askEverywhere(url, { query }, { authorization: 'Bearer forged' });
    // The socket does not even open.
    expect(forged.slice(0, 4)).toEqual(everywhere('RATE_LIMITED').slice(0, 4));
    expect(await askEverywhere(url, { query })).toEqual(everywhere('RATE_LIMITED'));
    // A neighbour behind the same address has a budget of their own.
    expect(await askEverywhere(url, { query }, await bearer())).toEqual(everywhere(undefined));
  });

  it('counts each field of a mutation', async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '25' });
    const { url } = world.router;
    const votes = Array.from({ length: 20 }, (_, index) => `v${index}: addVote(sessionId: "s1", issueKey: "T-1") { id }`).join(' ');
    expect((await sendRaw(url, { query: `mutation { ${votes} }` })).code).toBeUndefined();
    expect((await sendRaw(url, { query: `mutation { ...f } fragment f on Mutation { ${votes} }` })).code).toBe('RATE_LIMITED');
    expect(world.votingState.calls.get('addVote')).toBe(20);
  });

  it('counts what cannot be read and hashes that nobody knows', async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '4' });
    const { url } = world.router;
    const unknown = { extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } };
    const codes: unknown[] = [];
    for (const body of ['{', unknown, '[]', unknown, '{', unknown]) codes.push((await sendRaw(url, body)).code);
    expect(codes).toEqual([
      'BAD_REQUEST',
      'PERSISTED_QUERY_NOT_FOUND',
      'BAD_REQUEST',
      'PERSISTED_QUERY_NOT_FOUND',
      'RATE_LIMITED',
      'RATE_LIMITED',
    ]);
  });

  it.each<readonly [string, RequestInit & { readonly path?: string }]>([
    [
      'unknown hashes',
      { method: 'POST', body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: '1'.repeat(64) } } }) },
    ],
    ['unreadable JSON', { method: 'POST', body: '{' }],
    ['a list of requests', { method: 'POST', body: '[{}]' }],
    ['an empty body', { method: 'POST', body: '' }],
    ['too large a body', { method: 'POST', body: ' '.repeat(1_100_000) }],
    ['too many values', { method: 'POST', body: `[${'1,'.repeat(40_000)}1]` }],
    ['bytes that are no gzip', { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: 'x' }],
    ['an encoding that is not taken', { method: 'POST', headers: { 'content-encoding': 'zstd' }, body: 'x' }],
    ['a charset that is not taken', { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-16' }, body: '{}' }],
    ['another content type', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }],
    ['another method', { method: 'PUT', body: '{}' }],
    ['a GET without a query', { method: 'GET' }],
    ['a document that cannot be parsed', { method: 'POST', body: '{"query":"{"}' }],
    ['a document that is not valid', { method: 'POST', body: '{"query":"{ nothing }"}' }],
    [
      'an Authorization that cannot be read',
      { method: 'POST', headers: { authorization: `Bearer ${'x'.repeat(9_000)}` }, body: '{"query":"{ me { id } }"}' },
    ],
    ['nothing acceptable', { method: 'POST', headers: { accept: 'image/png' }, body: '{"query":"{ me { id } }"}' }],
    ['a path of slashes', { method: 'GET', path: `/${'/'.repeat(5_000)}x` }],
    ['files that are not there', { method: 'GET', path: '/nothing.js' }],
    ['health', { method: 'GET', path: '/health' }],
  ])('counts %s', async (_what, { path, ...init }) => {
    world = await startWorld(start, { RATE_LIMIT_IP: '4' });
    const headers = { 'content-type': 'application/json', ...(init.headers as Record<string, string> | undefined) };
    const statuses: number[] = [];
    // Whatever is no operation may be asked five times as often.
    for (let count = 0; count < 24; count += 1) {
      const response = await fetch(path === undefined ? world.router.url : world.router.url.replace('/graphql', path), {
        ...init,
        headers,
      });
      statuses.push(/RATE_LIMITED/.test(await response.text()) ? 429 : response.status);
    }
    expect(statuses[0]).not.toBe(429);
    expect(statuses.at(-1)).toBe(429);
  });

  it('counts sockets that are opened', async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '2' });
    const open = (): Promise<unknown> =>
      new Promise((resolve) => {
        const socket = new WebSocket(world.router.url.replace('http', 'ws'), 'graphql-transport-ws');
        socket.on('error', () => {});
        socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
        socket.on('open', () => {
          socket.close();
          resolve('open');
        });
      });
    const opened: unknown[] = [];
    for (let count = 0; count < 12; count += 1) opened.push(await open());
    expect(opened).toEqual([...Array(10).fill('open'), 429, 429]);
  });

  it.each([
    ['ports', (n: number) => `192.0.2.1:${50_000 + n}`],
    ['addresses of one IPv6 network', (n: number) => `2001:db8:1:2::${n.toString(16)}`],
    ['ports of one IPv6 network', (n: number) => `[2001:db8:1:2::${n.toString(16)}]:${50_000 + n}`],
    ['addresses that the client wrote itself', (n: number) => `10.0.0.${n}, 192.0.2.1`],
  ])('takes %s for one address', async (_what, address) => {
    world = await startWorld(start, { RATE_LIMIT_IP: '3', TRUSTED_PROXIES: '1' });
    const codes: unknown[] = [];
    for (let n = 1; n <= 6; n += 1) codes.push((await sendRaw(world.router.url, { query }, { 'x-forwarded-for': address(n) })).code);
    expect(codes).toEqual([undefined, undefined, undefined, 'RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED']);
    expect((await sendRaw(world.router.url, { query }, { 'x-forwarded-for': '198.51.100.1' })).code).toBeUndefined();
  });

  it('counts entrances more strictly, whichever way they come', async () => {
    world = await startWorld(start, { RATE_LIMIT_ENTRANCE: '4' });
    const { url } = world.router;
    const enter = { query: 'mutation { createSession(title: "x") { id } }' };
    const inFragment = { query: 'mutation { ...f } fragment f on Mutation { createSession(title: "x") { id } }' };
    const bySocket = () => sendBySocket(url, [{ id: '1', type: 'subscribe', payload: enter }]);
    const codes = [
      (await sendRaw(url, enter)).code,
      (await sendRaw(url, enter, acceptsEventStream)).code,
      (await sendRaw(url, inFragment)).code,
    ];
    expect([...codes, await bySocket()]).toEqual([undefined, undefined, undefined, { data: { createSession: { id: 'new' } } }]);
    expect(await bySocket()).toBe('RATE_LIMITED');
    expect((await sendRaw(url, inFragment, acceptsMultipart)).code).toBe('RATE_LIMITED');
    expect((await sendRaw(url, { query })).code).toBeUndefined();
  });

  it('tells addresses behind a trusted proxy apart, also those of sockets', async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '1', TRUSTED_PROXIES: '1' });
    const { url } = world.router;
    const askFrom = (address: string): Promise<unknown> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { headers: { 'x-forwarded-for': address } });
        socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
        socket.on('message', (data) => {
          const { type, payload } = JSON.parse(String(data));
          if (type === 'connection_ack') return socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
          resolve(type === 'error' ? payload[0].extensions.code : type);
          socket.terminate();
        });
      });
    expect([await askFrom('10.0.0.1'), await askFrom('10.0.0.2'), await askFrom('6.6.6.6, 10.0.0.1')]).toEqual([
      'next',
      'next',
      'RATE_LIMITED',
    ]);
    const viaHttp = { 'x-forwarded-for': '10.0.0.2' };
    expect((await sendRaw(url, { query }, viaHttp)).code).toBe('RATE_LIMITED');
    expect((await sendRaw(url, { query }, { ...acceptsEventStream, ...viaHttp })).code).toBe('RATE_LIMITED');
  });
});

describe('limits of an operation', () => {
  it.each([
    ['OPERATION_TOO_DEEP', { MAX_DEPTH: '3' }, '{ session(id: "s1") { items { issue { key } } } }'],
    ['TOO_MANY_ALIASES', { MAX_ALIASES: '2' }, '{ session(id: "s1") { a: id b: id c: id } }'],
    ['TOO_MANY_ROOT_FIELDS', { MAX_ROOT_FIELDS: '1' }, '{ session(id: "s1") { id } me { id } }'],
    ['OPERATION_TOO_LARGE', { MAX_TOKENS: '10' }, '{ session(id: "s1") { id title } }'],
    ['INTROSPECTION_DISABLED', { NODE_ENV: 'production' }, '{ __schema { queryType { name } } }'],
  ])('%s', async (code, environment, text) => {
    world = await startWorld(start, environment);
    expect(await askEverywhere(world.router.url, { query: text })).toEqual(everywhere(code));
  });
});

describe('connections', () => {
  const connect = (): Promise<{ readonly closed: Promise<string>; readonly socket: WebSocket }> => {
    const socket = new WebSocket(world.router.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    const closed = new Promise<string>((resolve) => socket.on('close', (code, reason) => resolve(`${code} ${reason}`)));
    return new Promise((resolve) => socket.on('open', () => resolve({ socket, closed })));
  };

  it.each([{ MAX_CONNECTIONS_PER_IP: '2' }, { MAX_CONNECTIONS: '2' }])(
    'TOO_MANY_CONNECTIONS with %o, sockets and streams together',
    async (environment) => {
      world = await startWorld(start, environment);
      const { url } = world.router;
      const first = await connect();
      const headers = { 'content-type': 'application/json', ...(await bearer()), ...acceptsEventStream };
      const abort = new AbortController();
      await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: subscription }), signal: abort.signal });
      expect(await (await connect()).closed).toBe('1013 TOO_MANY_CONNECTIONS');
      expect((await sendRaw(url, { query: subscription }, headers)).code).toBe('TOO_MANY_CONNECTIONS');
      expect(await sendRaw(url, { query: subscription }, { ...headers, ...acceptsMultipart })).toEqual({
        status: 429,
        code: 'TOO_MANY_CONNECTIONS',
      });
      // Queries need no connection of their own.
      expect((await sendRaw(url, { query })).code).toBeUndefined();
      first.socket.terminate();
      await first.closed;
      abort.abort();
      await expect
        .poll(async () => {
          const { socket, closed } = await connect();
          return Promise.race([closed, new Promise((resolve) => setTimeout(() => resolve('open'), 100))]).finally(() => socket.terminate());
        })
        .toBe('open');
    },
  );
});

describe('production, when asked,', () => {
  it('has introspection and Sandbox', async () => {
    world = await startWorld(start, { NODE_ENV: 'production', INTROSPECTION: 'true', SANDBOX: 'true' });
    expect(codeIn((await world.post('{ __schema { queryType { name } } }')).body)).toBeUndefined();
    expect(await (await fetch(world.router.url, { headers: { accept: 'text/html' } })).text()).toContain('EmbeddedSandbox');
  });
});
