import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entities, estimate, type JiraWorld, type Replica, representations, startJiraWorld, write } from './world.ts';

let world: JiraWorld;
let jira: Replica;
beforeEach(async () => {
  world = await startJiraWorld();
});
afterEach(() => world.stop());

describe('writeEstimate', () => {
  it('writes, and the next reading shows it', async () => {
    jira = await world.open();
    await jira.ask(entities, representations(['SHOP-70']));
    expect((await jira.ask(write, estimate('SHOP-70', 0.5))).data.writeEstimate).toEqual({ state: 'WRITTEN', valueInJira: 0.5 });
    expect((await jira.ask('{ issue(key: "SHOP-70") { storyPoints } }')).data.issue.storyPoints).toBe(0.5);
  });

  it('says in which field, and the key that a moved issue has now', async () => {
    jira = await world.open();
    const text = 'mutation($input: WriteEstimateInput!) { writeEstimate(input: $input) { state fieldId currentKey } }';
    const asked = await jira.ask(text, estimate('OLD-1', 5));
    const { id } = (await jira.ask('{ issue(key: "OLD-1") { estimability { field { id } } } }')).data.issue.estimability.field;
    expect(asked.data.writeEstimate).toEqual({ state: 'WRITTEN', fieldId: id, currentKey: 'SHOP-11' });
  });

  it('takes a value that is ours already as WRITTEN, without writing', async () => {
    jira = await world.open();
    await jira.ask(write, estimate('SHOP-70', 13));
    expect((await jira.ask(write, estimate('SHOP-70', 13, 3))).data.writeEstimate).toEqual({ state: 'WRITTEN', valueInJira: 13 });
    expect(world.simulator.writes()).toHaveLength(1);
  });

  it('answers CONFLICT with the value in Jira when it is not the expected one, and changes nothing', async () => {
    jira = await world.open();
    await jira.ask(write, estimate('SHOP-70', 8));
    expect((await jira.ask(write, estimate('SHOP-70', 5, null))).data.writeEstimate).toEqual({ state: 'CONFLICT', valueInJira: 8 });
    expect((await jira.ask(write, estimate('SHOP-70', 5, 8))).data.writeEstimate).toEqual({ state: 'WRITTEN', valueInJira: 5 });
    expect(world.simulator.writes().map(({ value }) => value)).toEqual([8, 5]);
  });

  it('is WRITTEN at the second attempt when the first was applied and its answer lost, with one value in Jira', async () => {
    jira = await world.open({ JIRA_TIMEOUT_MS: '1500' });
    world.simulator.faults.add({ kind: 'hang-after-applying', method: 'PUT', times: 1 });
    expect((await jira.ask(write, estimate('APP-70', 21))).errors).toMatchObject([{ extensions: { code: 'JIRA_UNAVAILABLE' } }]);
    expect((await jira.ask(write, estimate('APP-70', 21))).data.writeEstimate).toEqual({ state: 'WRITTEN', valueInJira: 21 });
    expect(world.simulator.writes()).toHaveLength(1);
  });

  it('shows by the next reading what Jira applied late, after somebody had read the old value', async () => {
    jira = await world.open();
    const read = async () => (await jira.ask('{ issue(key: "APP-71") { storyPoints } }')).data.issue.storyPoints;
    world.simulator.faults.add({ kind: 'apply-late', method: 'PUT', delayMs: 300, times: 1 });
    expect((await jira.ask(write, estimate('APP-71', 89))).errors).toMatchObject([{ extensions: { code: 'JIRA_UNAVAILABLE' } }]);
    expect(await read()).not.toBe(89);
    await expect.poll(() => world.simulator.writes().length).toBe(1);
    expect((await jira.ask(write, estimate('APP-71', 89))).data.writeEstimate.state).toBe('WRITTEN');
    expect(await read()).toBe(89);
  });

  it('begins no write when reading took so long that voting has given it up', async () => {
    let time = Date.now();
    jira = await world.open({ JIRA_COMMENT_ESTIMATES: 'true', JIRA_TIMEOUT_MS: '5000' }, () => time);
    world.simulator.faults.add({ kind: 'slow', delayMs: 300, method: 'GET', path: '/issue/APP-71', times: 1 });
    const writing = jira.ask(write, estimate('APP-71', 89));
    await expect.poll(() => world.simulator.requests.total('GET /rest/api/3/issue')).toBe(1);
    time += 10_001;
    expect((await writing).errors).toMatchObject([{ extensions: { code: 'JIRA_UNAVAILABLE' } }]);
    expect(world.simulator.writes()).toHaveLength(0);
    expect((await jira.ask(write, estimate('APP-71', 89))).data.writeEstimate.state).toBe('WRITTEN');
  });

  it('tells the estimate in one comment when asked to, and not in any unless', async () => {
    jira = await world.open();
    await jira.ask(write, estimate('SHOP-70', 21));
    expect(world.simulator.world.byKey.get('SHOP-70')?.comments).toHaveLength(0);
    await jira.stop();
    jira = await world.open({ JIRA_COMMENT_ESTIMATES: 'true' });
    for (const value of [21, 21, 34]) await jira.ask(write, estimate('SHOP-70', value));
    const comments = world.simulator.world.byKey.get('SHOP-70')?.comments ?? [];
    expect(comments.map(({ body }) => JSON.stringify(body))).toEqual([expect.stringContaining('Estimated with Tally: 34')]);
  });

  it('says a decision in the one comment, also where estimates are not told in comments', async () => {
    jira = await world.open();
    const commented = (comment: string) => ({ input: { ...estimate('SHOP-70', 21).input, comment } });
    for (const comment of ['Without the migration', 'With *it*, after all']) await jira.ask(write, commented(comment));
    const bodies = () => world.simulator.world.byKey.get('SHOP-70')?.comments.map(({ body }) => JSON.stringify(body));
    expect(bodies()).toEqual([expect.stringContaining('Estimated with Tally: 21. With *it*, after all')]);
    await jira.ask(write, commented(''));
    expect(bodies()).toEqual([expect.stringContaining('Estimated with Tally: 21"')]);
    const refused = await jira.ask(write, commented('x'.repeat(1_001)));
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('writes once, and comments once, when a second attempt comes while the first is under way', async () => {
    jira = await world.open({ JIRA_COMMENT_ESTIMATES: 'true' });
    world.simulator.faults.add({ kind: 'slow', delayMs: 150 });
    const attempts = await Promise.all([jira.ask(write, estimate('SHOP-70', 21)), jira.ask(write, estimate('SHOP-70', 21))]);
    expect(attempts.map(({ data }) => data.writeEstimate)).toEqual(Array(2).fill({ state: 'WRITTEN', valueInJira: 21 }));
    expect(world.simulator.writes()).toHaveLength(1);
    expect(world.simulator.world.byKey.get('SHOP-70')?.comments).toHaveLength(1);
  });

  it('refuses with JIRA_RATE_LIMITED and retryAfterSeconds, JIRA_FIELD_NOT_ON_SCREEN, ISSUE_NOT_FOUND, INVALID_INPUT', async () => {
    jira = await world.open();
    const refusal = async (variables: Record<string, unknown>) => (await jira.ask(write, variables)).errors?.[0]?.extensions;
    expect(await refusal(estimate('OPS-7', 3))).toMatchObject({ code: 'JIRA_FIELD_NOT_ON_SCREEN' });
    expect(await refusal(estimate('NOPE-7', 3))).toMatchObject({ code: 'ISSUE_NOT_FOUND' });
    expect(await refusal(estimate('SHOP-7', -1))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await refusal({ input: { ...estimate('SHOP-7', 1).input, track: 'design' } })).toMatchObject({ code: 'JIRA_FIELD_MISSING' });
    world.simulator.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 7, method: 'PUT', times: 1 });
    expect(await refusal(estimate('SHOP-71', 3))).toEqual({ code: 'JIRA_RATE_LIMITED', retryAfterSeconds: 7 });
  });
});
