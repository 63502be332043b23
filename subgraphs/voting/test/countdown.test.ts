import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toKeyedRequest } from '../src/graphql/run-mutation.ts';
import { hasReplicas, openRound, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

describe.each(storages)('a countdown on $storage', ({ storage }) => {
  let world: VotingWorld;
  let table: Table;
  const cast = async (roundId: string, card: string, token: string, idempotencyKey?: string) => {
    const vote =
      'mutation ($roundId: ID!, $card: String!, $idempotencyKey: ID) { castVote(roundId: $roundId, card: $card, idempotencyKey: $idempotencyKey) { state votedCount revealsAt } }';
    return (await world.get(vote, { roundId, card, idempotencyKey }, token)).castVote;
  };
  const cancel = (id: string) => world.get('mutation ($id: ID!) { cancelReveal(roundId: $id) { id } }', { id }, table.facilitator);
  const readRound = async () => {
    const query = 'query ($sessionId: ID!) { session(id: $sessionId) { currentRound { state revealsAt } } }';
    return (await world.get(query, table, table.facilitator)).session.currentRound;
  };
  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  it('does not count down any more when the facilitator switches that off', async () => {
    table = await setTable(world, { settings: { autoRevealSeconds: 600 } });
    const roundId = await openRound(world, table);
    await cast(roundId, '3', table.facilitator);
    expect((await cast(roundId, '3', table.estimator)).revealsAt).not.toBeNull();
    const { updateSession } = await world.get(
      'mutation { updateSession(settings: { autoRevealSeconds: null }) { currentRound { state revealsAt } } }',
      {},
      table.facilitator,
    );
    expect(updateSession.currentRound).toEqual({ state: 'OPEN', revealsAt: null });
  });

  it('does not count down again after a facilitator stopped it, until somebody votes', async () => {
    table = await setTable(world, { settings: { autoRevealSeconds: 600, lateJoin: 'NOW' } });
    const roundId = await openRound(world, table);
    await cast(roundId, '3', table.facilitator);
    const idempotencyKey = randomUUID();
    await cast(roundId, '3', table.estimator, idempotencyKey);
    await cancel(roundId);
    await world.get('mutation { updateMe(name: "Samuel") { id } }', {}, table.spectator);
    await world.get('mutation { updateSession(title: "Sprint 13") { id } }', {}, table.facilitator);
    const join = 'mutation ($inviteCode: String!) { joinSession(inviteCode: $inviteCode, name: "Lou", role: SPECTATOR) { token } }';
    await world.get(join, table);
    expect(await readRound()).toEqual({ state: 'OPEN', revealsAt: null });
    expect((await cast(roundId, '5', table.estimator)).revealsAt).not.toBeNull();
    await cancel(roundId);
    expect((await cast(roundId, '3', table.estimator, idempotencyKey)).revealsAt).toBeNull();
  });

  it.skipIf(!hasReplicas)('counts down when the last vote is sent again that a replica took and died of', async () => {
    table = await setTable(world, { settings: { autoRevealSeconds: 600 } });
    const roundId = await openRound(world, table);
    await cast(roundId, '3', table.facilitator);
    const idempotencyKey = randomUUID();
    const vote = { roundId, participantId: table.estimatorId, track: 'estimate', card: '5', note: null };
    const request = toKeyedRequest(
      { fieldName: 'castVote' },
      table.estimatorId,
      { roundId, card: '5', idempotencyKey } as object,
      new Date(),
    );
    const replica = await world.openStore();
    try {
      expect(await replica.castVote({ sessionId: table.sessionId, vote, at: new Date(), request })).toMatchObject({ kind: 'committed' });
    } finally {
      await replica.close();
    }
    expect(await cast(roundId, '5', table.estimator, idempotencyKey)).toEqual({
      state: 'OPEN',
      votedCount: 2,
      revealsAt: expect.any(String),
    });
  });
});
