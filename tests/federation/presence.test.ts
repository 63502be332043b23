import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, follow } from './client.ts';
import { openSession, type PlayedSession, revealRound, settleRound, startRound, vote } from './session.ts';
import { startWorld, type World } from './world.ts';

// What voting adds to others' sight: who is there, and what an issue was estimated at; through the router alone.

let world: World;
let session: PlayedSession;
beforeAll(async () => {
  world = await startWorld();
  session = await openSession(world.url, { keys: ['SHOP-40', 'SHOP-41'] });
});
afterAll(() => world?.stop());

async function settle(value: number): Promise<string> {
  const round = await startRound(world.url, session);
  await vote(world.url, session.ada, round.id, '5');
  await ask(world.url, revealRound, { roundId: round.id }, session.robin);
  await ask(world.url, settleRound, { roundId: round.id, estimate: value }, session.robin);
  return round.issue.key;
}

describe("an issue's estimates", () => {
  it('stand beside what Jira knows of it, for those of the session and for nobody else', async () => {
    const key = await settle(5);
    const query = 'query ($keys: [ID!]!) { issues(keys: $keys) { key summary estimates { sessionId sessionTitle track value } } }';
    const read = async (token?: string) => (await ask(world.url, query, { keys: [key, 'SHOP-42'] }, token)).issues;
    const [estimated, other] = await read(session.ada);
    expect(estimated).toEqual({
      key,
      summary: expect.any(String),
      estimates: [{ sessionId: session.id, sessionTitle: 'Sprint 24', track: 'estimate', value: 5 }],
    });
    expect(other.estimates).toEqual([]);
    const stranger = await openSession(world.url);
    for (const token of [undefined, stranger.ada]) expect((await read(token))[0].estimates).toEqual([]);
  });

  it('are in the payloads of a subscription, the same for every watcher', async () => {
    const query =
      'subscription ($id: ID!) { sessionUpdated(sessionId: $id) { revision items { issue { key summary estimates { value } } } } }';
    const streams = await Promise.all([session.ada, session.grace].map((token) => follow(world.url, query, { id: session.id }, token)));
    const key = await settle(8);
    for (const stream of streams) {
      await expect
        .poll(
          () =>
            stream
              .all()
              .at(-1)
              ?.data.sessionUpdated.items.find((item: { issue: { key: string } }) => item.issue.key === key).issue,
        )
        .toEqual({ key, summary: expect.any(String), estimates: [{ value: 8 }] });
      await stream.close();
    }
  });
});

describe('presence', () => {
  it('reaches watchers when somebody comes, and moves no revision', async () => {
    const query = 'subscription ($id: ID!) { sessionUpdated(sessionId: $id) { revision participants { name isOnline } } }';
    const quiet = await openSession(world.url);
    const stream = await follow(world.url, query, { id: quiet.id }, quiet.robin);
    const join = `mutation ($inviteCode: String!) { joinSession(inviteCode: $inviteCode, name: "Linus") { token session { revision } } }`;
    const { joinSession } = await ask(world.url, join, quiet);
    await expect
      .poll(() => stream.all().at(-1)?.data.sessionUpdated)
      .toMatchObject({
        revision: joinSession.session.revision,
        participants: expect.arrayContaining([{ name: 'Linus', isOnline: true }]),
      });
    expect((await ask(world.url, 'mutation { imHere { isOnline } }', {}, joinSession.token)).imHere).toEqual({ isOnline: true });
    const { session: after } = await ask(world.url, 'query ($id: ID!) { session(id: $id) { revision } }', quiet, quiet.robin);
    expect(after.revision).toBe(joinSession.session.revision);
    await stream.close();
  });
});
