import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../../kit/process/logging.ts';
import { followByEventStream, followByWebSocket } from '../../test/clients.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';
import { createRateLimits } from './rate-limits.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.stop();
  world = undefined;
});

const eventually = (read: () => unknown) => expect.poll(read, { timeout: 10_000 });
const codeOf = (body: { errors?: Array<{ extensions: { code: string } }> }) => body.errors?.[0]?.extensions.code;
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

describe('rate limits', () => {
  it('RATE_LIMITED with Retry-After once an address has asked too often, on every transport', async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '3' });
    const { url } = world.router;
    for (let count = 0; count < 3; count += 1) expect((await world.post('{ session(id: "s1") { id } }')).status).toBe(200);
    const refused = await world.post('{ session(id: "s1") { id } }');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(codeOf(refused.body)).toBe('RATE_LIMITED');
    const query = 'subscription { voteResults(sessionId: "s1") { id } }';
    const streams = [followByWebSocket({ url, query }), followByEventStream({ url, query })];
    await eventually(() => streams.map(({ errors, payloads }) => JSON.stringify([errors, payloads]).includes('RATE_LIMITED'))).toEqual([
      true,
      true,
    ]);
    await Promise.all(streams.map((stream) => stream.stop()));
  });

  it('createSession has a stricter limit, also when asked for several times in one operation', async () => {
    world = await startWorld(start, { RATE_LIMIT_ENTRANCE: '4' });
    const three =
      'mutation { a: createSession(title: "a") { id } b: createSession(title: "b") { id } c: createSession(title: "c") { id } }';
    expect(codeOf((await world.post(three)).body)).toBeUndefined();
    expect(codeOf((await world.post(three)).body)).toBe('RATE_LIMITED');
    expect(codeOf((await world.post('{ session(id: "s1") { id } }')).body)).toBeUndefined();
  });

  it('so do all of those in fragments', async () => {
    world = await startWorld(start, { RATE_LIMIT_ENTRANCE: '4' });
    const two =
      'mutation { ...f } fragment f on Mutation { ... { a: createSession(title: "a") { id } } ...g } fragment g on Mutation { b: createSession(title: "b") { id } }';
    const codes = [codeOf((await world.post(two)).body), codeOf((await world.post(two)).body), codeOf((await world.post(two)).body)];
    expect(codes).toEqual([undefined, undefined, 'RATE_LIMITED']);
  });

  it('one session is joined from one address so often only, however its code is written into the document', async () => {
    world = await startWorld(start, { RATE_LIMIT_JOIN: '4' });
    const ask = async (query: string, variables: Record<string, unknown> = {}) => codeOf((await world?.post(query, variables))?.body);
    const byVariable = 'mutation ($code: String!) { joinSession(inviteCode: $code) { id } }';
    expect(await ask(byVariable, { code: 'bots' })).toBeUndefined();
    expect(await ask('mutation { joinSession(inviteCode: "bots") { id } }')).toBeUndefined();
    expect(
      await ask('mutation ($code: String! = "bots") { ...f } fragment f on Mutation { joinSession(inviteCode: $code) { id } }'),
    ).toBeUndefined();
    expect(await ask('mutation { a: joinSession(inviteCode: "bots") { id } b: joinSession(inviteCode: """bots""") { id } }')).toBe(
      'RATE_LIMITED',
    );
    expect(await ask(byVariable, { code: 'bots' })).toBe('RATE_LIMITED');
    expect(await ask(byVariable, { code: 'colleagues' })).toBeUndefined();
    expect(await ask('mutation { createSession(title: "a") { id } }')).toBeUndefined();
  });

  it('one token has a limit of its own, wherever it comes from', async () => {
    world = await startWorld(start, { RATE_LIMIT_IDENTITY: '2' });
    const one = { authorization: `Bearer ${await world.token()}` };
    const other = { authorization: `Bearer ${await world.token()}` };
    for (let count = 0; count < 2; count += 1) expect(codeOf((await world.post('{ me { id } }', {}, one)).body)).toBeUndefined();
    expect(codeOf((await world.post('{ me { id } }', {}, one)).body)).toBe('RATE_LIMITED');
    expect(codeOf((await world.post('{ me { id } }', {}, other)).body)).toBeUndefined();
  });

  it('X-Forwarded-For counts behind trusted proxies only', async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '1', TRUSTED_PROXIES: '1' });
    const ask = (forwarded: string) => world?.post('{ session(id: "s1") { id } }', {}, { 'x-forwarded-for': forwarded });
    expect((await ask('10.0.0.1'))?.status).toBe(200);
    expect((await ask('10.0.0.2'))?.status).toBe(200);
    // What the client itself put before the proxy's entry changes nothing.
    expect((await ask('1.2.3.4, 10.0.0.1'))?.status).toBe(429);
  });

  const redisUrl = (inject as (key: string) => unknown)('TEST_REDIS_URL');
  it.skipIf(typeof redisUrl !== 'string')('are shared by routers through Redis', async () => {
    const options = { perIp: 3, perIdentity: 100, perIpEntrances: 100, perIpPlace: 3, redisUrl: redisUrl as string };
    const log = createLogger('test', 'silent');
    const routers = await Promise.all([createRateLimits(options, log), createRateLimits(options, log)]);
    const asker = { ip: `test-${Date.now()}`, identity: undefined, isProven: false };
    for (const router of [...routers, ...routers].slice(0, 3)) await router.countOperations(asker, 1);
    await expect(routers[1]?.countOperations(asker, 1)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    for (const router of [...routers, ...routers].slice(0, 3)) await router.countEntrances(asker.ip, [{ to: 'one' }]);
    await expect(routers[1]?.countEntrances(asker.ip, [{ to: 'one' }])).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await routers[1]?.countEntrances(asker.ip, [{ to: 'another' }]);
    await Promise.all(routers.map((router) => router.stop()));
  });

  it('count what is refused for five: reading it costs time, and is of no use to anybody', async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '13' });
    const codes: unknown[] = [];
    for (const query of ['{', '{ nothing }', '{ me { id } } { me { id } }', '{']) codes.push(codeOf((await world.post(query)).body));
    expect(codes).toEqual(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'RATE_LIMITED']);
  });

  it('are counted by the router alone, which starts all the same, while Redis cannot be reached', async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '1', REDIS_URL: 'redis://127.0.0.1:1' });
    expect((await world.post('{ session(id: "s1") { id } }')).status).toBe(200);
    expect((await world.post('{ session(id: "s1") { id } }')).status).toBe(429);
  });
});

describe('PERSISTED_OPERATIONS=required', () => {
  const listed = 'query Listed { session(id: "s1") { id } }';
  const followed = 'subscription Followed { voteResults(sessionId: "s1") { id } }';

  it('answers what the manifests hold, by hash or by text, and nothing else, on every transport', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tally-manifest-'));
    const files = [listed, followed].map((body, index) => {
      const file = join(directory, `${index}.json`);
      writeFileSync(
        file,
        JSON.stringify({
          format: 'apollo-persisted-query-manifest',
          version: 1,
          operations: [{ id: hash(body), name: 'x', type: 'query', body }],
        }),
      );
      return file;
    });
    world = await startWorld(start, { PERSISTED_OPERATIONS: 'required', PERSISTED_OPERATIONS_FILES: files.join(',') });
    const { url } = world.router;
    const send = async (body: unknown) => {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      return codeOf((await response.json()) as Parameters<typeof codeOf>[0]);
    };
    const extensionsOf = (query: string) => ({ persistedQuery: { version: 1, sha256Hash: hash(query) } });
    expect(await send({ query: listed })).toBeUndefined();
    expect(await send({ extensions: extensionsOf(listed) })).toBeUndefined();
    const other = '{ session(id: "s1") { title } }';
    expect(await send({ query: other })).toBe('PERSISTED_QUERY_REQUIRED');
    expect(await send({ query: other, extensions: extensionsOf(other) })).toBe('PERSISTED_QUERY_REQUIRED');
    expect(await send({ extensions: extensionsOf(other) })).toBe('PERSISTED_QUERY_NOT_FOUND');

    const token = await world.token();
    const refused = followByWebSocket({ url, query: 'subscription Other { voteResults(sessionId: "s1") { id } }', token });
    const allowed = followByWebSocket({ url, query: followed, token });
    await eventually(() => JSON.stringify(refused.errors)).toContain('PERSISTED_QUERY_REQUIRED');
    await eventually(() => world?.votingState.active.get('voteResults')).toBe(1);
    await Promise.all([refused.stop(), allowed.stop()]);
  });
});

describe('production', () => {
  it('has neither introspection nor Sandbox unless asked', async () => {
    world = await startWorld(start, { NODE_ENV: 'production' });
    expect(codeOf((await world.post('{ __schema { queryType { name } } }')).body)).toBe('INTROSPECTION_DISABLED');
    const page = await fetch(world.router.url, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).not.toContain('text/html');
  });
});

describe('subgraph requests', () => {
  it('that are identical and under way at once are sent once, but never mutations or those of another asker', async () => {
    world = await startWorld(start);
    const calls = (name: string) => world?.votingState.calls.get(name) ?? 0;
    await Promise.all(Array.from({ length: 20 }, () => world?.post('{ slow(ms: 200) session(id: "s1") { id } }')));
    expect(calls('session')).toBeLessThan(5);
    const before = calls('addVote');
    await Promise.all(Array.from({ length: 5 }, () => world?.post('mutation { addVote(sessionId: "s1", issueKey: "T-1") { id } }')));
    expect(calls('addVote')).toBe(before + 5);
    const me = calls('me');
    const tokens = await Promise.all([world.token(), world.token()]);
    await Promise.all(tokens.map((token) => world?.post('{ me { id } slow(ms: 100) }', {}, { authorization: `Bearer ${token}` })));
    expect(calls('me')).toBe(me + 2);
  });

  it('to a subgraph that keeps failing are refused at once, and the breaker closes by itself', async () => {
    world = await startWorld(start);
    const ask = () => world?.post('{ issue(key: "T-1") { summary } }');
    await world.jira.stop();
    for (let count = 0; count < 6; count += 1) expect(codeOf((await ask())?.body)).toBe('SUBGRAPH_UNAVAILABLE');
    await world.jira.restart();
    const ready = await (await fetch(world.router.url.replace('/graphql', '/health/ready'))).json();
    expect(ready).toMatchObject({ status: 'degraded', checks: { jira: { reason: expect.stringContaining('breaker') } } });
    await eventually(async () => codeOf((await ask())?.body)).toBeUndefined();
  });
});

describe('CORS', () => {
  it('lets listed origins read, and no other', async () => {
    world = await startWorld(start, { CORS_ORIGINS: 'https://tally.example, https://studio.apollographql.com' });
    const preflight = (origin: string) =>
      fetch(world?.router.url ?? '', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    expect((await preflight('https://tally.example')).headers.get('access-control-allow-origin')).toBe('https://tally.example');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});
