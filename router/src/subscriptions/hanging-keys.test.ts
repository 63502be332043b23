import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followByEventStream, followByMultipart, followByWebSocket } from '../../test/clients.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// The address of the keys that prove tokens takes connections and says nothing, as a stopped process does.

let keys: Server;
const open = new Set<Socket>();
let world: World;
beforeAll(async () => {
  keys = createServer((socket) => open.add(socket));
  keys.listen(0, '127.0.0.1');
  await once(keys, 'listening');
  world = await startWorld(start, { JWKS_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/.well-known/jwks.json` });
});
afterAll(async () => {
  await world?.stop();
  for (const socket of open) socket.destroy();
  keys.close();
});

/** The keys are waited for 1.5 s; the rest is the machine's. */
const deadlineMs = 5_000;

describe('while the keys hang', () => {
  it('queries and mutations are answered: subgraphs judge the token for themselves', async () => {
    const startedAt = performance.now();
    const authorization = { authorization: `Bearer ${await world.token()}` };
    const { status, body } = await world.post('{ me { __typename } }', {}, authorization);
    expect([status, body]).toEqual([200, { data: { me: { __typename: 'Participant' } } }]);
    expect(performance.now() - startedAt).toBeLessThan(deadlineMs);
  });

  it.each([
    ['graphql-ws', followByWebSocket],
    ['server-sent events', followByEventStream],
    ['multipart', followByMultipart],
  ])('a stream is refused with the reason: %s', async (_name, follow) => {
    const startedAt = performance.now();
    const token = await world.token();
    const following = follow({ url: world.router.url, query: 'subscription { sessionUpdated(sessionId: "s1") { id } }', token });
    await expect.poll(following.isDone, { timeout: deadlineMs }).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(deadlineMs);
    if (follow === followByWebSocket) expect(following.closeCodes).toEqual([4403]);
    else expect(JSON.stringify([following.errors, following.payloads])).toContain('SUBGRAPH_UNAVAILABLE');
  });

  it('many askers wait for one question, not one after the other', async () => {
    const startedAt = performance.now();
    const query = 'subscription { sessionUpdated(sessionId: "s1") { id } }';
    const all = await Promise.all(
      Array.from({ length: 20 }, async () => followByEventStream({ url: world.router.url, query, token: await world.token() })),
    );
    await expect.poll(() => all.every(({ isDone }) => isDone()), { timeout: deadlineMs }).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(deadlineMs);
  });

  it('a picture is refused in time', async () => {
    const startedAt = performance.now();
    const address = new URL('/attachments/T-1/1', world.router.url);
    const { status } = await fetch(address, { headers: { authorization: `Bearer ${await world.token()}` } });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(performance.now() - startedAt).toBeLessThan(deadlineMs);
  });
});
