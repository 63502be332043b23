import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../kit/process/errors.ts';
import { followByWebSocket } from '../../test/clients.ts';
import { append, castToyVote } from '../../test/toy-voting.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld(start);
});
afterEach(() => world.stop());

// A loaded machine takes its time.
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000 });

const remove = (id: string) => {
  world.votingState.kicked.add(id);
  return append(world.votingState, { type: 'PARTICIPANT_LEFT', participant: { id } });
};

describe('who is removed', () => {
  it.each([
    ['snapshots', 'subscription { sessionUpdated(sessionId: "s1") { now: revision } }', 'sessionUpdated'],
    [
      'snapshots that do not ask for their revision',
      'subscription { sessionUpdated(sessionId: "s1") { title items { id } } }',
      'sessionUpdated',
    ],
    ['events', 'subscription { voteResults(sessionId: "s1") { now: revision } }', 'voteResults'],
  ])('gets nothing of what is committed after the removal: %s', async (_name, query, field) => {
    for (let run = 0; run < 5; run += 1) {
      const [stays, leaves] = [`stays${run}`, `leaves${run}`];
      const follow = async (sub: string) => followByWebSocket({ url: world.router.url, query, token: await world.token({ sub }) });
      const [staying, leaving] = [await follow(stays), await follow(leaves)];
      await eventually(() => world.votingState.active.get(field)).toBe(1);
      await eventually(() => world.votingState.calls.get('me')).toBe(2 * (run + 1));
      await new Promise((resolve) => setTimeout(resolve, 100));
      castToyVote(world.votingState);
      await eventually(() => [staying.payloads.length > 0, leaving.payloads.length > 0]).toEqual([true, true]);
      await eventually(() => world.votingState.active.get('sessionEvents')).toBe(1);
      const before = leaving.payloads.length;
      const left = remove(leaves);
      // In the same breath, as one document with two mutations does it.
      castToyVote(world.votingState);
      const newest = castToyVote(world.votingState);
      await eventually(() => leaving.isDone()).toBe(true);
      expect(JSON.stringify(leaving.errors)).toContain('NOT_A_PARTICIPANT');
      const revisions = leaving.payloads.slice(before).map(({ data }) => data[field].now ?? newest);
      expect(revisions.filter((revision) => revision >= left)).toEqual([]);
      castToyVote(world.votingState);
      await eventually(() => staying.payloads.length).toBeGreaterThan(before);
      expect(staying.isDone()).toBe(false);
      await staying.stop();
      await leaving.stop();
      await eventually(() => world.votingState.active.get(field)).toBe(0);
    }
  });
});

it('a variable of the client may have the name of ours', async () => {
  const following = followByWebSocket({
    url: world.router.url,
    query:
      'subscription S($tallyAfter: ID!, $tallyCursor: Int) { voteResults(sessionId: $tallyAfter, after: $tallyCursor) { tallyCursor: id revision } }',
    variables: { tallyAfter: 's1', tallyCursor: 0 },
    token: await world.token(),
  });
  castToyVote(world.votingState);
  await eventually(() => following.payloads).toEqual([{ data: { voteResults: { tallyCursor: 'r1', revision: 1 } } }]);
  await following.stop();
});

describe('while voting cannot say who is still in the session', () => {
  const query = 'subscription { sessionUpdated(sessionId: "s1") { revision } }';
  const follow = async (sub: string) => followByWebSocket({ url: world.router.url, query, token: await world.token({ sub }) });
  const fail = () => {
    const failing = Promise.reject(new DomainError('STORE_UNAVAILABLE', 'Try again.'));
    failing.catch(() => {});
    world.votingState.admission = failing;
  };

  it('it is asked again until it can: the removed one is cut off, the other goes on', async () => {
    const [staying, leaving] = [await follow('stays'), await follow('leaves')];
    await eventually(() => [staying.payloads.length, leaving.payloads.length]).toEqual([1, 1]);
    await eventually(() => world.votingState.active.get('sessionEvents')).toBe(1);
    const asked = () => world.votingState.calls.get('me') ?? 0;
    const before = asked();
    fail();
    world.votingState.kicked.add('leaves');
    // Without saying who: everybody is asked for.
    append(world.votingState, { type: 'PARTICIPANT_LEFT' });
    await eventually(() => asked() - before >= 4).toBe(true);
    expect([staying.isDone(), leaving.isDone()]).toEqual([false, false]);
    world.votingState.admission = Promise.resolve();
    await eventually(() => leaving.isDone()).toBe(true);
    expect(JSON.stringify(leaving.errors)).toContain('NOT_A_PARTICIPANT');
    castToyVote(world.votingState);
    await eventually(() => staying.payloads.at(-1).data.sessionUpdated.revision).toBe(2);
    expect(staying.isDone()).toBe(false);
    await staying.stop();
  });

  it('whoever is removed and named gets nothing, although nobody can be asked', async () => {
    const leaving = await follow('leaves');
    await eventually(() => leaving.payloads.length).toBe(1);
    await eventually(() => world.votingState.active.get('sessionEvents')).toBe(1);
    fail();
    const left = remove('leaves');
    castToyVote(world.votingState);
    await eventually(() => leaving.isDone()).toBe(true);
    expect(leaving.payloads.filter(({ data }) => data.sessionUpdated.revision >= left)).toEqual([]);
  });
});
