import { register } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Provider, startProvider } from '../../../tests/setup/identity-provider.ts';
import { newId, open, queue, settle } from '../src/store/testing/play.ts';
import type { VotingStore } from '../src/store/voting-store.ts';
import { hasReplicas, startVotingWorld, type VotingWorld } from './world.ts';

const create = 'mutation ($title: String!) { createSession(title: $title, name: "A") { token session { id } } }';
const list = 'query ($first: Int!, $after: String) { mySessions(first: $first, after: $after) { nodes { title } hasNextPage endCursor } }';
const history =
  'query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Issue { key estimates { sessionTitle track value settledAt } } } }';

interface MetricSample {
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, unknown>>;
}

interface Opened {
  readonly id: string;
  readonly token: string;
}

describe('with an identity provider', () => {
  let world: VotingWorld;
  let store: VotingStore;
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider();
    world = await startVotingWorld({ AUTH: 'oidc', OIDC_ISSUER: provider.url, OIDC_AUDIENCE: 'tally' });
    if (hasReplicas) store = await world.openStore();
  });
  afterAll(async () => {
    await store?.close();
    await world?.stop();
    await provider?.stop();
  });

  const openSession = async (title: string, owner: string): Promise<Opened> => {
    const { createSession } = await world.get(create, { title }, owner);
    return { id: createSession.session.id, token: createSession.token };
  };
  const codeOf = async (...given: Parameters<VotingWorld['ask']>) => (await world.ask(...given)).errors?.[0]?.extensions['code'];

  it('mySessions pages through what the bearer created, the newest first, whoever else made sessions meanwhile', async () => {
    const [ann, bob] = [await provider.sign('ann'), await provider.sign('bob')];
    for (const title of ['One', 'Two', 'Three']) {
      await openSession(title, ann);
      await openSession(`Not ${title}`, bob);
    }
    const { mySessions: first } = await world.get(list, { first: 2 }, await provider.sign('ann'));
    expect(first).toMatchObject({ nodes: [{ title: 'Three' }, { title: 'Two' }], hasNextPage: true });
    const { mySessions: second } = await world.get(list, { first: 2, after: first.endCursor }, ann);
    expect(second).toMatchObject({ nodes: [{ title: 'One' }], hasNextPage: false });
    expect((await world.get(list, { first: 2 }, await provider.sign('eve'))).mySessions).toEqual({
      nodes: [],
      hasNextPage: false,
      endCursor: null,
    });
  });

  it('mySessions is refused without sign-in, with a token of ours, a bad page or a foreign cursor', async () => {
    const ann = await provider.sign('ann');
    const { token } = await openSession('Mine', ann);
    expect(await codeOf(list, { first: 1 })).toBe('UNAUTHENTICATED');
    expect(await codeOf(list, { first: 1 }, token)).toBe('TOKEN_INVALID');
    for (const first of [0, 51]) expect(await codeOf(list, { first }, ann)).toBe('INVALID_INPUT');
    for (const after of ['', 'x', Buffer.from('[1]').toString('base64url'), Buffer.from('["x","y"]').toString('base64url')])
      expect(await codeOf(list, { first: 1, after }, ann)).toBe('CURSOR_INVALID');
  });

  it('the owner comes back by the invite code as who created the session; anybody else who is signed in joins anew', async () => {
    const read = '{ session { id participants { id } } participant { id name isFacilitator } token }';
    const join = `mutation ($inviteCode: String!) { joinSession(inviteCode: $inviteCode, name: "Back") ${read} }`;
    const [ann, bob] = [await provider.sign('ann'), await provider.sign('bob')];
    const { createSession } = await world.get(
      'mutation { createSession(title: "T", name: "Ann") { session { id inviteCode } participant { id } } }',
      {},
      ann,
    );
    const { inviteCode, id } = createSession.session;
    const { joinSession: again } = await world.get(join, { inviteCode }, ann);
    expect(again.participant).toEqual({ id: createSession.participant.id, name: 'Ann', isFacilitator: true });
    expect((await world.get('{ me { id } }', {}, again.token)).me.id).toBe(createSession.participant.id);
    const { joinSession: other } = await world.get(join, { inviteCode }, bob);
    expect(other.participant).toMatchObject({ name: 'Back', isFacilitator: false });
    expect(other.session).toMatchObject({ id, participants: [{}, {}] });
    expect(await codeOf(join, { inviteCode }, 'nonsense')).toBe('TOKEN_INVALID');
    await world.get('mutation { leaveSession { id } }', {}, again.token);
    expect((await world.get(join, { inviteCode }, ann)).joinSession.participant).toMatchObject({
      id: createSession.participant.id,
      name: 'Ann',
      isFacilitator: true,
    });
  });

  it.skipIf(!hasReplicas)(
    "an issue's estimates, the newest first: a participant sees those of the session's owner, the identity provider's people all of theirs",
    async () => {
      const [ann, bob] = [await provider.sign('ann'), await provider.sign('bob')];
      const [issueKey, otherKey] = [newId('SHOP'), newId('SHOP')];
      const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute));
      const play = async (title: string, owner: string, issue: { issueKey: string; value: number; at: Date }) => {
        const opened = await openSession(title, owner);
        const state = await store.load(opened.id);
        if (state === undefined) throw new Error('The session is not there.');
        return { ...opened, state: await settle(store, state, issue) };
      };
      const january = await play('January', ann, { issueKey, value: 3, at: at(1) });
      await play('February', ann, { issueKey, value: 5, at: at(2) });
      const foreign = await play('Foreign', bob, { issueKey, value: 8, at: at(3) });
      const keys = [issueKey, otherKey].map((key) => ({ __typename: 'Issue', key }));
      const expected = [
        {
          key: issueKey,
          estimates: [
            { sessionTitle: 'February', track: 'estimate', value: 5, settledAt: at(2).toISOString() },
            { sessionTitle: 'January', track: 'estimate', value: 3, settledAt: at(1).toISOString() },
          ],
        },
        { key: otherKey, estimates: [] },
      ];
      expect((await world.get(history, { keys }, january.token))._entities).toEqual(expected);
      const ofAll = [{ sessionTitle: 'Foreign', value: 8 }, { sessionTitle: 'February' }, { sessionTitle: 'January' }];
      for (const person of [ann, bob, await provider.sign('eve')])
        expect((await world.get(history, { keys }, person))._entities).toMatchObject([
          { key: issueKey, estimates: ofAll },
          expected[1] ?? {},
        ]);
      expect((await world.get(history, { keys }, foreign.token))._entities[0].estimates).toMatchObject([{ value: 8 }]);
      const unknown = [{ key: issueKey, estimates: [] }, expected[1]];
      expect((await world.get(history, { keys }))._entities).toEqual(unknown);
      expect(await codeOf(history, { keys }, 'nonsense')).toBe('TOKEN_INVALID');
    },
  );

  it('the estimates of all issues of an operation are one read', async () => {
    const { token } = await openSession('Many', await provider.sign('ann'));
    const reads = async () => {
      const { values } = (await register.getSingleMetric('tally_voting_store_seconds')?.get()) ?? { values: [] };
      return values.find(({ metricName, labels }: MetricSample) => metricName?.endsWith('_count') && labels['method'] === 'findEstimates')
        ?.value;
    };
    const keys = Array.from({ length: 50 }, (_, index) => ({ __typename: 'Issue', key: `MANY-${index}` }));
    const before = (await reads()) ?? 0;
    await world.get(history, { keys }, token);
    expect(await reads()).toBe(before + 1);
  });

  it.skipIf(!hasReplicas)('an issue that is being voted on has no estimates yet, whatever was played', async () => {
    const opened = await openSession('Now', await provider.sign('ann'));
    const issueKey = newId('SHOP');
    const before = await store.load(opened.id);
    if (before === undefined) throw new Error('The session is not there.');
    const state = await open(store, await queue(store, before, { issueKey }));
    const cast = 'mutation ($id: ID!) { castVote(roundId: $id, card: "8") { id } }';
    const reveal = 'mutation ($id: ID!) { revealRound(roundId: $id) { id } }';
    const keys = [{ __typename: 'Issue', key: issueKey }];
    for (const step of [cast, reveal]) {
      await world.get(step, { id: state.session.openRoundId }, opened.token);
      expect((await world.get(history, { keys }, opened.token))._entities).toEqual([{ key: issueKey, estimates: [] }]);
    }
  });
});

describe('without an identity provider', () => {
  it('nobody owns a session: mySessions is empty', async () => {
    const world = await startVotingWorld();
    try {
      const { createSession } = await world.get(create, { title: 'T' });
      for (const token of [undefined, createSession.token])
        expect((await world.get(list, { first: 5 }, token)).mySessions).toEqual({ nodes: [], hasNextPage: false, endCursor: null });
    } finally {
      await world.stop();
    }
  });
});
