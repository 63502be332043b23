import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, waitFor } from '../federation/client.ts';
import { openSession, revealRound, settleRound } from '../federation/session.ts';
import { startWorld, type World } from '../federation/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ WRITE_BACK_LEASE_SECONDS: '6', JIRA_TIMEOUT_MS: '1000', JIRA_SERVICE_TIMEOUT_MS: '3000' });
});
afterAll(() => world?.stop());

async function openTable(key: string) {
  const session = await openSession(world.url, { keys: [key] });
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
  return { settle, states };
}

it('a value that Jira applies long after its answer was lost does not replace the one settled after it', async () => {
  const { settle, states } = await openTable('SHOP-20');
  world.simulator.faults.add({ kind: 'apply-late', method: 'PUT', delayMs: 4_000, times: 1 });
  await settle(5);
  expect(await waitFor(states, ([state]) => state === 'WRITTEN')).toEqual(['WRITTEN']);
  await settle(8);
  expect((await waitFor(states, (all) => all.at(-1) === 'WRITTEN')).at(-1)).toBe('WRITTEN');
  expect(world.simulator.writes().map(({ value }) => value)).toEqual([5, 5, 8]);
});

it('a value of ours that was overtaken by another session before its outcome was known is no conflict there', async () => {
  const [first, second] = [await openTable('SHOP-21'), await openTable('SHOP-21')];
  const before = world.simulator.writes().length;
  const written = async () =>
    world.simulator
      .writes()
      .slice(before)
      .map(({ value }) => value);

  world.simulator.faults.add({ kind: 'hang-after-applying', method: 'PUT', times: 1 });
  await first.settle(55);
  expect(await waitFor(written, (values) => values.length === 1)).toEqual([55]);
  await second.settle(89);
  expect(await waitFor(second.states, ([state]) => state !== 'PENDING')).toEqual(['WRITTEN']);
  expect([await first.states(), await written()]).toEqual([['SUPERSEDED'], [55, 89]]);
});
