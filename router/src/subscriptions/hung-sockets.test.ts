import { afterEach, expect, it } from 'vitest';
import { followByWebSocket } from '../../test/clients.ts';
import { castToyVote } from '../../test/toy-voting.ts';
import { type SocketMode, startVotingFront, type VotingFront } from '../../test/voting-front.ts';
import { composeToy, startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// A replica of voting that hangs takes connections and says nothing: a stream that was opened to it is opened to another.

let world: World;
let front: VotingFront;
afterEach(async () => {
  await world.stop();
  await front.stop();
});

it.each<SocketMode>(['hang', 'are never acknowledged'])(
  'sockets that %s are given up, and the stream goes on by others',
  { timeout: 60_000 },
  async (mode) => {
    world = await startWorld(start, {}, composeToy(), async (url) => {
      front = await startVotingFront(url);
      return front.url;
    });
    front.setSockets(mode);
    const query = 'subscription { voteResults(sessionId: "s1", after: 0) { revision } }';
    const following = followByWebSocket({ url: world.router.url, query, token: await world.token() });
    await expect.poll(front.socketsOpened, { timeout: 20_000 }).toBeGreaterThan(0);
    castToyVote(world.votingState);
    front.setSockets('pass');
    // Nobody closes what hangs: whoever waits has to give it up.
    await expect.poll(() => following.payloads, { timeout: 30_000 }).toEqual([{ data: { voteResults: { revision: 1 } } }]);
    await following.stop();
  },
);
