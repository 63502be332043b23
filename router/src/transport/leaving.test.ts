import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { acceptsEventStream, acceptsMultipart } from '../../test/raw.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

const query = 'subscription { voteResults(sessionId: "s1") { id } }';
let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld(start, { MAX_CONNECTIONS: '10', MAX_OPERATIONS_PER_CONNECTION: '10' });
  token = await world.token();
});
afterAll(() => world.stop());

/** Subscribes, and is gone after a while. */
async function leaveHttp(accept: Readonly<Record<string, string>>, afterMs: number): Promise<void> {
  const abort = new AbortController();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...accept };
  const asked = fetch(world.router.url, { method: 'POST', signal: abort.signal, headers, body: JSON.stringify({ query }) });
  await sleep(afterMs);
  abort.abort();
  await asked.catch(() => {});
}

async function leaveSocket(_accept: unknown, afterMs: number): Promise<void> {
  const socket = new WebSocket(world.router.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
  socket.on('error', () => {});
  socket.on('message', () => socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } })));
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
  await new Promise((resolve) => socket.once('message', resolve));
  await sleep(afterMs);
  socket.terminate();
}

it.each([
  ['server-sent events', leaveHttp, acceptsEventStream],
  ['multipart', leaveHttp, acceptsMultipart],
  ['graphql-ws', leaveSocket, {}],
])('a client of %s that is gone before its subscription stands leaves nothing behind', async (_name, leave, accept) => {
  for (let afterMs = 0; afterMs < 15; afterMs += 1) await Promise.all([leave(accept, afterMs), leave(accept, afterMs / 2)]);
  await expect.poll(() => world.votingState.active.get('voteResults') ?? 0, { timeout: 5_000 }).toBe(0);
  await expect.poll(() => world.votingState.active.get('sessionEvents') ?? 0, { timeout: 5_000 }).toBe(0);
});

it('nor does it keep a place among the connections', async () => {
  const held = Array.from({ length: 10 }, () => new AbortController());
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...acceptsEventStream };
  const ask = (signal?: AbortSignal) =>
    fetch(world.router.url, { method: 'POST', headers, body: JSON.stringify({ query }), ...(signal === undefined ? {} : { signal }) });
  const statuses = await Promise.all(held.map(async ({ signal }) => (await ask(signal)).headers.get('content-type')));
  expect(statuses).toEqual(statuses.map(() => 'text/event-stream; charset=utf-8'));
  expect(await (await ask()).text()).toContain('TOO_MANY_CONNECTIONS');
  for (const { abort } of held.map((one) => ({ abort: () => one.abort() }))) abort();
});

describe('over one socket', () => {
  /** A socket that stands, and what it has been told. */
  // Compressed, letters that repeat are too few bytes for anybody to be slow.
  async function connect() {
    const socket = new WebSocket(world.router.url.replace(/^http/, 'ws'), 'graphql-transport-ws', { perMessageDeflate: false });
    socket.on('error', () => {});
    const told: Array<{ id?: string; type: string }> = [];
    socket.on('message', (data) => told.push(JSON.parse(String(data))));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    await new Promise((resolve) => socket.once('message', resolve));
    return { socket, told };
  }
  const subscribers = async () => {
    const text = await (await fetch(world.router.url.replace('/graphql', '/metrics'))).text();
    return Number(/^tally_router_subscribers (.*)$/m.exec(text)?.[1]);
  };

  it('subscriptions that take an id again before the one before them stands end with the socket, all of them', async () => {
    const { socket } = await connect();
    const before = await subscribers();
    for (let count = 0; count < 5; count += 1) {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
      if (count < 4) socket.send(JSON.stringify({ id: '1', type: 'complete' }));
    }
    await expect.poll(subscribers, { timeout: 5_000 }).toBe(before + 5);
    socket.terminate();
    await expect.poll(subscribers, { timeout: 5_000 }).toBe(before);
    await expect.poll(() => world.votingState.active.get('voteResults') ?? 0, { timeout: 5_000 }).toBe(0);
  });

  it('nor can more run than are allowed by taking one id again and again', async () => {
    const { socket } = await connect();
    const before = await subscribers();
    for (let count = 0; count < 20; count += 1) {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
      if (count < 19) socket.send(JSON.stringify({ id: '1', type: 'complete' }));
    }
    await expect.poll(subscribers, { timeout: 5_000 }).toBeGreaterThanOrEqual(before + 10);
    const { told, socket: other } = await connect();
    other.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ me { id } }' } }));
    await expect.poll(() => told.map(({ type }) => type)).toContain('complete');
    expect(await subscribers()).toBe(before + 10);
    for (const each of [socket, other]) each.terminate();
    await expect.poll(subscribers, { timeout: 5_000 }).toBe(before);
  });

  it('a client that makes the router answer and reads nothing is cut off', { timeout: 20_000 }, async () => {
    const { socket } = await connect();
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.pause();
    const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(900_000) } });
    for (let count = 0; count < 100; count += 1) socket.send(ping, () => {});
    await gone;
  });
});
