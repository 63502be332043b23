import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptsEventStream, acceptsMultipart, codeIn, sendBySocket, sendRaw } from '../../router/test/raw.ts';
import { createPageManifest } from '../../scripts/finish-page.ts';
import { runMain } from './process.ts';
import { startWorld, type World } from './world.ts';

// A router that answers the page's operations and README's, and no others; at half the cost that is allowed by default.

const tourFile = fileURLToPath(new URL('../../router/persisted/tour.json', import.meta.url));
const page = createPageManifest();
let world: World;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tally-safelist-'));
  const pageFile = join(folder, 'operations.json');
  await writeFile(pageFile, JSON.stringify(page));
  world = await startWorld({
    PERSISTED_OPERATIONS: 'required',
    PERSISTED_OPERATIONS_FILES: `${pageFile},${tourFile}`,
    MAX_COST: '50000',
  });
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true });
});

describe('with PERSISTED_OPERATIONS=required', () => {
  it("README's tour plays", { timeout: 120_000 }, async () => {
    const tour = runMain('tour/tour.ts', { ROUTER_URL: world.url, SIMULATOR_URL: world.simulator.url });
    expect(await tour.exited, tour.output()).toBe(0);
    expect(tour.output()).toContain('"tour":"ok"');
  });

  it.each(page.operations)("the page's $name is answered, by its text and by its hash", async ({ id, body }) => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
    for (const request of [{ query: body }, { extensions }]) {
      const { code } = await sendRaw(world.url, request);
      // Without variables or a token most are refused by the graph itself: they have come that far.
      expect(['BAD_USER_INPUT', 'UNAUTHENTICATED', 'SUBSCRIPTION_TRANSPORT_REQUIRED', undefined]).toContain(code);
    }
  });

  it('every operation of README stands in the manifest', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const shown = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text]) => text);
    const { operations } = JSON.parse(await readFile(tourFile, 'utf8')) as typeof page;
    expect(shown.length).toBeGreaterThan(8);
    expect(operations.map(({ body }) => body)).toEqual(expect.arrayContaining(shown));
  });

  it.each(['{ decks { name } }', 'mutation { imHere { id } }', 'subscription { sessionUpdated(sessionId: "x") { id } }'])(
    'PERSISTED_QUERY_REQUIRED refuses %s on every transport, and it cannot be registered',
    async (query) => {
      const search = new URLSearchParams({ query });
      const got = (await (await fetch(`${world.url}?${search}`)).json()) as Parameters<typeof codeIn>[0];
      const sha256Hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(query))).toString('hex');
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      const codes = [
        (await sendRaw(world.url, { query })).code,
        (await sendRaw(world.url, { query, extensions })).code,
        codeIn(got),
        (await sendRaw(world.url, { query }, acceptsEventStream)).code,
        (await sendRaw(world.url, { query }, acceptsMultipart)).code,
        await sendBySocket(world.url, [{ id: '1', type: 'subscribe', payload: { query, extensions } }]),
      ];
      expect(codes).toEqual(codes.map(() => 'PERSISTED_QUERY_REQUIRED'));
      expect((await sendRaw(world.url, { extensions })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
    },
  );
});
