import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GraphqlAnswer, hasReplicas, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

// The router asks for each follower whether they may follow, and says which revision is recent enough.
const question = 'query ($id: ID!) { me { __typename } session(id: $id) { revision } }';

describe.for(storages)('whether somebody may follow, on $storage', ({ storage }) => {
  describe.skipIf(!hasReplicas)('with two replicas', () => {
    let world: VotingWorld;
    let other: VotingWorld;
    let table: Table;
    beforeAll(async () => {
      world = await startVotingWorld({}, { storage });
      table = await setTable(world);
    });
    afterAll(async () => {
      await other?.stop();
      await world?.stop();
    });

    async function confirm(token: string, recentFrom?: number): Promise<GraphqlAnswer> {
      const response = await fetch(other.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          ...(recentFrom === undefined ? {} : { 'x-tally-revision': String(recentFrom) }),
        },
        body: JSON.stringify({ query: question, variables: { id: table.sessionId } }),
      });
      return (await response.json()) as GraphqlAnswer;
    }
    const codeOf = ({ errors }: GraphqlAnswer) => errors?.[0]?.extensions['code'];
    const revision = async () =>
      (await world.get('query ($id: ID!) { session(id: $id) { revision } }', { id: table.sessionId }, table.facilitator)).session.revision;

    it('is read once for two hundred who come to a new replica, some more when it is slow', async () => {
      other = await world.replicate();
      const since = await revision();
      const before = await countLoads(other);
      const ask = () => Promise.all(Array.from({ length: 100 }, () => confirm(table.estimator, since)));
      for (const { data } of [...(await ask()), ...(await ask())]) expect(data.session.revision).toBe(since);
      const loads = (await countLoads(other)) - before;
      expect(loads).toBeGreaterThan(0);
      expect(loads).toBeLessThanOrEqual(5);
    });

    it('is read for whoever names a later revision than is remembered, or none', async () => {
      const since = await revision();
      await confirm(table.estimator);
      await world.get('mutation { updateSession(title: "Another title") { revision } }', {}, table.facilitator);
      expect((await confirm(table.estimator, since + 1)).data.session.revision).toBe(since + 1);
      await world.get('mutation { updateSession(title: "A third title") { revision } }', {}, table.facilitator);
      expect((await confirm(table.estimator)).data.session.revision).toBe(since + 2);
    });

    it('is yes at once for whoever has joined elsewhere: nobody is refused by what is remembered', async () => {
      const since = await revision();
      await confirm(table.estimator, since);
      const join = 'mutation ($inviteCode: String!) { joinSession(inviteCode: $inviteCode, name: "New") { token } }';
      const { token } = (await world.get(join, { inviteCode: table.inviteCode })).joinSession;
      expect((await confirm(token, since)).data.session.revision).toBe(since + 1);
    });

    it('is no for whoever was removed elsewhere, once somebody has heard of it, and for whoever asks as of now', async () => {
      await confirm(table.estimator);
      await world.get('mutation ($id: ID!) { removeParticipant(participantId: $id) { id } }', { id: table.estimatorId }, table.facilitator);
      expect(codeOf(await confirm(table.estimator, await revision()))).toBe('NOT_A_PARTICIPANT');
      expect(codeOf(await confirm(table.estimator))).toBe('NOT_A_PARTICIPANT');
      expect(codeOf(await confirm(table.stranger, 0))).toBe('NOT_A_PARTICIPANT');
    });

    it('is SESSION_NOT_FOUND for a session that this replica has deleted a moment ago', async () => {
      await confirm(table.facilitator);
      await other.get('mutation { deleteSession }', {}, table.facilitator);
      expect(codeOf(await confirm(table.facilitator, 0))).toBe('SESSION_NOT_FOUND');
    });
  });
});

async function countLoads({ url }: VotingWorld): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  return Number(/^tally_voting_store_seconds_count\{method="load",outcome="ok"[^}]*\} (\d+)$/m.exec(text)?.[1] ?? 0);
}
