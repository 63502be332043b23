import { createClient } from '@redis/client';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../../kit/process/logging.ts';
import { codeIn, sendBySocket } from '../../test/raw.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';
import { createRegisteredDocuments, hashOf, type RegisteredDocuments } from './registered.ts';

const open: Array<RegisteredDocuments | World> = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()));
});
const log = createLogger('test', 'silent');
const openDocuments = (redisUrl: string | undefined): RegisteredDocuments => {
  const documents = createRegisteredDocuments({ redisUrl, tls: undefined, log });
  open.push(documents);
  return documents;
};
const openWorld = async (environment: Record<string, string> = {}): Promise<World> => {
  const world = await startWorld(start, environment);
  open.push(world);
  return world;
};
const post = async (world: World, body: unknown) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(world.router.url, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as Parameters<typeof codeIn>[0] & { data?: unknown };
};
const extensionsOf = (query: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(query) } });

describe('without Redis', () => {
  it('a document is known to the router that was told of it', async () => {
    const documents = openDocuments(undefined);
    documents.keep(hashOf('{ a }'), '{ a }');
    expect(await documents.find(hashOf('{ a }'))).toBe('{ a }');
    expect(await documents.find(hashOf('{ b }'))).toBeUndefined();
  });

  it('memory is bounded: what was used longest ago is forgotten', async () => {
    const documents = openDocuments(undefined);
    const texts = Array.from({ length: 200 }, (_, index) => `${index}`.padEnd(64 * 1024));
    for (const text of texts) documents.keep(hashOf(text), text);
    expect(await documents.find(hashOf(texts[0] ?? ''))).toBeUndefined();
    expect(await documents.find(hashOf(texts[199] ?? ''))).toBe(texts[199]);
  });

  it('a document that outweighs a hundredth of the memory drives nobody out', async () => {
    const documents = openDocuments(undefined);
    documents.keep(hashOf('small'), 'small');
    const large = Array.from({ length: 9 }, (_, index) => `${index}`.padEnd(1024 * 1024));
    for (const text of large) documents.keep(hashOf(text), text);
    expect(await documents.find(hashOf('small'))).toBe('small');
    expect(await documents.find(hashOf(large[8] ?? ''))).toBeUndefined();
  });

  it('only what turned out valid is registered', async () => {
    const world = await openWorld();
    const invalid = '{ nothing }';
    expect(codeIn(await post(world, { query: invalid, extensions: extensionsOf(invalid) }))).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(codeIn(await post(world, { extensions: extensionsOf(invalid) }))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});

const redisUrl = inject('TEST_REDIS_URL');
describe.skipIf(redisUrl === undefined)('with Redis', () => {
  it('what one router was told all of them know, on each transport', async () => {
    const [one, other] = await Promise.all([openWorld({ REDIS_URL: redisUrl ?? '' }), openWorld({ REDIS_URL: redisUrl ?? '' })]);
    const query = `{ session(id: "${crypto.randomUUID()}") { id } }`;
    expect(codeIn(await post(other, { extensions: extensionsOf(query) }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(codeIn(await post(one, { query, extensions: extensionsOf(query) }))).toBeUndefined();
    await expect.poll(async () => codeIn(await post(other, { extensions: extensionsOf(query) }))).toBeUndefined();
    const third = await openWorld({ REDIS_URL: redisUrl ?? '' });
    const payload = { query: '', extensions: extensionsOf(query) };
    expect(await sendBySocket(third.router.url, [{ id: '1', type: 'subscribe', payload }])).toHaveProperty('data.session.id');
  });

  it('a text that is not the one of its hash is not believed', async () => {
    const redis = createClient({ url: redisUrl ?? '' });
    await redis.connect();
    const documents = openDocuments(redisUrl);
    const text = `{ ${crypto.randomUUID()} }`;
    documents.keep(hashOf(text), text);
    const findKey = async () => (await redis.keys(`tally:apq*${hashOf(text)}`))[0];
    await expect.poll(findKey).toBeDefined();
    const key = (await findKey()) ?? '';
    await redis.set(key, ((await redis.get(key)) ?? '').replace(text, '{ evil }'));
    expect(await openDocuments(redisUrl).find(hashOf(text))).toBeUndefined();
    await redis.del(key);
    redis.destroy();
  });
});

it('while Redis is away each router goes by its own memory, at once', async () => {
  const documents = openDocuments('redis://127.0.0.1:1');
  documents.keep(hashOf('{ a }'), '{ a }');
  expect(await documents.find(hashOf('{ a }'))).toBe('{ a }');
  const startedAt = performance.now();
  expect(await documents.find(hashOf('{ b }'))).toBeUndefined();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
