import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasReplicas, openRound, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

const castVote =
  'mutation ($roundId: ID!, $card: String!, $key: ID) { castVote(roundId: $roundId, card: $card, idempotencyKey: $key) { id state revision } }';

// What a test sees of the store is its own histogram: one observation for each call.
describe.for(storages)('calls of the store on $storage', ({ storage }) => {
  describe.skipIf(!hasReplicas)('through the graph:', () => {
    let world: VotingWorld;
    let replica: VotingWorld;
    let table: Table;
    beforeAll(async () => {
      world = await startVotingWorld({}, { storage });
      replica = await world.replicate();
      table = await setTable(world);
    });
    afterAll(async () => {
      await replica?.stop();
      await world?.stop();
    });

    const vote = (where: VotingWorld, roundId: string, card = '5', key: string = randomUUID()) =>
      where.get(castVote, { roundId, card, key }, table.estimator);

    /** The calls that `act` made, in no order. */
    async function callsOf(act: () => Promise<unknown>): Promise<readonly string[]> {
      const before = await countCalls(world);
      await act();
      const after = await countCalls(world);
      return [...after].flatMap(([method, count]) => Array<string>(count - (before.get(method) ?? 0)).fill(method));
    }

    it('a vote with an idempotency key is one call, and so is its retraction', async () => {
      const roundId = await openRound(world, table);
      // Signs of life are noted every ten seconds at most, in passing.
      await vote(world, roundId);
      expect(await callsOf(() => vote(world, roundId))).toEqual(['castVote']);
      const retract = 'mutation ($roundId: ID!, $key: ID) { retractVote(roundId: $roundId, idempotencyKey: $key) { id } }';
      expect(await callsOf(() => world.get(retract, { roundId, key: randomUUID() }, table.estimator))).toEqual(['retractVote']);
      await finish(roundId);
    });

    it('a command is one call', async () => {
      const rename = (title: string) =>
        world.get(
          'mutation ($title: String!, $key: ID) { updateSession(title: $title, idempotencyKey: $key) { title revision } }',
          { title, key: randomUUID() },
          table.facilitator,
        );
      await rename('One');
      expect(await callsOf(() => rename('Two'))).toEqual(['commit']);
    });

    it('a replica that knows an older state votes by the newest', async () => {
      const first = await openRound(world, table);
      const before = await vote(replica, first);
      expect(before.castVote.revision).toBe((await revisionOf(world)) ?? 0);
      await finish(first);
      // The replica remembers the first round as open, and does not know the second.
      const refused = await replica.ask(castVote, { roundId: first, card: '3', key: randomUUID() }, table.estimator);
      expect(refused.errors?.[0]?.extensions['code']).toBe('ROUND_NOT_OPEN');
      const second = await openRound(world, table);
      expect((await vote(replica, second, '8')).castVote).toMatchObject({ id: second, state: 'OPEN' });
      await finish(second);
    });

    it('a replica with an older state lets nobody vote who was removed, and answers a retry as the first time', async () => {
      const roundId = await openRound(world, table);
      const key = randomUUID();
      const first = await vote(replica, roundId, '5', key);
      await world.get('mutation ($roundId: ID!) { revealRound(roundId: $roundId) { id } }', { roundId }, table.facilitator);
      expect((await vote(replica, roundId, '5', key)).castVote).toMatchObject({ id: first.castVote.id, state: 'REVEALED' });
      const reused = await replica.ask(castVote, { roundId, card: '8', key }, table.estimator);
      expect(reused.errors?.[0]?.extensions['code']).toBe('REQUEST_ID_REUSED');
      await world.get('mutation ($id: ID!) { removeParticipant(participantId: $id) { id } }', { id: table.estimatorId }, table.facilitator);
      for (const card of ['5', '8']) {
        const gone = await replica.ask(castVote, { roundId, card, key: card === '5' ? key : randomUUID() }, table.estimator);
        expect(gone.errors?.[0]?.extensions['code']).toBe('NOT_A_PARTICIPANT');
      }
    });

    async function finish(roundId: string): Promise<void> {
      await world.get('mutation ($roundId: ID!) { abandonRound(roundId: $roundId) { id } }', { roundId }, table.facilitator);
    }

    async function revisionOf(where: VotingWorld): Promise<number | undefined> {
      return (await where.get('query ($id: ID!) { session(id: $id) { revision } }', { id: table.sessionId }, table.facilitator)).session
        ?.revision;
    }
  });
});

async function countCalls({ url }: VotingWorld): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const counts = [...text.matchAll(/^tally_voting_store_seconds_count\{method="(\w+)",outcome="ok"[^}]*\} (\d+)$/gm)];
  // The clocks look by themselves.
  const byClock = new Set([
    'claimWriteBacks',
    'countForgettable',
    'findDueReveals',
    'findOvertaken',
    'findRevisions',
    'findUnled',
    'findWaiting',
    'forgetRequests',
    'forgetSessions',
    'readOutbox',
    'touch',
  ]);
  return new Map(counts.flatMap(([, method = '', count]) => (byClock.has(method) ? [] : [[method, Number(count)] as const])));
}
