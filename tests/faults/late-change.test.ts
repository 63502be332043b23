import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, waitFor } from '../federation/client.ts';
import { openSession, revealRound, settleRound } from '../federation/session.ts';
import { startWorld, type World } from '../federation/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ WRITE_BACK_LEASE_SECONDS: '6', JIRA_TIMEOUT_MS: '1000', JIRA_SERVICE_TIMEOUT_MS: '3000' });
});
afterAll(() => world?.stop());

it('a value that Jira applies long after its answer was lost does not replace the one settled after it', async () => {
  const session = await openSession(world.url, { keys: ['SHOP-20'] });
  const read = async () =>
    (
      await ask(
        world.url,
        'query ($id: ID!) { session(id: $id) { items { id estimates { writeBack { state } } } } }',
        { id: session.id },
        session.robin,
      )
    ).session.items[0];
  const { id: itemId } = await read();
  const settle = async (estimate: number) => {
    const start = 'mutation ($sessionId: ID!, $itemId: ID!) { startRound(sessionId: $sessionId, itemId: $itemId) { id } }';
    const { startRound } = await ask(world.url, start, { sessionId: session.id, itemId }, session.robin);
    await ask(world.url, revealRound, { roundId: startRound.id }, session.robin);
    await ask(world.url, settleRound, { roundId: startRound.id, estimate }, session.robin);
  };
  const states = async (): Promise<string[]> =>
    (await read()).estimates.map((estimate: { writeBack: { state: string } }) => estimate.writeBack.state);

  world.simulator.faults.add({ kind: 'apply-late', method: 'PUT', delayMs: 4_000, times: 1 });
  await settle(5);
  expect(await waitFor(states, ([state]) => state === 'WRITTEN')).toEqual(['WRITTEN']);
  await settle(8);
  expect((await waitFor(states, (all) => all.at(-1) === 'WRITTEN')).at(-1)).toBe('WRITTEN');
  expect(world.simulator.writes().map(({ value }) => value)).toEqual([5, 5, 8]);
});
