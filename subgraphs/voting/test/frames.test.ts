import { InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SessionChangesDocument } from '../../../web/src/generated/graph.ts';
import { createIds, toFollowed } from '../../../web/src/graph/followed.ts';
import { type GraphqlAnswer, openRound, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

// The bytes that the page gets: the frames of graphql-ws with its own query and its own ids.
describe.each(storages)('the frames of the page on $storage', ({ storage }) => {
  let world: VotingWorld;
  let table: Table;
  const query = toFollowed(new InMemoryCache(), SessionChangesDocument);
  const nextId = createIds();
  const frameOf = (payload: unknown) => JSON.stringify({ id: nextId(), type: 'next', payload });
  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
    table = await setTable(world);
    // As after a day.
    for (let count = 0; count < 1_000; count += 1) nextId();
  });
  afterAll(() => world?.stop());

  const act = (mutation: string, token = table.facilitator) => world.get(`mutation { ${mutation} { __typename } }`, {}, token);

  async function follow(): Promise<() => Promise<GraphqlAnswer['data']>> {
    const { session } = await world.get('query ($sessionId: ID!) { session(id: $sessionId) { revision } }', table, table.facilitator);
    const stream = world.subscribe(query, { sessionId: table.sessionId, after: session.revision }, table.spectator);
    return async () => (await stream.next()).value;
  }

  it('a sign of life is 200 bytes at most', async () => {
    const next = await follow();
    const { data } = await next();
    const { changes } = data.sessionChanges;
    expect(changes.length).toBeGreaterThan(1);
    for (const change of changes) {
      expect(change).toMatchObject({ __typename: 'PresenceChanged' });
      const frame = frameOf({ data: { sessionChanges: { ...data.sessionChanges, changes: [change] } } });
      expect(frame.length).toBeLessThanOrEqual(200);
    }
  });

  it('a vote is 300 bytes at most, a reveal four kilobytes and its votes', async () => {
    const roundId = await openRound(world, table);
    const next = await follow();
    await next();
    await act(`castVote(roundId: "${roundId}", card: "5")`, table.estimator);
    expect(frameOf(await next()).length).toBeLessThanOrEqual(300);
    await act(`castVote(roundId: "${roundId}", card: "8")`);
    await next();
    await act(`revealRound(roundId: "${roundId}")`);
    const revealed = await next();
    const votes = revealed.data.sessionChanges.changes.flatMap((change: { round?: { votes: unknown[] } }) => change.round?.votes ?? []);
    expect(votes).toHaveLength(2);
    expect(frameOf(revealed).length - JSON.stringify(votes).length).toBeLessThanOrEqual(4_096);
  });
});
