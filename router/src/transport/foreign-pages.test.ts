import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// A page of a foreign site, in the browser of somebody who runs Tally, neither reads nor writes: not by sockets, not by a name of its own.

let world: World;
beforeAll(async () => {
  world = await startWorld(start, { CORS_ORIGINS: 'https://friend.example', ALLOWED_HOSTS: 'tally.example' });
});
afterAll(() => world.stop());

const query = '{ session(id: "s1") { id } }';

/** What the first operation over a socket comes to: its message's type, or the status by which the socket was refused. */
function askBySocket(url: string, headers: Record<string, string>, operation = query): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { headers });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('error', (error) => resolve(error.message));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack')
        return socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: operation } }));
      if (message.type === 'complete') return;
      resolve(message.type === 'next' ? (message.payload.errors?.[0].extensions.code ?? 'data') : message.payload[0].extensions.code);
      socket.terminate();
    });
  });
}

describe('a socket to the router', () => {
  const own = () => new URL(world.router.url);
  it.each<readonly [string, () => Record<string, string>, unknown]>([
    ['no origin', () => ({}), 'data'],
    ['our own origin', () => ({ origin: own().origin }), 'data'],
    ['an origin of CORS_ORIGINS', () => ({ origin: 'https://friend.example' }), 'data'],
    ['a foreign origin', () => ({ origin: 'https://evil.example' }), 401],
    ['a foreign port of this machine', () => ({ origin: 'http://127.0.0.1:1' }), 401],
    ['the origin null', () => ({ origin: 'null' }), 401],
    ['a foreign name that points here', () => ({ host: 'evil.example', origin: 'http://evil.example' }), 400],
  ])('from %s', async (_name, headers, expected) => {
    const seen = await askBySocket(world.router.url, headers());
    expect(seen).toEqual(expected);
  });
});

describe('a request to the router', () => {
  const statusFor = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(world.router.url);
      const sent = request(
        { host: hostname, port, path: '/graphql', method: 'POST', headers: { host, 'content-type': 'application/json' } },
        (response) => resolve(response.resume().statusCode),
      );
      sent.on('error', reject).end(JSON.stringify({ query }));
    });
  it('by a foreign name is refused', async () => {
    expect(await statusFor('evil.example')).toBe(400);
  });
  it('by a name of ALLOWED_HOSTS is answered', async () => {
    expect(await statusFor('tally.example')).toBe(200);
  });
});

describe('a subgraph', () => {
  it('refuses a socket of any page', async () => {
    const { voting } = world.urls;
    expect(await askBySocket(voting, { origin: new URL(voting).origin })).toBe(401);
  });
  it.each(['{ session(id: "s1") { id } }', 'mutation { createSession(title: "x") { id } }'])(
    'runs subscriptions only over its socket: %s',
    async (operation) => {
      expect(await askBySocket(world.urls.voting, {}, operation)).toBe('BAD_REQUEST');
    },
  );
  it('answers no page by HTTP', async () => {
    const response = await fetch(world.urls.jira, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ query: '{ issue(key: "T-1") { key } }' }),
    });
    expect(response.status).toBe(403);
  });
});
