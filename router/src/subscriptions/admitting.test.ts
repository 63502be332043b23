import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Following, followByEventStream, followByMultipart, followByWebSocket } from '../../test/clients.ts';
import { composeToy, startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

const query = 'subscription { voteResults(sessionId: "s1") { id issue { summary } } }';

let world: World;
let admit: () => void;
let following: readonly Following[] = [];
beforeEach(async () => {
  world = await startWorld(start);
  world.votingState.admission = new Promise((resolve) => {
    admit = resolve;
  });
});
afterEach(async () => {
  admit();
  await Promise.all(following.map((each) => each.stop()));
  await world.stop();
});

const eventually = (read: () => unknown) => expect.poll(read, { timeout: 15_000 });
const told = () => following.map(({ payloads, errors }) => JSON.stringify([payloads, errors]));
async function follow(...ways: ReadonlyArray<typeof followByWebSocket>): Promise<void> {
  const tokens = await Promise.all(ways.map(() => world.token()));
  following = ways.map((by, index) => by({ url: world.router.url, query, token: tokens[index] ?? '' }));
  await eventually(() => world.votingState.calls.get('me')).toBe(ways.length);
}

describe('while voting is asked whether somebody may follow', () => {
  it('a new supergraph that the subscription does not fit is SUBSCRIPTION_INVALIDATED on every transport', async () => {
    await follow(followByWebSocket, followByEventStream, followByMultipart);
    writeFileSync(
      world.supergraphFile,
      composeToy((name, sdl) => (name === 'jira' ? sdl.replace('summary: String', 'title: String') : sdl)),
    );
    await eventually(async () => (await world.post('{ issue(key: "T-1") { summary } }')).body.errors?.[0].extensions.code).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    admit();
    const invalidated = expect.stringContaining('SUBSCRIPTION_INVALIDATED');
    await eventually(told).toEqual([invalidated, invalidated, invalidated]);
  });

  it('a router that stops tells ROUTER_STOPPING, and follows nothing any more', async () => {
    await follow(followByEventStream, followByMultipart);
    const stopped = world.router.stop();
    admit();
    const stopping = expect.stringContaining('ROUTER_STOPPING');
    await eventually(told).toEqual([stopping, stopping]);
    await stopped;
    await eventually(() => [...world.votingState.active.values()].reduce((sum, count) => sum + count, 0)).toBe(0);
  });
});
