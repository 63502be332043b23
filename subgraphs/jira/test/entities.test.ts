import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bulk, estimate, type JiraWorld, type Replica, representations, startJiraWorld, write } from './world.ts';

const whole = `query($r: [_Any!]!, $track: ID!) { _entities(representations: $r) { __typename ... on Issue {
  key currentKey id url summary description { text html } type { name isSubtask } status { name category } priority assignee { name avatarUrl }
  reporter { name } labels components parent { key summary status { name } } sprint { name state startDate } storyPoints dev: storyPoints(track: $track)
  created updated subtasks { key } links { relation issue { key } } freshness { fetchedAt isStale } summaryFingerprint descriptionFingerprint } } }`;

let world: JiraWorld;
let jira: Replica;
let time: number;
beforeEach(async () => {
  time = Date.now();
  world = await startJiraWorld();
  jira = await world.open({ JIRA_SP_DEV_FIELD: 'customfield_10061' }, () => time);
});
afterEach(() => world.stop());

/** The answer with all that a client could notice. */
async function post(query: string, variables: unknown, more: object = {}) {
  const response = await fetch(jira.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-request-id': 'request-one' },
    body: JSON.stringify({ query, variables, ...more }),
  });
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
  return { status: response.status, headers, text: await response.text() };
}

describe('entities that were answered before', () => {
  it('are answered the same to the byte and to the header, in any order and company', async () => {
    const keys = world.firstKeys(120);
    const variables = { ...representations(keys), track: 'dev' };
    const cold = await post(whole, variables);
    expect(JSON.parse(cold.text).errors).toBeUndefined();
    expect(await post(whole, variables)).toEqual(cold);
    const shuffled = [...keys.slice(60).toReversed(), ...keys.slice(0, 10), keys[3] ?? ''];
    // The usual way: an operation of another name is another one.
    const usual = (name: string) => post(whole.replace('query(', `query ${name}(`), { ...representations(shuffled), track: 'dev' });
    expect((await post(whole, { ...representations(shuffled), track: 'dev' })).text).toBe((await usual('Other')).text);
    const others = { ...representations(keys), track: 'estimate' };
    expect((await post(whole, others)).text).toBe((await post(whole, others)).text);
    expect(world.simulator.requests.total(bulk)).toBe(2);
  });

  const read = async (...keys: string[]) =>
    JSON.parse(
      (
        await post(
          'query($r: [_Any!]!) { _entities(representations: $r) { ... on Issue { key summary storyPoints freshness { isStale } } } }',
          representations(keys),
        )
      ).text,
    );

  it('are answered anew after a write, after five minutes, and as stale while Jira is down', async () => {
    await read('SHOP-70');
    expect((await read('SHOP-70')).data._entities[0].freshness.isStale).toBe(false);
    await jira.ask(write, estimate('SHOP-70', 21));
    time += 1;
    expect((await read('SHOP-70')).data._entities[0].storyPoints).toBe(21);
    await world.control('POST', '/issues/SHOP-70', { summary: 'Renamed' });
    time += 300_001;
    expect((await read('SHOP-70')).data._entities[0].summary).toBe('Renamed');
    await world.control('POST', '/issues/SHOP-70', { summary: 'Again' });
    time += 300_001;
    world.simulator.faults.add({ kind: 'status', status: 503 });
    expect((await read('SHOP-70')).data._entities[0]).toMatchObject({ summary: 'Renamed', freshness: { isStale: true } });
  });

  it('spoil nothing: errors have their own places, old and odd spellings of keys stay, and what asks Jira each time still does', async () => {
    for (const _ of [1, 2, 3]) {
      const { data, errors } = await read('SHOP-1', 'NOPE-1', 'OLD-1', 'shop-2', 'no key');
      expect(data._entities.map((issue: { key: string } | null) => issue?.key)).toEqual([
        'SHOP-1',
        undefined,
        'OLD-1',
        'shop-2',
        undefined,
      ]);
      expect(errors.map(({ path, extensions }: { path: unknown[]; extensions: { code: string } }) => [path[1], extensions.code])).toEqual(
        expect.arrayContaining([
          [1, 'ISSUE_NOT_FOUND'],
          [4, 'INVALID_INPUT'],
        ]),
      );
      expect((await read('SHOP-11')).data._entities[0].key).toBe('SHOP-11');
    }
    const estimability = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Issue { estimability { can } } } }';
    const can = async () => JSON.parse((await post(estimability, representations(['SHOP-1']))).text).data._entities[0].estimability.can;
    expect(await can()).toBe(true);
    await world.control('POST', '/issues/SHOP-1', { isReadOnly: true });
    expect(await can()).toBe(false);
  });

  it('are still for services only: CALLER_NOT_ALLOWED', async () => {
    await jira.stop();
    const secret = 'router-secret-router';
    jira = await world.open({ ROUTER_TO_JIRA_SECRET: secret, VOTING_TO_JIRA_SECRET: 'voting-secret-voting' });
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Issue { key } } }';
    for (const _ of [1, 2])
      expect((await jira.ask(query, representations(['SHOP-1']), { secret })).data._entities).toEqual([{ key: 'SHOP-1' }]);
    expect((await jira.ask(query, representations(['SHOP-1']))).errors).toMatchObject([{ extensions: { code: 'CALLER_NOT_ALLOWED' } }]);
  });

  it('are nothing for what is no valid operation, and not for GET', async () => {
    const variables = representations(['SHOP-1']);
    const broken = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Issue { nothing } } }';
    for (const _ of [1, 2]) {
      expect((await post(broken, variables)).status).toBe(400);
      expect((await post('query($r: [_Any!]!) { _entities(representations: $r) {', variables)).status).toBe(400);
      expect((await post(whole, { ...variables, track: 'dev' }, { operationName: 'Missing' })).status).toBe(400);
      expect((await post(whole, variables)).status).toBe(400);
    }
  });
});
