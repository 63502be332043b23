import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Follow,
  type Following,
  type FollowOptions,
  followByEventStream,
  followByMultipart,
  followByWebSocket,
} from '../../test/clients.ts';
import { castToyVote } from '../../test/toy-voting.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

const results = 'subscription R($id: ID!) { voteResults(sessionId: $id) { id issue { key summary } } }';
const snapshots = 'subscription S($id: ID!) { sessionUpdated(sessionId: $id) { revision items { issue { summary } } } }';

let world: World;
let following: Following[] = [];
beforeEach(async () => {
  world = await startWorld(start);
});
afterEach(async () => {
  await Promise.all(following.map((each) => each.stop()));
  following = [];
  await world.stop();
});

const follow = async (by: Follow, query: string, options: Partial<FollowOptions> & { readonly sub?: string } = {}): Promise<Following> => {
  const token = options.token ?? (await world.token(options.sub === undefined ? {} : { sub: options.sub }));
  const one = by({ url: world.router.url, query, variables: { id: 's1' }, ...options, token });
  following.push(one);
  return one;
};
/** The machine may be busy: a second, the default, is not enough. */
const eventually = (read: () => unknown) => expect.poll(read, { timeout: 10_000 });
const active = (field: string) => world.votingState.active.get(field) ?? 0;
const codeOf = (error: unknown) => (error as Array<{ extensions: { code: string } }>)[0]?.extensions.code;

describe.each([
  ['graphql-ws', followByWebSocket],
  ['server-sent events', followByEventStream],
  ['multipart', followByMultipart],
])('over %s', (_name, by) => {
  it('every event comes with data from the other subgraph', async () => {
    const one = await follow(by, results);
    await eventually(() => active('voteResults')).toBe(1);
    castToyVote(world.votingState, 'T-7');
    await eventually(() => one.payloads).toEqual([{ data: { voteResults: { id: 'r1', issue: { key: 'T-7', summary: 'About T-7' } } } }]);
  });

  it('the upstream ends with its last subscriber', async () => {
    const one = await follow(by, results);
    await eventually(() => active('voteResults')).toBe(1);
    await one.stop();
    await eventually(() => active('voteResults')).toBe(0);
    await eventually(() => active('sessionEvents')).toBe(0);
  });

  it('NOT_A_PARTICIPANT refuses the token of another session', async () => {
    const one = await follow(by, results, { token: await world.token({ sid: 's2' }) });
    await eventually(() => codesOf(one)).toContain('NOT_A_PARTICIPANT');
  });

  it('TOKEN_EXPIRED ends the stream when the token does', async () => {
    const one = await follow(by, results, { token: await world.token({ expiresInSeconds: 3 }) });
    await eventually(() => active('voteResults')).toBe(1);
    await eventually(() => one.isDone()).toBe(true);
    expect(codesOf(one)).toContain(by === followByWebSocket ? 4403 : 'TOKEN_EXPIRED');
  });
});

/** Codes wherever a transport puts them: errors of the stream, a last payload, the socket's close code. */
function codesOf({ errors, payloads, closeCodes }: Following): unknown[] {
  const inErrors = errors.map((error) =>
    Array.isArray(error) ? codeOf(error) : (/"code":"(\w+)"/.exec(JSON.stringify(error))?.[1] ?? String(error)),
  );
  return [...inErrors, ...payloads.map((payload) => payload.errors?.[0]?.extensions.code), ...closeCodes];
}

describe('sharing', () => {
  it('runs one upstream and one execution for subscribers with tokens of their own', async () => {
    const all = await Promise.all(
      [1, 2, 3, 4, 5].map((number) => follow([followByWebSocket, followByEventStream][number % 2] ?? followByWebSocket, results)),
    );
    await eventually(() => world.votingState.calls.get('me')).toBe(5);
    await eventually(() => active('voteResults')).toBe(1);
    const before = world.jira.entityCalls();
    castToyVote(world.votingState);
    await eventually(() => all.map(({ payloads }) => payloads.length)).toEqual([1, 1, 1, 1, 1]);
    expect(world.jira.entityCalls()).toBe(before + 1);
    expect(active('voteResults')).toBe(1);
  });

  it('gives the latest snapshot to whoever comes late', async () => {
    const first = await follow(followByWebSocket, snapshots);
    await eventually(() => first.payloads.length).toBe(1);
    const late = await follow(followByWebSocket, snapshots);
    await eventually(() => late.payloads).toEqual([
      { data: { sessionUpdated: { revision: 0, items: [{ issue: { summary: 'About T-1' } }, { issue: { summary: 'About T-2' } }] } } },
    ]);
    expect(active('sessionUpdated')).toBe(1);
  });
});

describe('while a subgraph fails', () => {
  it('events come with partial data and errors, and the stream goes on', async () => {
    const one = await follow(followByWebSocket, results);
    await eventually(() => active('voteResults')).toBe(1);
    await world.jira.stop();
    castToyVote(world.votingState, 'T-1');
    await eventually(() => one.payloads.length).toBe(1);
    expect(one.payloads[0].data.voteResults.issue).toEqual({ key: 'T-1', summary: null });
    expect(one.payloads[0].errors[0].extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'jira' });
    await world.jira.restart();
    castToyVote(world.votingState, 'T-2');
    await eventually(() => one.payloads.at(1)?.data.voteResults.issue.summary).toBe('About T-2');
  });

  it('a snapshot stream sends the newest snapshot once voting is back', async () => {
    const one = await follow(followByEventStream, snapshots);
    await eventually(() => one.payloads.length).toBe(1);
    await world.voting.stop();
    castToyVote(world.votingState);
    await world.voting.restart();
    await eventually(() => one.payloads.at(-1)?.data.sessionUpdated.revision).toBe(1);
  });
});

describe('a socket', () => {
  it('is closed with 4401 for a token that is not ours', async () => {
    const one = await follow(followByWebSocket, results, { token: 'not.a.token' });
    await eventually(() => one.closeCodes).toEqual([4401]);
  });

  it('runs queries and mutations by the same executor', async () => {
    const one = await follow(followByWebSocket, '{ session(id: "s1") { items { issue { summary } } } }', { variables: {} });
    await eventually(() => one.payloads[0]?.data.session.items[0].issue.summary).toBe('About T-1');
    const other = await follow(followByWebSocket, 'mutation { addVote(sessionId: "s1", issueKey: "T-1") { revision } }', { variables: {} });
    await eventually(() => other.payloads[0]?.data.addVote.revision).toBe(1);
  });

  it('survives a subscription that graphql-js cannot even validate', async () => {
    const one = await follow(followByWebSocket, 'subscription X($i: Boolean!) { voteResults(sessionId: "s1") @include(if: $i) { id } }', {
      variables: { i: true },
    });
    await eventually(() => codesOf(one)).toContain('GRAPHQL_VALIDATION_FAILED');
    // 1000 is the client's own, when it has nothing left to follow.
    expect(one.closeCodes.filter((code) => code !== 1000)).toEqual([]);
  });
});
