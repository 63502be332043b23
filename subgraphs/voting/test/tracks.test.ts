import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVotingWorld, storages, type VotingWorld } from './world.ts';

describe.each(storages)('a session of several tracks on $storage', ({ storage }) => {
  let world: VotingWorld;

  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  it('can be opened with each of the ready-made sets of tracks', async () => {
    const { trackPresets } = await world.get('{ trackPresets { name tracks { id label discipline } } }');
    expect(trackPresets.map(({ name }: { name: string }) => name)).toEqual(['single', 'dev-test', 'front-back-qa']);
    const create =
      'mutation ($tracks: [TrackInput!]) { createSession(title: "T", name: "A", tracks: $tracks) { session { tracks { id label discipline } } } }';
    for (const { tracks } of trackPresets) {
      const { createSession } = await world.get(create, { tracks });
      expect(createSession.session.tracks).toEqual(tracks);
    }
  });

  it('estimates several tracks side by side, each by its discipline', async () => {
    const create = `mutation { createSession(title: "Split", name: "Dee", discipline: "dev", settings: { autoRevealSeconds: 0 },
      tracks: [{ id: "dev", discipline: "dev" }, { id: "test", discipline: "qa" }]) { token session { id inviteCode } } }`;
    const { createSession: dev } = await world.get(create);
    const { joinSession: qa } = await world.get(
      'mutation ($inviteCode: String!) { joinSession(inviteCode: $inviteCode, name: "Quin", discipline: "qa") { token } }',
      dev.session,
    );
    await world.get('mutation ($id: ID!) { addTopics(sessionId: $id, topics: ["One"]) { added { id } } }', dev.session, dev.token);
    const { startRound } = await world.get('mutation ($id: ID!) { startRound(sessionId: $id) { id } }', dev.session, dev.token);
    const castIn =
      'mutation ($id: ID!, $track: ID!, $card: String!) { castVote(roundId: $id, track: $track, card: $card) { state results { track median } } }';
    await world.get(castIn, { ...startRound, track: 'dev', card: '5' }, dev.token);
    const { castVote } = await world.get(castIn, { ...startRound, track: 'test', card: '2' }, qa.token);
    expect(castVote).toEqual({
      state: 'REVEALED',
      results: [
        { track: 'dev', median: 5 },
        { track: 'test', median: 2 },
      ],
    });
    const settle =
      'mutation ($id: ID!) { settleRound(roundId: $id, estimates: [{ track: "dev", value: 5 }, { track: "test", value: 2 }]) { estimates { track value } } }';
    const { settleRound } = await world.get(settle, startRound, dev.token);
    expect(settleRound.estimates).toEqual([
      { track: 'dev', value: 5 },
      { track: 'test', value: 2 },
    ]);
  });
});
