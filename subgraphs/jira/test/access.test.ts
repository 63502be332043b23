import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProvider } from '../../../tests/setup/identity-provider.ts';
import { type Caller, entities, estimate, type JiraWorld, type Replica, representations, startJiraWorld, write } from './world.ts';

let world: JiraWorld;
let jira: Replica;
beforeEach(async () => {
  world = await startJiraWorld();
});
afterEach(() => world.stop());

const secrets = { ROUTER_TO_JIRA_SECRET: 'router-secret-router', VOTING_TO_JIRA_SECRET: 'voting-secret-voting' };
const router: Caller = { secret: secrets.ROUTER_TO_JIRA_SECRET };
const voting: Caller = { secret: secrets.VOTING_TO_JIRA_SECRET };

describe('callers', () => {
  it('must know their secret: CALLER_NOT_ALLOWED', async () => {
    jira = await world.open(secrets);
    const code = async (query: string, caller?: Caller, variables = {}) =>
      (await jira.ask(query, variables, caller)).errors?.[0]?.extensions['code'];
    const read = '{ projects { key } }';
    expect(await code(read)).toBe('CALLER_NOT_ALLOWED');
    expect(await code(read, { secret: 'router-secret-wrong' })).toBe('CALLER_NOT_ALLOWED');
    expect(await code(entities, undefined, representations(['SHOP-1']))).toBe('CALLER_NOT_ALLOWED');
    expect(await code(read, router)).toBeUndefined();
    expect(await code(read, voting)).toBeUndefined();
    expect(world.simulator.requests.total('project')).toBe(2);
  });

  it('get nothing without their secret, the schema included: 403, also on a socket (4403)', async () => {
    jira = await world.open(secrets);
    const status = async (query: string, secret?: string) => {
      const headers = { 'content-type': 'application/json', ...(secret === undefined ? {} : { 'x-tally-service-secret': secret }) };
      return (await fetch(jira.url, { method: 'POST', headers, body: JSON.stringify({ query }) })).status;
    };
    for (const query of ['{ _service { sdl } }', '{ __typename }', '{ projects { key } }', '{ nothing', '']) {
      expect(await status(query)).toBe(403);
      expect(await status(query, 'wrong')).toBe(403);
    }
    expect(await status('{ _service { sdl } }', secrets.ROUTER_TO_JIRA_SECRET)).toBe(200);
    const socket = new WebSocket(jira.url.replace('http', 'ws'), 'graphql-transport-ws');
    socket.onopen = () => socket.send(JSON.stringify({ type: 'connection_init' }));
    expect(await new Promise((resolve) => (socket.onclose = ({ code }) => resolve(code)))).toBe(4403);
  });

  it('write only as voting: the router is refused with CALLER_NOT_ALLOWED', async () => {
    jira = await world.open(secrets);
    expect((await jira.ask(write, estimate('SHOP-1', 3), router)).errors).toMatchObject([{ extensions: { code: 'CALLER_NOT_ALLOWED' } }]);
    expect((await jira.ask(write, estimate('SHOP-1', 3), voting)).data.writeEstimate.state).toBe('WRITTEN');
  });
});

describe('AUTH=oidc', () => {
  it('shows issues by entry points to permitted people only, and the issues of sessions to all: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED, IDENTITY_UNAVAILABLE', async () => {
    const provider = await startProvider();
    const bearer = async (role: string, expiresIn = '1h') => `Bearer ${await provider.sign('ann', { role }, expiresIn)}`;
    jira = await world.open({
      ...secrets,
      AUTH: 'oidc',
      OIDC_ISSUER: provider.url,
      OIDC_AUDIENCE: 'tally',
      OIDC_CLAIM: 'role=facilitator',
    });
    const read = '{ issue(key: "SHOP-1") { key } }';
    const code = async (authorization: string, query = read) =>
      (await jira.ask(query, representations(['SHOP-1']), { ...router, authorization })).errors?.[0]?.extensions['code'];
    expect(await code(await bearer('facilitator'))).toBeUndefined();
    expect(await code('')).toBe('UNAUTHENTICATED');
    expect(await code('Bearer nonsense')).toBe('TOKEN_INVALID');
    expect(await code(await bearer('facilitator', '-1h'))).toBe('TOKEN_EXPIRED');
    expect(await code(await bearer('guest'))).toBe('NOT_PERMITTED');
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
    expect((await jira.ask(read, {}, voting)).data.issue.key).toBe('SHOP-1');
    await jira.stop();
    jira = await world.open({ ...secrets, AUTH: 'oidc', OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_AUDIENCE: 'tally' });
    expect(await code(await bearer('facilitator'))).toBe('IDENTITY_UNAVAILABLE');
    await provider.stop();
  });
});

describe('JIRA_SCOPE_JQL', () => {
  it('hides everything outside: by key, search, lists, backlog (BOARD_NOT_FOUND) and for writing', async () => {
    jira = await world.open({ JIRA_SCOPE_JQL: 'project = SHOP' });
    const issues = await jira.ask('{ issues(keys: ["SHOP-1", "APP-1"]) { key } }');
    expect(issues.data.issues).toEqual([{ key: 'SHOP-1' }, null]);
    expect(issues.errors).toMatchObject([{ extensions: { code: 'ISSUE_NOT_FOUND' } }]);
    expect((await jira.ask('{ searchIssues(jql: "key in (SHOP-2, SHOP-3)") { nodes { key } } }')).data.searchIssues.nodes).toHaveLength(2);
    // As Jira does for an issue that does not exist.
    for (const key of ['APP-2', 'APP-99999'])
      expect((await jira.ask(`{ searchIssues(jql: "key in (SHOP-2, ${key})") { nodes { key } } }`)).errors).toMatchObject([
        { message: 'The JQL names an issue that does not exist, or that Jira does not show to us.', extensions: { code: 'JQL_INVALID' } },
      ]);
    expect((await jira.ask('{ searchIssues(jql: "project = APP) OR (project = APP") { nodes { key } } }')).errors).toMatchObject([
      { extensions: { code: 'JQL_INVALID' } },
    ]);
    const lists = await jira.ask(
      '{ projects { key } boards { projectKey } savedFilters { name } backlog(boardId: 1, first: 1) { nodes { key } } }',
    );
    expect(lists.data).toMatchObject({
      projects: [{ key: 'SHOP' }],
      boards: [{ projectKey: 'SHOP' }],
      savedFilters: [],
      backlog: { nodes: [{}] },
    });
    const hidden = await jira.ask('{ backlog(boardId: 2) { nodes { key } } sprints(boardId: 2) { name } }');
    expect(hidden.errors?.map(({ extensions }) => extensions['code'])).toEqual(['BOARD_NOT_FOUND', 'BOARD_NOT_FOUND']);
    expect((await jira.ask(write, estimate('APP-1', 3))).errors).toMatchObject([{ extensions: { code: 'ISSUE_NOT_FOUND' } }]);
    expect(world.simulator.writes()).toEqual([]);
  });
});
