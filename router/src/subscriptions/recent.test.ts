import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Following, followByWebSocket } from '../../test/clients.ts';
import { append, castToyVote } from '../../test/toy-voting.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// Of how long ago voting's word may be when somebody wants to follow: it reads nothing for those whom an earlier moment is good enough for.
let world: World;
const following: Following[] = [];
beforeEach(async () => {
  world = await startWorld(start);
  for (let count = 0; count < 5; count += 1) castToyVote(world.votingState);
});
afterEach(async () => {
  await Promise.all(following.splice(0).map((each) => each.stop()));
  await world.stop();
});

const patience = { timeout: 20_000 };
const asked = () => world.votingState.calls.get('me') ?? 0;

/** Follows, and returns the revisions from which on voting's word was good enough, in the order of the questions. */
async function follow(field: string, after?: number, sub = 'ada'): Promise<readonly (string | undefined)[]> {
  const token = await world.token({ sub });
  const [before, seen] = [asked(), world.votingState.seenHeaders.length];
  const cursor = after === undefined ? '' : `, after: ${after}`;
  following.push(
    followByWebSocket({ url: world.router.url, query: `subscription { ${field}(sessionId: "s1"${cursor}) { revision } }`, token }),
  );
  await expect.poll(asked, patience).toBeGreaterThan(before);
  const questions = world.votingState.seenHeaders
    .slice(seen)
    .filter((headers) => headers['x-tally-session'] === undefined && headers.authorization === `Bearer ${token}`);
  return questions.map((headers) => headers['x-tally-revision']);
}

it('who goes on from a cursor is content with what voting knew at it, or where those who left are known', async () => {
  expect(await follow('sessionEvents', 3)).toEqual(['3']);
  await expect.poll(() => following[0]?.payloads.length, patience).toBe(2);
  expect(await follow('sessionEvents', 1, 'bob')).toEqual(['5']);
});

it('who starts now is asked about as of now', async () => {
  expect(await follow('sessionEvents')).toEqual([undefined]);
});

it('whoever has no cursor is asked about as of now while nobody watches who leaves, then as of where those are known', async () => {
  expect(await follow('sessionUpdated')).toEqual([undefined]);
  const at = castToyVote(world.votingState);
  await expect.poll(() => following[0]?.payloads.at(-1)?.data.sessionUpdated.revision, patience).toBe(at);
  expect(await follow('sessionUpdated', undefined, 'bob')).toEqual([String(at)]);
});

it('whoever may have left is asked about as of now', async () => {
  await follow('sessionEvents', 5);
  const seen = world.votingState.seenHeaders.length;
  // Without saying who: everybody is asked for.
  append(world.votingState, { type: 'PARTICIPANT_LEFT' });
  await expect.poll(asked, patience).toBe(2);
  expect(new Set(world.votingState.seenHeaders.slice(seen).map((headers) => headers['x-tally-revision']))).toEqual(new Set([undefined]));
});
