import { afterAll, beforeAll, expect, it } from 'vitest';
import { changesQuery } from './changes.ts';
import { type GraphqlAnswer, setTable, startVotingWorld, type Table, type VotingWorld } from './world.ts';

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
  return world.ask(`mutation { addTopics(sessionId: "${table.sessionId}", topics: ${topics}) { added { id } } }`, {}, table.facilitator);
};
const codeOf = ({ errors }: GraphqlAnswer) => errors?.[0]?.extensions['code'];

it('what shows twelve items of a queue reads as much of five thousand items as of twelve', async () => {
  await addTopics(9);
  const small = await read(12);
  expect(small).toMatchObject({ queue: { hasNextPage: false }, progress: { itemCount: 12 } });
  expect(codeOf(await addTopics(1_001))).toBe('TOO_MANY_ITEMS');
  for (const count of [988, 1_000, 1_000, 1_000, 1_000]) expect((await addTopics(count)).data.addTopics.added).toHaveLength(count);
  const large = await read(12);
  expect(large.queue.nodes).toEqual(small.queue.nodes);
  expect(large).toMatchObject({ queue: { hasNextPage: true }, progress: { itemCount: 5_000, next: { id: table.itemIds[0] } } });
  expect(JSON.stringify(large).length - JSON.stringify(small).length).toBeLessThanOrEqual(4);
});

it('it holds 5000: one more is refused with TOO_MANY_ITEMS, and so is a whole new order', async () => {
  expect(codeOf(await addTopics(1))).toBe('TOO_MANY_ITEMS');
  const itemIds = (await read(5_000)).queue.nodes.map(({ id }: { id: string }) => id);
  const reorder = 'mutation ($sessionId: ID!, $itemIds: [ID!]!) { reorderItems(sessionId: $sessionId, itemIds: $itemIds) { id } }';
  expect(codeOf(await world.ask(reorder, { ...table, itemIds }, table.facilitator))).toBe('TOO_MANY_ITEMS');
});

it('a vote on its last item is 600 bytes of a change at most, and is revealed', async () => {
  const itemId = (await read(5_000)).queue.nodes.at(-1).id;
  const { startRound } = await world.get(
    'mutation ($sessionId: ID!, $itemId: ID!) { startRound(sessionId: $sessionId, itemId: $itemId) { id session: revision } }',
    { ...table, itemId },
    table.facilitator,
  );
  const stream = world.subscribe(changesQuery, { sessionId: table.sessionId, after: startRound.session }, table.spectator);
  await stream.next();
  await world.get('mutation ($id: ID!) { castVote(roundId: $id, card: "5") { id } }', startRound, table.estimator);
  const { value } = await stream.next();
  await stream.return?.();
  expect(value.data.sessionChanges.changes).toMatchObject([{ __typename: 'VoteChanged', hasVoted: true }]);
  expect(Buffer.byteLength(JSON.stringify(value))).toBeLessThanOrEqual(600);
  const reveal = 'mutation ($id: ID!) { revealRound(roundId: $id) { state votes { card { label } } } }';
  const { revealRound } = await world.get(reveal, startRound, table.facilitator);
  expect(revealRound).toEqual({ state: 'REVEALED', votes: [{ card: { label: '5' } }] });
});

it('sessionUpdated sends some 100 bytes an item, whatever changed: for small sessions, as its description says', async () => {
  const stream = world.subscribe(
    'subscription ($sessionId: ID!) { sessionUpdated(sessionId: $sessionId) { items { id position state topic estimates { label } } } }',
    table,
    table.spectator,
  );
  const { value } = await stream.next();
  await stream.return?.();
  const bytesPerItem = Buffer.byteLength(JSON.stringify(value)) / 5_000;
  expect(bytesPerItem).toBeGreaterThan(80);
  expect(bytesPerItem).toBeLessThan(130);
});

it('part by part it is the whole queue, and a part of 0 or 5001 items is refused with INVALID_INPUT', async () => {
  const { session } = await world.get('query ($sessionId: ID!) { session(id: $sessionId) { items { id } } }', table, table.spectator);
  const ids: string[] = [];
  let { queue } = await read(999);
  for (;;) {
    ids.push(...queue.nodes.map(({ id }: { id: string }) => id));
    if (!queue.hasNextPage) break;
    ({ queue } = await read(999, queue.endCursor));
  }
  expect(ids).toEqual(session.items.map(({ id }: { id: string }) => id));
  for (const first of [0, 5_001]) expect(codeOf(await world.ask(firstPart, { ...table, first }, table.spectator))).toBe('INVALID_INPUT');
});
