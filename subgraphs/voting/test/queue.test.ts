import { afterAll, beforeAll, expect, it } from 'vitest';
import { setTable, startVotingWorld, type Table, type VotingWorld } from './world.ts';

let world: VotingWorld;
let table: Table;
beforeAll(async () => {
  world = await startVotingWorld();
  table = await setTable(world);
});
afterAll(() => world?.stop());

const item = '{ id position state topic decision }';
const firstPart = `query ($sessionId: ID!, $first: Int!, $after: Int) { session(id: $sessionId) {
  queue(first: $first, after: $after) { nodes ${item} hasNextPage endCursor } progress { itemCount estimatedCount next ${item} } } }`;
const read = async (first: number, after?: number | null) =>
  (await world.get(firstPart, { ...table, first, after }, table.spectator)).session;
const addTopics = (count: number) => {
  const topics = JSON.stringify(Array.from({ length: count }, (_, index) => `Topic ${index}`));
  return world.get(`mutation { addTopics(sessionId: "${table.sessionId}", topics: ${topics}) { added { id } } }`, {}, table.facilitator);
};

it('what shows twelve items of a queue reads as much of a thousand items as of twelve', async () => {
  await addTopics(9);
  const small = await read(12);
  expect(small).toMatchObject({ queue: { hasNextPage: false }, progress: { itemCount: 12 } });
  await addTopics(988);
  const large = await read(12);
  expect(large.queue.nodes).toEqual(small.queue.nodes);
  expect(large).toMatchObject({ queue: { hasNextPage: true }, progress: { itemCount: 1_000, next: { id: table.itemIds[0] } } });
  expect(JSON.stringify(large).length - JSON.stringify(small).length).toBeLessThanOrEqual(4);
});

it('part by part it is the whole queue, and a part of 0 or 1001 items is refused with INVALID_INPUT', async () => {
  const { session } = await world.get('query ($sessionId: ID!) { session(id: $sessionId) { items { id } } }', table, table.spectator);
  const ids: string[] = [];
  let { queue } = await read(300);
  for (;;) {
    ids.push(...queue.nodes.map(({ id }: { id: string }) => id));
    if (!queue.hasNextPage) break;
    ({ queue } = await read(300, queue.endCursor));
  }
  expect(ids).toEqual(session.items.map(({ id }: { id: string }) => id));
  for (const first of [0, 1_001]) {
    const { errors } = await world.ask(firstPart, { ...table, first }, table.spectator);
    expect(errors?.[0]?.extensions['code']).toBe('INVALID_INPUT');
  }
});
