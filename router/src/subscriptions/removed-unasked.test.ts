import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followByWebSocket } from '../../test/clients.ts';
import { append, castToyVote } from '../../test/toy-voting.ts';
import { type FrontMode, startVotingFront, type VotingFront } from '../../test/voting-front.ts';
import { composeToy, startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// Voting fails, in every way that there is, at the very moment when it is asked whether somebody may still listen.

let world: World;
let front: VotingFront;
beforeEach(async () => {
  world = await startWorld(start, { SUBGRAPH_TIMEOUT_MS: '1000' }, composeToy(), async (url) => {
    front = await startVotingFront(url);
    return front.url;
  });
});
afterEach(async () => {
  await world.stop();
  await front.stop();
});

// A loaded machine takes its time.
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000 });

const follow = async (field: string, sub: string) =>
  followByWebSocket({
    url: world.router.url,
    query: `subscription { ${field}(sessionId: "s1") { revision } }`,
    token: await world.token({ sub }),
  });

const ways: readonly FrontMode[] = ['answers 503', 'answers 500', 'answers HTML', 'resets', 'refuses connections', 'hangs'];

describe.each(['sessionUpdated', 'voteResults'])('%s', (field) => {
  it.each(ways)('voting %s: whoever is removed gets nothing that was committed after it', { timeout: 90_000 }, async (way) => {
    const [staying, leaving] = [await follow(field, 'stays'), await follow(field, 'leaves')];
    await eventually(() => world.votingState.active.get(field)).toBe(1);
    await eventually(() => world.votingState.active.get('sessionEvents')).toBe(1);
    await eventually(() => world.votingState.calls.get('me')).toBe(2);
    const before = castToyVote(world.votingState);
    const newest = ({ payloads }: typeof staying) => payloads.at(-1)?.data[field].revision;
    await eventually(() => [newest(staying), newest(leaving)]).toEqual([before, before]);

    await front.set(way);
    world.votingState.kicked.add('leaves');
    // Without saying who: everybody is asked for.
    append(world.votingState, { type: 'PARTICIPANT_LEFT' });
    const secret = castToyVote(world.votingState);
    // Refused connections are not seen in front of voting; by then there were some.
    if (way === 'refuses connections') await new Promise((resolve) => setTimeout(resolve, 1_000));
    else await eventually(front.asked).toBeGreaterThanOrEqual(2);
    castToyVote(world.votingState);
    expect([newest(leaving), leaving.isDone(), staying.isDone()]).toEqual([before, false, false]);

    await front.set('passes');
    await eventually(leaving.isDone).toBe(true);
    expect(JSON.stringify(leaving.errors)).toContain('NOT_A_PARTICIPANT');
    expect(newest(leaving)).toBe(before);
    await eventually(() => newest(staying)).toBeGreaterThan(secret);
    expect(staying.isDone()).toBe(false);
    await staying.stop();
  });
});
