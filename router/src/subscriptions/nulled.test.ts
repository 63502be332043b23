import { afterEach, expect, it } from 'vitest';
import { followByEventStream, followByMultipart, followByWebSocket } from '../../test/clients.ts';
import { castToyVote } from '../../test/toy-voting.ts';
import { composeToy, startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

let world: World;
afterEach(() => world.stop());

// A loaded machine takes its time.
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000 });

it.each([
  ['graphql-ws', followByWebSocket],
  ['server-sent events', followByEventStream],
  ['multipart', followByMultipart],
])('an event that comes to null has its errors and its cursor, and the stream goes on: %s', async (_name, follow) => {
  const supergraph = composeToy((name, sdl) => (name === 'voting' ? sdl.replace('issue: Issue\n', 'issue: Issue!\n') : sdl));
  world = await startWorld(start, {}, supergraph);
  const query = 'subscription { voteResults(sessionId: "s1", after: 0) { revision issue { status } } }';
  const following = follow({ url: world.router.url, query, token: await world.token() });
  castToyVote(world.votingState, 'T-BAD');
  castToyVote(world.votingState, 'T-1');
  await eventually(() => following.payloads.length).toBe(2);
  expect(following.payloads).toEqual([
    {
      data: null,
      errors: [
        expect.objectContaining({ path: ['voteResults', 'issue'], extensions: expect.objectContaining({ code: 'ISSUE_NOT_FOUND' }) }),
      ],
      extensions: { cursor: 1 },
    },
    { data: { voteResults: { revision: 2, issue: { status: 'To Do' } } } },
  ]);
  await following.stop();
});
