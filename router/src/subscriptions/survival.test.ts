import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type Following, followByEventStream, followByMultipart, followByWebSocket } from '../../test/clients.ts';
import { castToyVote } from '../../test/toy-voting.ts';
import { composeToy, startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

const results = 'subscription R($id: ID!) { voteResults(sessionId: $id) { id issue { key summary } } }';
const events = 'subscription E($id: ID!, $after: Int) { sessionEvents(sessionId: $id, after: $after) { revision } }';
const variables = { id: 's1' };

let world: World;
const following: Following[] = [];
afterEach(async () => {
  await Promise.all(following.splice(0).map((each) => each.stop()));
  await world.stop();
});

const eventually = (read: () => unknown) => expect.poll(read, { timeout: 15_000 });
const active = (field: string) => world.votingState.active.get(field) ?? 0;
const keep = (one: Following): Following => {
  following.push(one);
  return one;
};
const ready = async () =>
  (await (await fetch(world.router.url.replace('/graphql', '/health/ready'))).json()) as {
    status: string;
    checks: Record<string, { status: string; reason?: string }>;
  };

const metric = async (name: string) => {
  const text = await (await fetch(world.router.url.replace('/graphql', '/metrics'))).text();
  return new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1];
};

describe('a new supergraph', () => {
  it('is for those who ask from now on: a request and a mutation under way end on the old one', async () => {
    world = await startWorld(start);
    const slow = '{ slow(ms: 2500) session(id: "s1") { title } }';
    const underWay = [world.post(slow), world.post('mutation { addVote(sessionId: "s1", issueKey: "T-1") { title } }')];
    writeFileSync(
      world.supergraphFile,
      composeToy((name, sdl) =>
        name === 'voting'
          ? sdl.replace('  title: String!\n', '').replace('createSession(title: String!)', 'createSession(title: String)')
          : sdl,
      ),
    );
    await eventually(async () => (await world.post('{ session(id: "s1") { title } }')).body.errors?.[0].extensions.code).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    const bodies = (await Promise.all(underWay)).map(({ body }) => body);
    expect(bodies).toEqual([{ data: { slow: 'done', session: { title: 'Session s1' } } }, { data: { addVote: { title: 'Session s1' } } }]);
  });

  it('is served to new operations, and streams that are still valid go on', async () => {
    world = await startWorld(start);
    const one = keep(followByWebSocket({ url: world.router.url, query: results, variables, token: await world.token() }));
    await eventually(() => active('voteResults')).toBe(1);
    writeFileSync(
      world.supergraphFile,
      composeToy((name, sdl) => (name === 'jira' ? sdl.replace('summary: String', 'summary: String\n  priority: String') : sdl)),
    );
    await eventually(async () => (await world.post('{ __type(name: "Issue") { fields { name } } }')).body.data.__type.fields.length).toBe(
      4,
    );
    castToyVote(world.votingState, 'T-9');
    await eventually(() => one.payloads.at(-1)?.data.voteResults.issue.summary).toBe('About T-9');
    expect(active('voteResults')).toBe(1);
    expect(one.isDone()).toBe(false);
  });

  it('SUBSCRIPTION_INVALIDATED ends the streams that no longer fit, on each transport', async () => {
    world = await startWorld(start);
    const tokens = await Promise.all([world.token(), world.token(), world.token()]);
    const all = [followByWebSocket, followByEventStream, followByMultipart].map((by, index) =>
      keep(by({ url: world.router.url, query: results, variables, token: tokens[index] ?? '' })),
    );
    await eventually(() => active('voteResults')).toBe(1);
    await eventually(() => world.votingState.calls.get('me')).toBe(3);
    writeFileSync(
      world.supergraphFile,
      composeToy((name, sdl) => (name === 'jira' ? sdl.replace('summary: String', 'title: String') : sdl)),
    );
    await eventually(() => all.map((each) => /SUBSCRIPTION_INVALIDATED/.test(JSON.stringify([each.errors, each.payloads])))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('that is broken is told of in readiness while the old one goes on', async () => {
    world = await startWorld(start);
    writeFileSync(world.supergraphFile, 'type Query { this is not a supergraph');
    await eventually(async () => (await ready()).checks['supergraph']?.status).toBe('degraded');
    expect(await metric('tally_router_supergraph_refused')).toBe('1');
    expect((await world.post('{ session(id: "s1") { id } }')).body).toEqual({ data: { session: { id: 's1' } } });
    writeFileSync(world.supergraphFile, composeToy());
    await eventually(async () => (await ready()).status).toBe('ok');
    expect(await metric('tally_router_supergraph_refused')).toBe('0');
  });
});

describe('when the router stops', () => {
  it('sockets close with 1012 and streams end with ROUTER_STOPPING', async () => {
    world = await startWorld(start);
    const socket = keep(followByWebSocket({ url: world.router.url, query: results, variables, token: await world.token() }));
    const stream = keep(followByEventStream({ url: world.router.url, query: results, variables, token: await world.token() }));
    await eventually(() => world.votingState.calls.get('me')).toBe(2);
    await eventually(() => active('voteResults')).toBe(1);
    await world.router.stop();
    await eventually(() => socket.closeCodes).toContain(1012);
    await eventually(() => JSON.stringify([stream.payloads, stream.errors])).toContain('ROUTER_STOPPING');
    await eventually(() => active('voteResults')).toBe(0);
  });
});

describe('when the subgraph does not come back', () => {
  it('SUBSCRIPTION_UPSTREAM_LOST ends the stream in place of silence', async () => {
    world = await startWorld(start, { UPSTREAM_GIVE_UP_SECONDS: '1' });
    const one = keep(followByWebSocket({ url: world.router.url, query: results, variables, token: await world.token() }));
    await eventually(() => active('voteResults')).toBe(1);
    await world.voting.stop();
    await eventually(() => JSON.stringify(one.errors)).toContain('SUBSCRIPTION_UPSTREAM_LOST');
    await world.voting.restart();
  });
});

describe('when a token expires', () => {
  it('a graphql-ws client connects again with a fresh one and goes on', async () => {
    world = await startWorld(start);
    let connections = 0;
    const token = () => {
      connections += 1;
      return world.token({ sub: 'p1', expiresInSeconds: connections === 1 ? 3 : 3600 });
    };
    const one = keep(followByWebSocket({ url: world.router.url, query: results, variables, token, retryAttempts: 5 }));
    await eventually(() => one.closeCodes).toEqual([4403]);
    await eventually(() => active('voteResults')).toBe(1);
    await eventually(() => world.votingState.calls.get('me')).toBe(2);
    castToyVote(world.votingState, 'T-3');
    await eventually(() => one.payloads.at(-1)?.data?.voteResults?.issue.key).toBe('T-3');
    expect(one.isDone()).toBe(false);
  });
});

describe('twenty restarts of the subgraph', () => {
  it('lose no event, double none and end no stream', { timeout: 60_000 }, async () => {
    world = await startWorld(start);
    const token = await world.token();
    const all = [followByWebSocket, followByEventStream, followByMultipart].map((by) =>
      keep(by({ url: world.router.url, query: events, variables: { ...variables, after: 0 }, token })),
    );
    await eventually(() => active('sessionEvents')).toBe(2);
    for (let kill = 0; kill < 20; kill += 1) {
      castToyVote(world.votingState);
      await world.voting.stop();
      castToyVote(world.votingState);
      await world.voting.restart();
      castToyVote(world.votingState);
    }
    const expected = Array.from({ length: 60 }, (_, index) => index + 1);
    for (const each of all) {
      await eventually(() => each.payloads.map(({ data }) => data.sessionEvents.revision)).toEqual(expected);
      expect(each.isDone()).toBe(false);
    }
  });
});
