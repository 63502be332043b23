import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply, changesQuery, readSession } from './changes.ts';
import { type GraphqlAnswer, openRound, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

describe.each(storages)('the changes of a session on $storage', ({ storage }) => {
  let world: VotingWorld;
  let table: Table;

  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  const act = (mutation: string, token = table.facilitator) => world.get(`mutation { ${mutation} { __typename } }`, {}, token);
  const follow = (after: number | null, token = table.spectator) =>
    world.subscribe(changesQuery, { sessionId: table.sessionId, after }, token);

  /** Everything that can be done to a session, one after the other. */
  async function playAll(): Promise<void> {
    const [one = '', two = '', three = ''] = table.itemIds;
    await act('updateSession(title: "Renamed", settings: { policy: MAX, autoRevealSeconds: 60, writeBack: false })');
    const first = await openRound(world, table);
    for (const card of ['3', '5']) await act(`castVote(roundId: "${first}", card: "${card}")`, table.estimator);
    await act(`castVote(roundId: "${first}", card: "8")`);
    await act(`cancelReveal(roundId: "${first}")`);
    await act(`retractVote(roundId: "${first}")`, table.estimator);
    await act(`castVote(roundId: "${first}", card: "13", note: "The API is old")`, table.estimator);
    await act(`revealRound(roundId: "${first}")`);
    await act(`startRound(sessionId: "${table.sessionId}", itemId: "${one}")`);
    await act('updateMe(role: SPECTATOR)', table.estimator);
    await act('updateMe(role: ESTIMATOR, name: "Evelyn")', table.estimator);
    await act(`skipItem(itemId: "${one}")`);
    const second = await openRound(world, table);
    await act(`setTimer(roundId: "${second}", seconds: 600)`);
    await act(`pauseTimer(roundId: "${second}")`);
    await act('updateSession(settings: { atDeadline: REVEAL, hideEstimates: true })');
    await act('pauseSession');
    await act('resumeSession');
    await act(`castVote(roundId: "${second}", card: "8")`, table.estimator);
    await act(`revealRound(roundId: "${second}")`);
    await act(`settleRound(roundId: "${second}", estimate: 8, decision: "Without the migration")`);
    await act(`noteDecision(itemId: "${one}", decision: "Later")`);
    await act(`noteDecision(itemId: "${one}")`);
    await act(`addTopics(sessionId: "${table.sessionId}", topics: ["Four", "Five"])`);
    await act(`moveItem(itemId: "${two}", to: 3)`);
    await act(`editTopic(itemId: "${three}", topic: "Third")`);
    await act(`deferItem(itemId: "${three}")`);
    const { session } = await world.get(
      'query ($sessionId: ID!) { session(id: $sessionId) { items { id topic } } }',
      table,
      table.facilitator,
    );
    const five = session.items.find(({ topic }: { topic: string }) => topic === 'Five').id;
    await act(`removeItem(itemId: "${five}")`);
    await act(`grantFacilitation(participantId: "${table.estimatorId}")`);
    await act('rotateInviteCode');
    await act(`removeParticipant(participantId: "${table.estimatorId}")`);
    await act('closeSession');
    await act('reopenSession');
  }

  it('put into what was read before, make what is read after them: change by change, and all in one', async () => {
    table = await setTable(world);
    const followed = await readSession(world, table.sessionId, table.facilitator);
    const resumed = structuredClone(followed);
    const { revision: before } = followed;
    const stream = follow(before);
    const played = playAll();
    await played;
    const now = await readSession(world, table.sessionId, table.facilitator);
    while (followed.revision < now.revision) apply(followed, (await stream.next()).value);
    await stream.return?.();
    expect(followed).toEqual(now);

    const late = follow(before);
    let payloads = 0;
    while (resumed.revision < now.revision) {
      apply(resumed, (await late.next()).value);
      payloads += 1;
    }
    await late.return?.();
    expect(resumed).toEqual(now);
    // Who is there, and then all of it.
    expect(payloads).toBe(2);
  });

  it('say who is there when they begin, in 200 bytes at most for each', async () => {
    table = await setTable(world);
    const stream = follow(null);
    const { value } = await stream.next();
    const { revision, changes } = value.data.sessionChanges;
    expect(revision).toBeNull();
    expect(changes).toHaveLength(3);
    expect(changes).toContainEqual({ __typename: 'PresenceChanged', participantId: table.estimatorId, isOnline: true });
    expect(sizeOf({ data: { sessionChanges: { revision, changes: changes.slice(1, 2) } } })).toBeLessThanOrEqual(200);
    await stream.return?.();
  });

  it('cost what changed, not what there is: a vote is 600 bytes at most in the first round of 3 items and in the 20th of 900', async () => {
    table = await setTable(world);
    const sizeOfVote = async (roundId: string) => {
      const { session } = await world.get('query ($sessionId: ID!) { session(id: $sessionId) { revision } }', table, table.facilitator);
      const stream = follow(session.revision);
      await stream.next();
      await act(`castVote(roundId: "${roundId}", card: "5")`, table.estimator);
      const { value } = await stream.next();
      await stream.return?.();
      expect(value.data.sessionChanges.changes).toEqual([
        { __typename: 'VoteChanged', roundId, participantId: table.estimatorId, track: 'estimate', hasVoted: true },
      ]);
      return sizeOf(value);
    };
    const small = await sizeOfVote(await openRound(world, table));
    const topics = JSON.stringify(Array.from({ length: 897 }, (_, index) => `Topic ${index}`));
    const [item] = table.itemIds;
    for (let round = 0; round < 20; round += 1) {
      const { session } = await world.get(
        'query ($sessionId: ID!) { session(id: $sessionId) { currentRound { id } } }',
        table,
        table.facilitator,
      );
      await act(`revealRound(roundId: "${session.currentRound.id}")`);
      await act(`startRound(sessionId: "${table.sessionId}", itemId: "${item}")`);
    }
    await act(`addTopics(sessionId: "${table.sessionId}", topics: ${topics})`);
    const { session } = await world.get(
      'query ($sessionId: ID!) { session(id: $sessionId) { currentRound { id } } }',
      table,
      table.facilitator,
    );
    const large = await sizeOfVote(session.currentRound.id);
    expect(small).toBeLessThanOrEqual(600);
    expect(large - small).toBeLessThanOrEqual(4);
  });

  it('are the same whatever the cards are, and for every viewer', async () => {
    table = await setTable(world);
    const seen = async (cards: readonly string[]) => {
      const roundId = await openRound(world, table);
      const { session } = await world.get('query ($sessionId: ID!) { session(id: $sessionId) { revision } }', table, table.facilitator);
      const viewers = [table.facilitator, table.estimator, table.spectator].map((token) => follow(session.revision, token));
      await Promise.all(viewers.map((stream) => stream.next()));
      const payloads: unknown[][] = viewers.map(() => []);
      for (const card of cards) {
        await act(`castVote(roundId: "${roundId}", card: "${card}")`, table.estimator);
        for (const [index, stream] of viewers.entries()) payloads[index]?.push(withoutRevision((await stream.next()).value, roundId));
      }
      for (const stream of viewers) await stream.return?.();
      await act(`abandonRound(roundId: "${roundId}")`);
      return payloads;
    };
    const one = await seen(['1', '2']);
    const other = await seen(['89', '?']);
    expect(other).toEqual(one);
    expect(one[1]).toEqual(one[0]);
    expect(one[2]).toEqual(one[0]);
    // A vote that takes the place of another is no news.
    expect(one[0]?.[1]).toEqual([]);
  });

  it('are refused with CURSOR_EXPIRED after a revision that is not there yet, or before what the log tells', async () => {
    table = await setTable(world);
    for (const after of [5, -1, 0]) {
      const read = async () => {
        const stream = follow(after);
        for (let count = 0; count < 3; count += 1) await stream.next();
      };
      await expect(read()).rejects.toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED', revision: 4 } }]);
    }
  });
});

function sizeOf(payload: GraphqlAnswer): number {
  return Buffer.byteLength(JSON.stringify(payload));
}

function withoutRevision({ data }: GraphqlAnswer, roundId: string): unknown {
  return JSON.parse(JSON.stringify(data.sessionChanges.changes).replaceAll(roundId, 'round'));
}
