import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listen, sendJson } from '../../../kit/http.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { start } from './main.ts';

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer, the type cannot
  readonly data: any;
  readonly errors?: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

let simulator: Simulator;
let jira: Awaited<ReturnType<typeof start>> | undefined;

async function open(environment: Record<string, string> = {}, now?: () => number): Promise<void> {
  jira = await start(
    { AUTH: 'open', JIRA_URL: simulator.url, JIRA_API_TOKEN: 'x', JIRA_PORT: '0', LOG_LEVEL: 'silent', ...environment },
    now === undefined ? {} : { now },
  );
}

async function ask(query: string, variables: Record<string, unknown> = {}, secret?: string, authorization = ''): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    authorization,
    ...(secret === undefined ? {} : { 'x-tally-service-secret': secret }),
  };
  const response = await fetch(jira?.url ?? '', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as Answer;
}

const entities = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Issue { key summary storyPoints } } }';
const representations = (keys: readonly string[]) => ({ r: keys.map((key) => ({ __typename: 'Issue', key })) });
const bulk = 'POST /rest/api/3/issue/bulkfetch';
const firstKeys = (count: number) => simulator.world.issues.slice(0, count).map(({ key }) => key);

const write = 'mutation($input: WriteEstimateInput!) { writeEstimate(input: $input) { state valueInJira } }';
const estimate = (key: string, value: number, expected?: number | null) => ({
  input: { key, value, expected: expected ?? null, hasExpected: expected !== undefined, track: 'estimate', idempotencyKey: `${key}-round` },
});

beforeEach(async () => {
  simulator = await startSimulator({ issueCount: 1_050 });
});
afterEach(async () => {
  await jira?.stop();
  jira = undefined;
  await simulator.stop();
});

describe('loading issues', () => {
  it.each([
    [1, 1],
    [100, 1],
    [101, 2],
    [1_000, 10],
  ])('asks Jira for %i issues in %i bulk calls when cold and in none when warm', async (count, calls) => {
    await open();
    const keys = firstKeys(count);
    const cold = await ask(entities, representations(keys));
    expect(cold.errors).toBeUndefined();
    expect(cold.data._entities.map((issue: { key: string }) => issue.key)).toEqual(keys);
    expect(simulator.requests.total(bulk)).toBe(calls);
    simulator.requests.reset();
    expect((await ask(entities, representations(keys))).data).toEqual(cold.data);
    expect(simulator.requests.total()).toBe(0);
  });

  it('asks as little for issues(keys), for aliases, and for 50 identical operations at once', async () => {
    await open();
    const keys = firstKeys(250);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ask('query($keys: [ID!]!) { issues(keys: $keys) { key summary } }', { keys })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.data.issues).toHaveLength(250);
    expect(simulator.requests.total(bulk)).toBe(3);
    simulator.requests.reset();
    await ask(`{ ${Array.from({ length: 60 }, (_, at) => `i${at}: issue(key: "APP-${at + 100}") { summary }`).join(' ')} }`);
    expect(simulator.requests.total(bulk)).toBe(1);
  });

  it('asks again after five minutes', async () => {
    let time = Date.now();
    await open({}, () => time);
    await ask(entities, representations(['SHOP-1']));
    time += 299_000;
    await ask(entities, representations(['SHOP-1']));
    expect(simulator.requests.total(bulk)).toBe(1);
    time += 1_001;
    await ask(entities, representations(['SHOP-1']));
    expect(simulator.requests.total(bulk)).toBe(2);
  });

  it('gives each bad key its own error at its own place: ISSUE_NOT_FOUND, INVALID_INPUT', async () => {
    await open();
    const answer = await ask('{ issues(keys: ["SHOP-1", "NOPE-7", "not a key", "shop-2"]) { key currentKey } }');
    expect(answer.data.issues).toEqual([{ key: 'SHOP-1', currentKey: 'SHOP-1' }, null, null, { key: 'shop-2', currentKey: 'SHOP-2' }]);
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions['code']]).sort()).toEqual([
      [['issues', 1], 'ISSUE_NOT_FOUND'],
      [['issues', 2], 'INVALID_INPUT'],
    ]);
  });

  it('keeps the asked key of a moved issue and tells its current one', async () => {
    await open();
    expect((await ask('{ issue(key: "OLD-1") { key currentKey url } }')).data.issue).toMatchObject({
      key: 'OLD-1',
      currentKey: 'SHOP-11',
      url: `${simulator.url}/browse/SHOP-11`,
    });
  });

  it('shows stale issues while Jira is down, and JIRA_UNAVAILABLE for the others', async () => {
    let time = Date.now();
    await open({ JIRA_TIMEOUT_MS: '2000' }, () => time);
    await ask(entities, representations(['SHOP-1']));
    time += 400_000;
    simulator.faults.add({ kind: 'status', status: 503 });
    const answer = await ask('{ issues(keys: ["SHOP-1", "SHOP-2"]) { key freshness { isStale } } }');
    expect(answer.data.issues).toEqual([{ key: 'SHOP-1', freshness: { isStale: true } }, null]);
    expect(answer.errors).toMatchObject([{ path: ['issues', 1], extensions: { code: 'JIRA_UNAVAILABLE' } }]);
  });

  it('starts while Jira is down, and finds it when it is up', async () => {
    simulator.faults.add({ kind: 'cut' });
    await open();
    expect((await ask('{ issue(key: "SHOP-1") { key } }')).errors).toMatchObject([{ extensions: { code: 'JIRA_UNAVAILABLE' } }]);
    simulator.faults.clear();
    expect((await ask('{ issue(key: "SHOP-1") { key } }')).data.issue).toEqual({ key: 'SHOP-1' });
  });
});

describe('Redis being down', () => {
  it('costs the cache only: issues come from Jira, and health and metrics say so', async () => {
    await open({ CACHE_REDIS_URL: 'redis://127.0.0.1:1' });
    expect((await ask('{ issue(key: "SHOP-1") { key } }')).data.issue).toEqual({ key: 'SHOP-1' });
    const base = (jira?.url ?? '').replace('/graphql', '');
    expect(await (await fetch(`${base}/health`)).json()).toMatchObject({ status: 'degraded', checks: { cache: { status: 'degraded' } } });
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).toMatch(/^tally_jira_cache_up 0$/m);
    expect(metrics).toMatch(/^tally_jira_cache_issues_total\{outcome="miss"\} [1-9]/m);
    expect(metrics).toMatch(/^tally_jira_requests_total\{endpoint="POST \/rest\/api\/3\/issue\/bulkfetch",status="200"\} [1-9]/m);
  });
});

describe('searching', () => {
  it('goes on from any edge and from the end, each issue once', async () => {
    await open();
    const search =
      'query($after: String, $first: Int!) { searchIssues(jql: "project = OPS ORDER BY key", first: $first, after: $after) { edges { cursor node { key } } pageInfo { hasNextPage endCursor } } }';
    const first = (await ask(search, { first: 10 })).data.searchIssues;
    const keys = (connection: { edges: { node: { key: string } }[] }) => connection.edges.map(({ node }) => node.key);
    expect(keys(first)).toEqual(Array.from({ length: 10 }, (_, at) => `OPS-${at + 1}`));
    expect(keys((await ask(search, { first: 3, after: first.edges[3].cursor })).data.searchIssues)).toEqual(['OPS-5', 'OPS-6', 'OPS-7']);
    const second = (await ask(search, { first: 3, after: first.pageInfo.endCursor })).data.searchIssues;
    expect(keys(second)).toEqual(['OPS-11', 'OPS-12', 'OPS-13']);
    expect(keys((await ask(search, { first: 2, after: second.edges[1].cursor })).data.searchIssues)).toEqual(['OPS-13', 'OPS-14']);
  });

  it("refuses with JQL_INVALID and Jira's words, CURSOR_INVALID, INVALID_INPUT", async () => {
    await open();
    const refusal = async (args: string) => (await ask(`{ searchIssues(${args}) { nodes { key } } }`)).errors?.[0];
    expect(await refusal('jql: "project is SHOP and"')).toMatchObject({
      extensions: { code: 'JQL_INVALID' },
      message: expect.stringContaining('JQL'),
    });
    expect(await refusal('jql: "project = SHOP", after: "xxx"')).toMatchObject({ extensions: { code: 'CURSOR_INVALID' } });
    expect(await refusal('jql: "project = SHOP", first: 0')).toMatchObject({ extensions: { code: 'INVALID_INPUT' } });
  });

  it('fills the cache: issues found are not asked for again', async () => {
    await open();
    const found = (await ask('{ searchIssues(jql: "project = OPS", first: 100) { nodes { key } } }')).data.searchIssues.nodes;
    simulator.requests.reset();
    await ask(entities, representations(found.map(({ key }: { key: string }) => key)));
    expect(simulator.requests.total()).toBe(0);
  });

  it('parses pasted keys and JQL', async () => {
    await open();
    const parse = async (text: string) =>
      (await ask('query($text: String!) { parseIssues(text: $text) { kind jql keys issues { key } notFound } }', { text })).data
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

describe('writeEstimate', () => {
  it('writes, and the next reading shows it', async () => {
    await open();
    await ask(entities, representations(['SHOP-70']));
    expect((await ask(write, estimate('SHOP-70', 0.5))).data.writeEstimate).toEqual({ state: 'WRITTEN', valueInJira: 0.5 });
    expect((await ask('{ issue(key: "SHOP-70") { storyPoints } }')).data.issue.storyPoints).toBe(0.5);
  });

  it('takes a value that is ours already as WRITTEN, without writing', async () => {
    await open();
    await ask(write, estimate('SHOP-70', 13));
    expect((await ask(write, estimate('SHOP-70', 13, 3))).data.writeEstimate).toEqual({ state: 'WRITTEN', valueInJira: 13 });
    expect(simulator.writes()).toHaveLength(1);
  });

  it('answers CONFLICT with the value in Jira when it is not the expected one, and changes nothing', async () => {
    await open();
    await ask(write, estimate('SHOP-70', 8));
    expect((await ask(write, estimate('SHOP-70', 5, null))).data.writeEstimate).toEqual({ state: 'CONFLICT', valueInJira: 8 });
    expect((await ask(write, estimate('SHOP-70', 5, 8))).data.writeEstimate).toEqual({ state: 'WRITTEN', valueInJira: 5 });
    expect(simulator.writes().map(({ value }) => value)).toEqual([8, 5]);
  });

  it('is WRITTEN at the second attempt when the first was applied and its answer lost, with one value in Jira', async () => {
    await open({ JIRA_TIMEOUT_MS: '1500' });
    simulator.faults.add({ kind: 'hang-after-applying', method: 'PUT', times: 1 });
    expect((await ask(write, estimate('APP-70', 21))).errors).toMatchObject([{ extensions: { code: 'JIRA_UNAVAILABLE' } }]);
    expect((await ask(write, estimate('APP-70', 21))).data.writeEstimate).toEqual({ state: 'WRITTEN', valueInJira: 21 });
    expect(simulator.writes()).toHaveLength(1);
  });

  it('tells the estimate in one comment when asked to, and not in any unless', async () => {
    await open();
    await ask(write, estimate('SHOP-70', 21));
    expect(simulator.world.byKey.get('SHOP-70')?.comments).toHaveLength(0);
    await jira?.stop();
    await open({ JIRA_COMMENT_ESTIMATES: 'true' });
    for (const value of [21, 21, 34]) await ask(write, estimate('SHOP-70', value));
    const comments = simulator.world.byKey.get('SHOP-70')?.comments ?? [];
    expect(comments.map(({ body }) => JSON.stringify(body))).toEqual([expect.stringContaining('Estimated with Tally: 34')]);
  });

  it('refuses with JIRA_RATE_LIMITED and retryAfterSeconds, JIRA_FIELD_NOT_ON_SCREEN, ISSUE_NOT_FOUND, INVALID_INPUT', async () => {
    await open();
    const refusal = async (variables: Record<string, unknown>) => (await ask(write, variables)).errors?.[0]?.extensions;
    simulator.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 7, method: 'PUT', times: 1 });
    expect(await refusal(estimate('SHOP-71', 3))).toEqual({ code: 'JIRA_RATE_LIMITED', retryAfterSeconds: 7 });
    expect(await refusal(estimate('OPS-7', 3))).toMatchObject({ code: 'JIRA_FIELD_NOT_ON_SCREEN' });
    expect(await refusal(estimate('NOPE-7', 3))).toMatchObject({ code: 'ISSUE_NOT_FOUND' });
    expect(await refusal(estimate('SHOP-7', -1))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await refusal({ input: { ...estimate('SHOP-7', 1).input, track: 'design' } })).toMatchObject({ code: 'JIRA_FIELD_MISSING' });
  });
});

describe('callers', () => {
  const secrets = { ROUTER_TO_JIRA_SECRET: 'router-secret-router', VOTING_TO_JIRA_SECRET: 'voting-secret-voting' };

  it('must know their secret: CALLER_NOT_ALLOWED', async () => {
    await open(secrets);
    const code = async (query: string, secret?: string, variables = {}) =>
      (await ask(query, variables, secret)).errors?.[0]?.extensions['code'];
    const read = '{ projects { key } }';
    expect(await code(read)).toBe('CALLER_NOT_ALLOWED');
    expect(await code(read, 'router-secret-wrong')).toBe('CALLER_NOT_ALLOWED');
    expect(await code(entities, undefined, representations(['SHOP-1']))).toBe('CALLER_NOT_ALLOWED');
    expect(await code(read, secrets.ROUTER_TO_JIRA_SECRET)).toBeUndefined();
    expect(await code(read, secrets.VOTING_TO_JIRA_SECRET)).toBeUndefined();
    expect(simulator.requests.total('project')).toBe(2);
  });

  it('write only as voting: the router is refused with CALLER_NOT_ALLOWED', async () => {
    await open(secrets);
    expect((await ask(write, estimate('SHOP-1', 3), secrets.ROUTER_TO_JIRA_SECRET)).errors).toMatchObject([
      { extensions: { code: 'CALLER_NOT_ALLOWED' } },
    ]);
    expect((await ask(write, estimate('SHOP-1', 3), secrets.VOTING_TO_JIRA_SECRET)).data.writeEstimate.state).toBe('WRITTEN');
  });
});

describe('AUTH=oidc', () => {
  const secrets = { ROUTER_TO_JIRA_SECRET: 'router-secret-router', VOTING_TO_JIRA_SECRET: 'voting-secret-voting' };

  it('shows issues by entry points to permitted people only, and the issues of sessions to all: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED, IDENTITY_UNAVAILABLE', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
    const provider = await listen({
      host: '127.0.0.1',
      port: 0,
      portVariable: '',
      handle: async (request, response) =>
        sendJson(response, 200, request.url === '/keys' ? { keys: [jwk] } : { jwks_uri: `${provider.url}/keys` }),
    });
    const bearer = async (role: string, expiresAt: string) => {
      const token = new SignJWT({ role })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuer(provider.url)
        .setAudience('tally')
        .setSubject('ann');
      return `Bearer ${await token.setExpirationTime(expiresAt).sign(privateKey)}`;
    };
    await open({ ...secrets, AUTH: 'oidc', OIDC_ISSUER: provider.url, OIDC_AUDIENCE: 'tally', OIDC_CLAIM: 'role=facilitator' });
    const read = '{ issue(key: "SHOP-1") { key } }';
    const code = async (authorization: string, query = read) =>
      (await ask(query, representations(['SHOP-1']), secrets.ROUTER_TO_JIRA_SECRET, authorization)).errors?.[0]?.extensions['code'];
    expect(await code(await bearer('facilitator', '1h'))).toBeUndefined();
    expect(await code('')).toBe('UNAUTHENTICATED');
    expect(await code('Bearer nonsense')).toBe('TOKEN_INVALID');
    expect(await code(await bearer('facilitator', '-1h'))).toBe('TOKEN_EXPIRED');
    expect(await code(await bearer('guest', '1h'))).toBe('NOT_PERMITTED');
    for (const query of [
      'searchIssues(jql: "key = SHOP-1") { nodes { key } }',
      'parseIssues(text: "SHOP-1") { keys }',
      'issues(keys: ["SHOP-1"]) { key }',
      'boards { id }',
      'projects { key }',
      'savedFilters { id }',
      'sprints(boardId: 1) { id }',
      'backlog(boardId: 1) { nodes { key } }',
    ])
      expect(await code('', `{ ${query} }`), query).toBe('UNAUTHENTICATED');
    expect(await code('', entities)).toBeUndefined();
    expect((await ask(read, {}, secrets.VOTING_TO_JIRA_SECRET)).data.issue.key).toBe('SHOP-1');
    await jira?.stop();
    await open({ ...secrets, AUTH: 'oidc', OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_AUDIENCE: 'tally' });
    expect(await code(await bearer('facilitator', '1h'))).toBe('IDENTITY_UNAVAILABLE');
    await provider.stop();
  });
});

describe('JIRA_SCOPE_JQL', () => {
  it('hides everything outside: by key, search, lists, backlog (BOARD_NOT_FOUND) and for writing', async () => {
    await open({ JIRA_SCOPE_JQL: 'project = SHOP' });
    const issues = await ask('{ issues(keys: ["SHOP-1", "APP-1"]) { key } }');
    expect(issues.data.issues).toEqual([{ key: 'SHOP-1' }, null]);
    expect(issues.errors).toMatchObject([{ extensions: { code: 'ISSUE_NOT_FOUND' } }]);
    expect((await ask('{ searchIssues(jql: "key in (SHOP-2, APP-2)") { nodes { key } } }')).data.searchIssues.nodes).toEqual([
      { key: 'SHOP-2' },
    ]);
    expect((await ask('{ searchIssues(jql: "project = APP) OR (project = APP") { nodes { key } } }')).errors).toMatchObject([
      { extensions: { code: 'JQL_INVALID' } },
    ]);
    const lists = await ask(
      '{ projects { key } boards { projectKey } savedFilters { name } backlog(boardId: 1, first: 1) { nodes { key } } }',
    );
    expect(lists.data).toMatchObject({
      projects: [{ key: 'SHOP' }],
      boards: [{ projectKey: 'SHOP' }],
      savedFilters: [],
      backlog: { nodes: [{}] },
    });
    const hidden = await ask('{ backlog(boardId: 2) { nodes { key } } sprints(boardId: 2) { name } }');
    expect(hidden.errors?.map(({ extensions }) => extensions['code'])).toEqual(['BOARD_NOT_FOUND', 'BOARD_NOT_FOUND']);
    expect((await ask(write, estimate('APP-1', 3))).errors).toMatchObject([{ extensions: { code: 'ISSUE_NOT_FOUND' } }]);
    expect(simulator.writes()).toEqual([]);
  });
});

describe('issueUpdated', () => {
  it('tells followers at once what Jira says by webhook, and what was written, past the cache', async () => {
    await open({ JIRA_WEBHOOK_SECRET: 'webhook-secret-webhook', JIRA_WEBHOOK_PORT: '0' });
    await control('POST', '/webhooks', { url: `${jira?.webhookUrl}/webhooks/jira`, secret: 'webhook-secret-webhook' });
    await ask(entities, representations(['SHOP-80']));
    const client = createClient({ url: (jira?.url ?? '').replace('http', 'ws'), webSocketImpl: WebSocket });
    const events = client.iterate({ query: 'subscription { issueUpdated(key: "SHOP-80") { key summary storyPoints } }' });
    const first = events.next();
    // Nothing tells when the subscription stands.
    await wait(1_000);
    await control('POST', '/issues/SHOP-80', { summary: 'Renamed in Jira' });
    expect((await first).value).toMatchObject({ data: { issueUpdated: { key: 'SHOP-80', summary: 'Renamed in Jira' } } });
    expect((await ask('{ issue(key: "SHOP-80") { summary } }')).data.issue.summary).toBe('Renamed in Jira');
    const second = events.next();
    await ask(write, estimate('SHOP-80', 21));
    expect((await second).value).toMatchObject({ data: { issueUpdated: { storyPoints: 21 } } });
    // The webhook of our own write follows.
    expect((await events.next()).value).toMatchObject({ data: { issueUpdated: { storyPoints: 21 } } });
    const gone = events.next();
    await control('POST', '/issues/SHOP-80', { isDeleted: true });
    expect((await gone).value).toMatchObject({ data: { issueUpdated: null }, errors: [{ extensions: { code: 'ISSUE_NOT_FOUND' } }] });
    await client.dispose();
  });
});

async function control(method: string, path: string, body: unknown): Promise<void> {
  await fetch(`${simulator.url}/__simulator${path}`, { method, body: JSON.stringify(body) });
}
