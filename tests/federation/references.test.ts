import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, send } from './client.ts';
import { openSession, type PlayedSession, revealRound, settleRound, startRound, vote } from './session.ts';
import { startWorld, type World } from './world.ts';

const query = `query ($itemId: ID!) { references(itemId: $itemId) { isWithJira
  sizes { label references { key title value source sharedWords sharedComponents sharedLabels isSameEpic score } }
  similar { key title url label source score } } }`;

let world: World;
let session: PlayedSession;
let itemIds: readonly string[];
beforeAll(async () => {
  world = await startWorld();
  session = await openSession(world.url, { keys: ['SHOP-20', 'SHOP-21'] });
  const read = await ask(world.url, 'query ($id: ID!) { session(id: $id) { items { id } } }', { id: session.id }, session.robin);
  itemIds = read.session.items.map(({ id }: { id: string }) => id);
});
afterAll(() => world?.stop());

const look = async (token: string, index = 0) => (await ask(world.url, query, { itemId: itemIds[index] }, token)).references;

describe('what may be compared with an issue', () => {
  it('is hidden before the round, in it until one’s own vote, and from whoever only watches until the reveal', async () => {
    expect(await look(session.ada)).toBeNull();
    const { id } = await startRound(world.url, session);
    await vote(world.url, session.grace, id, '5');
    expect(await look(session.ada)).toBeNull();
    expect(await look(session.robin)).toBeNull();
    expect(await look(session.grace)).not.toBeNull();
    await ask(world.url, revealRound, { roundId: id }, session.robin);
    expect(await look(session.robin)).toEqual(await look(session.grace));
    await ask(world.url, settleRound, { roundId: id, estimate: 5 }, session.robin);
  });

  it('is done issues of the same project with Jira’s estimates, each with its reason, and what this session settled', async () => {
    const { id } = await startRound(world.url, session);
    await vote(world.url, session.ada, id, '8');
    const { isWithJira, sizes, similar } = await look(session.ada, 1);
    expect(isWithJira).toBe(true);
    const all = sizes.flatMap(({ references }: { references: object[] }) => references);
    expect(all.length).toBeGreaterThan(3);
    for (const { references } of sizes) expect(references.length).toBeLessThanOrEqual(3);
    const ofJira = all.filter(({ source }: { source: string }) => source === 'JIRA');
    expect(ofJira.length).toBeGreaterThan(0);
    for (const { key, value } of ofJira) {
      expect(key).toMatch(/^SHOP-/);
      const { issue } = await ask(world.url, 'query ($key: ID!) { issue(key: $key) { storyPoints status { category } } }', { key });
      expect(issue).toEqual({ storyPoints: value, status: { category: 'DONE' } });
    }
    for (const { score } of similar) expect(score).toBeGreaterThan(0);
    const fives = sizes.find(({ label }: { label: string }) => label === '5');
    expect(JSON.stringify([fives, similar])).not.toContain('SHOP-21"');
  });

  it('is nothing of a stranger, and of an item that there is not', async () => {
    const other = await openSession(world.url);
    const code = async (itemId: string | undefined, token: string) =>
      (await send(world.url, query, { itemId }, token)).errors[0]?.extensions?.code;
    expect(await code(itemIds[0], other.ada)).toBe('ITEM_NOT_FOUND');
    expect(await code('nope', session.ada)).toBe('ITEM_NOT_FOUND');
  });
});
