import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bulk, entities, type JiraWorld, type Replica, representations, startJiraWorld } from './world.ts';

let world: JiraWorld;
let jira: Replica;
beforeEach(async () => {
  world = await startJiraWorld();
});
afterEach(() => world.stop());

describe('loading issues', () => {
  it.each([
    [1, 1],
    [100, 1],
    [101, 2],
    [1_000, 10],
  ])('asks Jira for %i issues in %i bulk calls when cold and in none when warm', async (count, calls) => {
    jira = await world.open();
    const keys = world.firstKeys(count);
    const cold = await jira.ask(entities, representations(keys));
    expect(cold.errors).toBeUndefined();
    expect(cold.data._entities.map((issue: { key: string }) => issue.key)).toEqual(keys);
    expect(world.simulator.requests.total(bulk)).toBe(calls);
    world.simulator.requests.reset();
    expect((await jira.ask(entities, representations(keys))).data).toEqual(cold.data);
    expect(world.simulator.requests.total()).toBe(0);
  });

  it.each([
    [1, 1],
    [100, 1],
    [101, 2],
    [1_000, 10],
  ])(
    'asks Jira for %i issues in %i bulk calls when 50 identical operations come at once, and for none when they come again',
    async (count, calls) => {
      jira = await world.open();
      const keys = world.firstKeys(count);
      const operations = () => Promise.all(Array.from({ length: 50 }, () => jira.ask(entities, representations(keys))));
      const answers = new Set((await operations()).map((answer) => JSON.stringify(answer)));
      expect([answers.size, JSON.parse([...answers][0] ?? '').data._entities.length]).toEqual([1, count]);
      expect(world.simulator.requests.total(bulk)).toBe(calls);
      world.simulator.requests.reset();
      expect(new Set((await operations()).map((answer) => JSON.stringify(answer)))).toEqual(answers);
      expect(world.simulator.requests.total()).toBe(0);
    },
  );

  it('asks once however issues are asked for in one operation: by key, by keys, in aliases, in a text and as entities', async () => {
    jira = await world.open();
    const [one = '', ...others] = world.firstKeys(241);
    const mixed = `query($r: [_Any!]!, $keys: [ID!]!, $text: String!) {
      issue(key: "${one}") { key }
      ${others
        .slice(0, 40)
        .map((key, at) => `i${at}: issue(key: "${key}") { key }`)
        .join(' ')}
      issues(keys: $keys) { key }
      parseIssues(text: $text) { issues { key } }
      _entities(representations: $r) { ... on Issue { key } } }`;
    const variables = { ...representations(others.slice(140)), keys: others.slice(30, 130), text: others.slice(120, 150).join(' ') };
    const { data, errors } = await jira.ask(mixed, variables);
    expect(errors).toBeUndefined();
    expect([data.issue.key, data.issues.length, data.parseIssues.issues.length, data._entities.length]).toEqual([one, 100, 30, 100]);
    expect(world.simulator.requests.total(bulk)).toBe(3);
  });

  it('asks again after five minutes', async () => {
    let time = Date.now();
    jira = await world.open({}, () => time);
    await jira.ask(entities, representations(['SHOP-1']));
    time += 299_000;
    await jira.ask(entities, representations(['SHOP-1']));
    expect(world.simulator.requests.total(bulk)).toBe(1);
    time += 1_001;
    await jira.ask(entities, representations(['SHOP-1']));
    expect(world.simulator.requests.total(bulk)).toBe(2);
  });

  it('gives each bad key its own error at its own place: ISSUE_NOT_FOUND, INVALID_INPUT', async () => {
    jira = await world.open();
    const answer = await jira.ask('{ issues(keys: ["SHOP-1", "NOPE-7", "not a key", "shop-2"]) { key currentKey } }');
    expect(answer.data.issues).toEqual([{ key: 'SHOP-1', currentKey: 'SHOP-1' }, null, null, { key: 'shop-2', currentKey: 'SHOP-2' }]);
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions['code']]).sort()).toEqual([
      [['issues', 1], 'ISSUE_NOT_FOUND'],
      [['issues', 2], 'INVALID_INPUT'],
    ]);
  });

  it('keeps the asked key of a moved issue and tells its current one', async () => {
    jira = await world.open();
    expect((await jira.ask('{ issue(key: "OLD-1") { key currentKey url } }')).data.issue).toMatchObject({
      key: 'OLD-1',
      currentKey: 'SHOP-11',
      url: `${world.simulator.url}/browse/SHOP-11`,
    });
  });

  it('shows stale issues while Jira is down, and JIRA_UNAVAILABLE for the others', async () => {
    let time = Date.now();
    jira = await world.open({ JIRA_TIMEOUT_MS: '2000' }, () => time);
    await jira.ask(entities, representations(['SHOP-1']));
    time += 400_000;
    world.simulator.faults.add({ kind: 'status', status: 503 });
    const answer = await jira.ask('{ issues(keys: ["SHOP-1", "SHOP-2"]) { key freshness { isStale } } }');
    expect(answer.data.issues).toEqual([{ key: 'SHOP-1', freshness: { isStale: true } }, null]);
    expect(answer.errors).toMatchObject([{ path: ['issues', 1], extensions: { code: 'JIRA_UNAVAILABLE' } }]);
  });

  it('starts while Jira is down, and finds it when it is up', async () => {
    world.simulator.faults.add({ kind: 'cut' });
    jira = await world.open();
    expect((await jira.ask('{ issue(key: "SHOP-1") { key } }')).errors).toMatchObject([{ extensions: { code: 'JIRA_UNAVAILABLE' } }]);
    world.simulator.faults.clear();
    expect((await jira.ask('{ issue(key: "SHOP-1") { key } }')).data.issue).toEqual({ key: 'SHOP-1' });
  });
});

describe('Redis being down', () => {
  it('costs the cache only: issues come from Jira, and health and metrics say so', async () => {
    jira = await world.open({ CACHE_REDIS_URL: 'redis://127.0.0.1:1' });
    expect((await jira.ask('{ issue(key: "SHOP-1") { key } }')).data.issue).toEqual({ key: 'SHOP-1' });
    const base = jira.url.replace('/graphql', '');
    expect(await (await fetch(`${base}/health`)).json()).toMatchObject({ status: 'degraded', checks: { cache: { status: 'degraded' } } });
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).toMatch(/^tally_jira_cache_up 0$/m);
    expect(metrics).toMatch(/^tally_jira_cache_issues_total\{outcome="miss"\} [1-9]/m);
    expect(metrics).toMatch(/^tally_jira_requests_total\{endpoint="POST \/rest\/api\/3\/issue\/bulkfetch",status="200"\} [1-9]/m);
  });
});

describe('searching', () => {
  it('goes on from any edge and from the end, each issue once', async () => {
    jira = await world.open();
    const search =
      'query($after: String, $first: Int!) { searchIssues(jql: "project = OPS ORDER BY key", first: $first, after: $after) { edges { cursor node { key } } pageInfo { hasNextPage endCursor } } }';
    const first = (await jira.ask(search, { first: 10 })).data.searchIssues;
    const keys = (connection: { edges: { node: { key: string } }[] }) => connection.edges.map(({ node }) => node.key);
    expect(keys(first)).toEqual(Array.from({ length: 10 }, (_, at) => `OPS-${at + 1}`));
    expect(keys((await jira.ask(search, { first: 3, after: first.edges[3].cursor })).data.searchIssues)).toEqual([
      'OPS-5',
      'OPS-6',
      'OPS-7',
    ]);
    const second = (await jira.ask(search, { first: 3, after: first.pageInfo.endCursor })).data.searchIssues;
    expect(keys(second)).toEqual(['OPS-11', 'OPS-12', 'OPS-13']);
    expect(keys((await jira.ask(search, { first: 2, after: second.edges[1].cursor })).data.searchIssues)).toEqual(['OPS-13', 'OPS-14']);
  });

  it("refuses with JQL_INVALID and Jira's words, CURSOR_INVALID, INVALID_INPUT", async () => {
    jira = await world.open();
    const refusal = async (args: string) => (await jira.ask(`{ searchIssues(${args}) { nodes { key } } }`)).errors?.[0];
    expect(await refusal('jql: "project is SHOP and"')).toMatchObject({
      extensions: { code: 'JQL_INVALID' },
      message: expect.stringContaining('JQL'),
    });
    expect(await refusal('jql: "project = SHOP", after: "xxx"')).toMatchObject({ extensions: { code: 'CURSOR_INVALID' } });
    expect(await refusal('jql: "project = SHOP", first: 0')).toMatchObject({ extensions: { code: 'INVALID_INPUT' } });
  });

  it('fills the cache: issues found are not asked for again', async () => {
    jira = await world.open();
    const found = (await jira.ask('{ searchIssues(jql: "project = OPS", first: 100) { nodes { key } } }')).data.searchIssues.nodes;
    world.simulator.requests.reset();
    await jira.ask(entities, representations(found.map(({ key }: { key: string }) => key)));
    expect(world.simulator.requests.total()).toBe(0);
  });

  it('knows no estimate of a track that is called as JavaScript calls things', async () => {
    jira = await world.open();
    const tracks = ['constructor', '__proto__', 'toString'];
    const fields = tracks.map((track, at) => `s${at}: storyPoints(track: "${track}") e${at}: estimability(track: "${track}") { reason }`);
    expect(await jira.ask(`{ issue(key: "SHOP-1") { ${fields.join(' ')} } }`)).toEqual({
      data: {
        issue: Object.fromEntries(
          tracks.flatMap((_track, at) => [
            [`s${at}`, null],
            [`e${at}`, { reason: 'NO_FIELD' }],
          ]),
        ),
      },
    });
  });

  it('parses pasted keys and JQL', async () => {
    jira = await world.open();
    const parse = async (text: string) =>
      (await jira.ask('query($text: String!) { parseIssues(text: $text) { kind jql keys issues { key } notFound } }', { text })).data
        .parseIssues;
    expect(await parse('see SHOP-3 and NOPE-1')).toEqual({
      kind: 'KEYS',
      jql: null,
      keys: ['SHOP-3', 'NOPE-1'],
      issues: [{ key: 'SHOP-3' }],
      notFound: ['NOPE-1'],
    });
    expect(await parse('key = APP-7')).toEqual({
      kind: 'JQL',
      jql: 'key = APP-7',
      keys: ['APP-7'],
      issues: [{ key: 'APP-7' }],
      notFound: [],
    });
  });
});
