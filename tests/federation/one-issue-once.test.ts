import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './client.ts';
import { addIssues, openSession, type PlayedSession } from './session.ts';
import { availableStorages, startWorld, type World } from './world.ts';

describe.each(availableStorages)('one issue once, on %s:', (storage) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({}, storage);
    // The simulator has SHOP-11, which was OLD-1 before.
    await move('SHOP-40', 'APP-940');
  });
  afterAll(() => world?.stop());

  const move = (key: string, movedTo: string) =>
    fetch(`${world.simulator.url}/__simulator/issues/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ movedTo }),
    });

  /** As the page does with what is pasted or dropped: parse, then add the keys that were found. */
  const paste = async (session: PlayedSession, text: string) => {
    const query = 'query ($text: String!) { parseIssues(text: $text) { keys } }';
    const { keys } = (await ask(world.url, query, { text }, session.robin)).parseIssues;
    return addIssues(world.url, session, { keys });
  };

  const queueOf = async (session: PlayedSession): Promise<readonly string[]> => {
    const query = 'query ($id: ID!) { session(id: $id) { items { issue { key } } } }';
    const { items } = (await ask(world.url, query, { id: session.id }, session.robin)).session;
    return items.map(({ issue }: { readonly issue: { readonly key: string } }) => issue.key);
  };

  const ways = (world: () => World) =>
    ({
      keys: (session, key) => addIssues(world().url, session, { keys: [key] }),
      JQL: (session, key) => addIssues(world().url, session, { jql: `key = ${key}` }),
      'a CSV export': (session, key) => paste(session, `Summary,Issue key,Linked\r\n"a, b",${key},SHOP-90\r\n`),
      links: (session, key) => paste(session, `https://jira.example.com/browse/${key}?filter=1`),
      'a list of keys': (session, key) => paste(session, `${key}, ${key.toLowerCase()}`),
    }) satisfies Record<string, (session: PlayedSession, key: string) => Promise<{ added: unknown[]; duplicates: string[] }>>;
  const names = Object.keys(ways(() => world)) as (keyof ReturnType<typeof ways>)[];
  const add = (way: (typeof names)[number], session: PlayedSession, key: string) => ways(() => world)[way](session, key);

  it.each(names)('by its key and by the one it had before it moved, by %s', async (way) => {
    const session = await openSession(world.url);
    expect((await add(way, session, 'SHOP-11')).added).toHaveLength(1);
    for (const again of names) {
      for (const key of ['SHOP-11', 'OLD-1']) expect(await add(again, session, key)).toMatchObject({ added: [] });
    }
    expect(await queueOf(session)).toEqual(['SHOP-11']);
  });

  it.each(names)('by the former key first, by %s, and then by every way under both', async (way) => {
    const session = await openSession(world.url);
    expect((await add(way, session, 'SHOP-40')).added).toHaveLength(1);
    for (const again of names) {
      for (const key of ['SHOP-40', 'APP-940']) expect(await add(again, session, key)).toMatchObject({ added: [] });
    }
    expect(await queueOf(session)).toHaveLength(1);
  });

  it('that moves while it is in the queue, by every way and under all of its keys', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-41', 'SHOP-42'] });
    await move('SHOP-41', 'APP-941');
    for (const way of names) {
      for (const key of ['APP-941', 'SHOP-41']) expect(await add(way, session, key)).toMatchObject({ added: [] });
    }
    await move('APP-941', 'OPS-941');
    for (const way of names) expect(await add(way, session, 'OPS-941')).toMatchObject({ added: [] });
    expect(await queueOf(session)).toEqual(['SHOP-41', 'SHOP-42']);
    const preview =
      'query ($id: ID!, $keys: [ID!]) { previewIssues(sessionId: $id, keys: $keys) { candidates { isDuplicate issue { id } } } }';
    const asked = { id: session.id, keys: ['OPS-941', 'SHOP-42', 'SHOP-43'] };
    const { candidates } = (await ask(world.url, preview, asked, session.robin)).previewIssues;
    expect(candidates.map(({ isDuplicate }: { readonly isDuplicate: boolean }) => isDuplicate)).toEqual([true, true, false]);
  });

  it('both keys in one go are one issue', async () => {
    const session = await openSession(world.url);
    expect(await addIssues(world.url, session, { keys: ['OLD-1', 'SHOP-11', 'SHOP-12'] })).toMatchObject({
      added: [{ issue: { key: 'OLD-1' } }, { issue: { key: 'SHOP-12' } }],
      duplicates: ['SHOP-11'],
    });
  });
});
