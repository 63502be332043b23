import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Follow, type Following, followByEventStream, followByMultipart, followByWebSocket } from '../../test/clients.ts';
import { append, castToyVote } from '../../test/toy-voting.ts';
import { composeToy, startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

const events =
  'subscription E($id: ID!, $after: Int) { sessionEvents(sessionId: $id, after: $after) { type round { issue { summary } } } }';
const revisions = 'subscription E($id: ID!, $after: Int) { sessionEvents(sessionId: $id, after: $after) { at: revision } }';
const results = 'subscription R($id: ID!, $after: Int) { voteResults(sessionId: $id, after: $after) { id issue { summary } } }';

let world: World;
const following: Following[] = [];
beforeEach(async () => {
  world = await startWorld(start);
});
afterEach(async () => {
  await Promise.all(following.splice(0).map((each) => each.stop()));
  await world.stop();
});

const follow = async (by: Follow, query: string, after?: number, sub?: string): Promise<Following> => {
  const token = await world.token(sub === undefined ? {} : { sub });
  const one = by({ url: world.router.url, query, variables: { id: 's1', ...(after === undefined ? {} : { after }) }, token });
  following.push(one);
  return one;
};
/** The machine may be busy: a second, the default, is not enough. */
const eventually = (read: () => unknown) => expect.poll(read, { timeout: 10_000 });
const active = (field: string) => world.votingState.active.get(field) ?? 0;
const seenBy = ({ payloads }: Following) => payloads.map(({ data }) => data.sessionEvents.at);
const roundsSeenBy = ({ payloads }: Following) => payloads.map(({ data }) => data.voteResults.id);

/** Votes once before, twice during and once after a restart of voting. */
async function voteAroundRestart(): Promise<void> {
  castToyVote(world.votingState, 'T-1');
  await world.voting.stop();
  castToyVote(world.votingState, 'T-2');
  castToyVote(world.votingState, 'T-3');
  await world.voting.restart();
  castToyVote(world.votingState, 'T-4');
}

describe('sessionEvents', () => {
  it('replays from where a subscriber says, without gap or repetition, and shares the rest', async () => {
    for (let count = 0; count < 5; count += 1) castToyVote(world.votingState);
    const first = await follow(followByWebSocket, revisions, 0);
    await eventually(() => first.payloads.length).toBe(5);
    const second = await follow(followByWebSocket, revisions, 3);
    await eventually(() => seenBy(second)).toEqual([4, 5]);
    castToyVote(world.votingState);
    await eventually(() => seenBy(second)).toEqual([4, 5, 6]);
    await eventually(() => seenBy(first)).toEqual([1, 2, 3, 4, 5, 6]);
    // One for the two, one that watches who leaves.
    expect(active('sessionEvents')).toBe(2);
  });

  it('resumes after voting was restarted: 0 lost, 0 doubled, also when the client does not ask for revisions', async () => {
    const one = await follow(followByWebSocket, events, 0);
    await eventually(() => active('sessionEvents')).toBe(2);
    await voteAroundRestart();
    await eventually(() => one.payloads.length).toBe(4);
    expect(one.payloads.map(({ data }) => data.sessionEvents.round.issue.summary)).toEqual([
      'About T-1',
      'About T-2',
      'About T-3',
      'About T-4',
    ]);
    expect(one.payloads[0].data.sessionEvents).not.toHaveProperty('tallyCursor');
    expect(one.isDone()).toBe(false);
  });

  it('misses nothing from the subscription on, also when voting goes before the first event', async () => {
    castToyVote(world.votingState);
    const one = await follow(followByWebSocket, revisions);
    await eventually(() => active('sessionEvents')).toBe(2);
    await world.voting.stop();
    castToyVote(world.votingState);
    castToyVote(world.votingState);
    await world.voting.restart();
    await eventually(() => seenBy(one)).toEqual([2, 3]);
  });
});

describe.each([
  ['graphql-ws', followByWebSocket],
  ['server-sent events', followByEventStream],
  ['multipart', followByMultipart],
])('voteResults over %s', (_name, by) => {
  it('resumes after voting was restarted: 0 lost, 0 doubled', async () => {
    const one = await follow(by, results);
    await eventually(() => active('voteResults')).toBe(1);
    await voteAroundRestart();
    await eventually(() => roundsSeenBy(one)).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(one.payloads[0].data.voteResults).toEqual({ id: 'r1', issue: { summary: 'About T-1' } });
    expect(one.isDone()).toBe(false);
  });

  it('goes on where a subscriber says that it was', async () => {
    for (let count = 0; count < 3; count += 1) castToyVote(world.votingState);
    const one = await follow(by, results, 1);
    await eventually(() => roundsSeenBy(one)).toEqual(['r2', 'r3']);
  });
});

describe('a participant', () => {
  it('who is removed while voting is out of reach is sent away when it is back', async () => {
    const one = await follow(followByWebSocket, results, undefined, 'leaves');
    await eventually(() => active('sessionEvents')).toBe(1);
    await world.voting.stop();
    world.votingState.kicked.add('leaves');
    append(world.votingState, { type: 'PARTICIPANT_LEFT', participant: { id: 'leaves' } });
    await world.voting.restart();
    await eventually(() => JSON.stringify(one.errors)).toContain('NOT_A_PARTICIPANT');
  });
});

describe('a graph whose voteResults have no cursor yet', () => {
  it('streams them as they come', async () => {
    await world.stop();
    const older = composeToy((name, sdl) =>
      name === 'voting' ? sdl.replace('voteResults(sessionId: ID!, after: Int)', 'voteResults(sessionId: ID!)') : sdl,
    );
    world = await startWorld(start, {}, older);
    const one = await follow(followByWebSocket, 'subscription R($id: ID!) { voteResults(sessionId: $id) { id } }');
    await eventually(() => active('voteResults')).toBe(1);
    castToyVote(world.votingState);
    await eventually(() => roundsSeenBy(one)).toEqual(['r1']);
  });
});
