import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../test/world.ts';
import { start } from './main.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld(start, { SUBGRAPH_TIMEOUT_MS: '500' });
});
afterAll(() => world.stop());

describe('a query', () => {
  it('joins the data of both subgraphs in one bulk call', async () => {
    const before = world.jira.entityCalls();
    const { status, body, headers } = await world.post('{ session(id: "s1") { title items { id issue { key summary } } } }');
    expect(status).toBe(200);
    expect(body.data.session.items[1]).toEqual({ id: 'i2', issue: { key: 'T-2', summary: 'About T-2' } });
    expect(world.jira.entityCalls()).toBe(before + 1);
    expect(headers.get('x-request-id')).toMatch(/\S/);
  });

  it('passes only allowed headers on to subgraphs', async () => {
    await world.post('{ session(id: "s1") { id } }', {}, { authorization: 'Bearer x', cookie: 'a=b', 'x-request-id': 'request-12345' });
    expect(world.votingState.seenHeaders.at(-1)).toMatchObject({
      authorization: 'Bearer x',
      cookie: undefined,
      'x-request-id': 'request-12345',
    });
  });

  it('passes no header of a subgraph on to the client', async () => {
    const chatty = createServer((_request, response) => {
      response.setHeader('set-cookie', 'session=secret').setHeader('x-internal', 'jira-1').setHeader('access-control-allow-origin', '*');
      response.end(JSON.stringify({ data: { issue: { key: 'T-1' } } }));
    });
    await new Promise<void>((resolve) => chatty.listen(0, '127.0.0.1', resolve));
    const own = await startWorld(start, { JIRA_SERVICE_URL: `http://127.0.0.1:${(chatty.address() as AddressInfo).port}` });
    const { body, headers } = await own.post('{ issue(key: "T-1") { key } }');
    expect(body).toEqual({ data: { issue: { key: 'T-1' } } });
    expect([...headers.keys()].sort()).toEqual([
      'cache-control',
      'connection',
      'content-length',
      'content-type',
      'date',
      'keep-alive',
      'x-content-type-options',
      'x-request-id',
    ]);
    await own.stop();
    chatty.closeAllConnections();
    chatty.close();
  });

  it('answers a GET', async () => {
    const query = encodeURIComponent('query Q($id: ID!) { session(id: $id) { id } }');
    const variables = encodeURIComponent('{"id":"s9"}');
    const response = await fetch(`${world.router.url}?query=${query}&variables=${variables}`, {
      headers: { 'apollo-require-preflight': 'yes' },
    });
    expect(await response.json()).toEqual({ data: { session: { id: 's9' } } });
  });
});

describe('an error', () => {
  it('from inside a subgraph is masked with the request id', async () => {
    const { body } = await world.post('{ broken }', {}, { 'x-request-id': 'request-12345' });
    expect(body.data).toEqual({ broken: null });
    expect(body.errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: 'request-12345' });
    expect(JSON.stringify(body)).not.toContain('secret detail');
  });

  it('with a code from a subgraph keeps its code, message and path', async () => {
    const { body } = await world.post('{ me { id } }');
    expect(body.errors[0]).toEqual({ message: 'Who are you?', path: ['me'], extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('SUBGRAPH_TIMEOUT names the subgraph that is too slow', async () => {
    const { body } = await world.post('{ slow(ms: 3000) }');
    expect(body.errors[0].extensions).toEqual({ code: 'SUBGRAPH_TIMEOUT', serviceName: 'voting' });
  });

  it('BAD_USER_INPUT tells of a variable that does not fit', async () => {
    const { status, body } = await world.post(
      'query Q($id: ID!) { session(id: $id) { id } }',
      {},
      { accept: 'application/graphql-response+json' },
    );
    expect(status).toBe(400);
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('BODY_TOO_LARGE answers a body of 2 MB with 413', async () => {
    const { status, body } = await world.post(`{ session(id: "${'x'.repeat(2 * 1024 * 1024)}") { id } }`);
    expect(status).toBe(413);
    expect(body.errors[0].extensions.code).toBe('BODY_TOO_LARGE');
  });

  it('GRAPHQL_VALIDATION_FAILED keeps `_entities` and `_service` out of reach', async () => {
    for (const query of ['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }']) {
      const { body } = await world.post(query);
      expect(body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it('BAD_REQUEST refuses what a foreign page could send without a preflight', async () => {
    const response = await fetch(world.router.url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"{ me { id } }"}',
    });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('SUBSCRIPTION_TRANSPORT_REQUIRED answers a subscription by plain POST with 406', async () => {
    const { status, body } = await world.post('subscription { voteResults(sessionId: "s1") { id } }');
    expect(status).toBe(406);
    expect(body.errors[0].extensions.code).toBe('SUBSCRIPTION_TRANSPORT_REQUIRED');
  });
});

describe('a subgraph that is down', () => {
  it('leaves partial data with SUBGRAPH_UNAVAILABLE, a degraded readiness, and recovers by itself', async () => {
    await world.jira.stop();
    const query = '{ session(id: "s1") { title items { id issue { key summary } } } }';
    const { body } = await world.post(query);
    expect(body.data.session.items[0]).toEqual({ id: 'i1', issue: { key: 'T-1', summary: null } });
    expect(body.errors[0].extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'jira' });
    const ready = await fetch(world.router.url.replace('/graphql', '/health/ready'));
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'degraded', checks: { jira: { status: 'degraded' }, voting: { status: 'ok' } } });
    await world.jira.restart();
    await expect.poll(async () => (await world.post(query)).body.errors, { timeout: 15_000 }).toBeUndefined();
  });
});

describe('a start', () => {
  it('names every bad variable at once', async () => {
    await expect(start({ ROUTER_PORT: 'x' })).rejects.toThrow(/ROUTER_PORT[\s\S]*JIRA_SERVICE_URL[\s\S]*VOTING_SERVICE_URL/);
  });

  it('refuses a HOST beyond loopback without the secrets of the services', async () => {
    const environment = { HOST: '0.0.0.0', JIRA_SERVICE_URL: 'http://a', VOTING_SERVICE_URL: 'http://b' };
    await expect(start(environment)).rejects.toThrow(/ROUTER_TO_JIRA_SECRET[\s\S]*ROUTER_TO_VOTING_SECRET/);
  });
});

describe('pages', () => {
  it('serves Sandbox to a browser, with a policy of its own', async () => {
    const response = await fetch(world.router.url, { headers: { accept: 'text/html' } });
    expect(response.headers.get('content-security-policy')).toContain('sandbox.embed.apollographql.com');
    expect(await response.text()).toContain('curl -s');
  });

  it('serves a plain page at the root while no page is built', async () => {
    const response = await fetch(world.router.url.replace('/graphql', '/'));
    expect(await response.text()).toContain('the web page has not been built here');
  });
});
