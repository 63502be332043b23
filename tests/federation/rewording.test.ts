import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './client.ts';
import { openSession, revealRound, settleRound, startRound, vote } from './session.ts';
import { startWorld, type World } from './world.ts';

describe('an estimated issue', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ JIRA_CACHE_TTL: '1' });
  });
  afterAll(() => world?.stop());

  it('shows what was reworded in Jira since the estimate, to those who took part', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-20'] });
    const { id: roundId } = await startRound(world.url, session);
    await vote(world.url, session.ada, roundId, '5');
    await ask(world.url, revealRound, { roundId }, session.robin);
    await ask(world.url, settleRound, { roundId, estimate: 5 }, session.robin);
    const read = async (token?: string) =>
      (await ask(world.url, '{ issue(key: "SHOP-20") { summary changedSinceEstimate estimates { value } } }', {}, token)).issue;
    expect(await read(session.ada)).toMatchObject({ changedSinceEstimate: [], estimates: [{ value: 5 }] });

    const issue = world.simulator.world.byKey.get('SHOP-20');
    if (issue === undefined) throw new Error('the simulator lacks SHOP-20');
    issue.summary = `${issue.summary}, and for guests too`;
    await sleep(1_100);
    expect(await read(session.ada)).toMatchObject({ summary: issue.summary, changedSinceEstimate: ['SUMMARY'] });
    expect(await read()).toMatchObject({ changedSinceEstimate: [], estimates: [] });
    const rounds = 'query ($id: ID!) { session(id: $id) { items { rounds { isReworded changedParts issue { summary } } } } }';
    expect((await ask(world.url, rounds, session, session.grace)).session.items).toEqual([
      { rounds: [{ isReworded: true, changedParts: ['SUMMARY'], issue: { summary: issue.summary } }] },
    ]);
  });
});
