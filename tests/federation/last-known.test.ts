import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devPoints } from '../../subgraphs/jira/simulator/site.ts';
import { ask, waitFor } from './client.ts';
import { startWorld, type World } from './world.ts';

describe('an estimate of a track other than the story points', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ JIRA_CACHE_TTL: '1', JIRA_SP_DEV_FIELD: devPoints });
  });
  afterAll(() => world?.stop());

  const inJira = (value: number) => {
    world.simulator.world.byKey.get('SHOP-25')?.numbers.set(devPoints, value);
    // Until the cache has forgotten what was there.
    return sleep(1_200);
  };

  /** A session of the track `dev` with SHOP-25 in its queue, as Jira shows it now. */
  const openSession = async () => {
    const { createSession } = await ask(
      world.url,
      'mutation { createSession(title: "T", name: "Fay", tracks: [{ id: "dev" }]) { token session { id } } }',
    );
    const { token, session } = createSession;
    await ask(world.url, 'mutation ($id: ID!) { addIssues(sessionId: $id, keys: ["SHOP-25"]) { added { id } } }', session, token);
    return { token, id: session.id };
  };

  const settle = async ({ token, id }: { readonly token: string; readonly id: string }, estimate: number) => {
    const { startRound } = await ask(world.url, 'mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id }, token);
    const text =
      'mutation ($round: ID!, $estimate: Float!) { revealRound(roundId: $round) { id } settleRound(roundId: $round, estimate: $estimate) { id } }';
    await ask(world.url, text, { round: startRound.id, estimate }, token);
    const read = 'query ($id: ID!) { session(id: $id) { items { estimates { writeBack { state valueInJira } } } } }';
    const find = async () => (await ask(world.url, read, { id }, token)).session.items[0].estimates[0].writeBack;
    return waitFor(find, ({ state }) => state !== 'PENDING');
  };

  it('takes the place of what was seen there, also when it was changed after our last writing, and of nothing else', async () => {
    await inJira(8);
    expect(await settle(await openSession(), 5)).toMatchObject({ state: 'WRITTEN' });
    expect(world.simulator.world.byKey.get('SHOP-25')?.numbers.get(devPoints)).toBe(5);

    await inJira(13);
    const seen = await openSession();
    expect(await settle(seen, 3)).toMatchObject({ state: 'WRITTEN' });

    const unaware = await openSession();
    await inJira(21);
    expect(await settle(unaware, 1)).toEqual({ state: 'CONFLICT', valueInJira: 21 });
  });
});
