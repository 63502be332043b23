import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRound, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

const nudge = 'mutation ($roundId: ID!, $participantId: ID) { nudge(roundId: $roundId, participantId: $participantId) { name } }';
const react = 'mutation { react(reaction: APPLAUD) { name } }';

describe.each(storages)('signals on $storage', ({ storage }) => {
  let world: VotingWorld;
  let table: Table;
  let roundId: string;
  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  beforeEach(async () => {
    table = await setTable(world);
    roundId = await openRound(world, table);
  });
  afterAll(() => world?.stop());

  const follow = (token: string) =>
    world.subscribe('subscription ($sessionId: ID!) { sessionSignals(sessionId: $sessionId) { by nudged reaction } }', table, token);
  const codeOf = async (query: string, variables: object, token?: string) =>
    (await world.ask(query, variables, token)).errors?.[0]?.extensions['code'];
  const revision = async () =>
    (await world.get('query ($sessionId: ID!) { session(id: $sessionId) { revision } }', table, table.facilitator)).session.revision;

  it('a nudge reaches whoever follows, names whose vote is missing and no card, and moves no revision', async () => {
    const stream = follow(table.spectator);
    const first = stream.next();
    // A stream tells nothing of before it began: reactions until the first of them is heard.
    const reacting = setInterval(() => void world.ask(react, {}, table.facilitator), 200);
    const { value } = await first;
    clearInterval(reacting);
    expect(value?.data.sessionSignals).toMatchObject({ nudged: [], reaction: 'APPLAUD' });
    await world.get('mutation ($roundId: ID!) { castVote(roundId: $roundId, card: "5") { id } }', { roundId }, table.facilitator);
    const before = await revision();
    expect(await world.get(nudge, { roundId }, table.facilitator)).toEqual({ nudge: [{ name: 'Eve' }] });
    let heard = await stream.next();
    while (heard.value?.data.sessionSignals.reaction !== null) heard = await stream.next();
    expect(heard.value.data).toEqual({ sessionSignals: { by: expect.any(String), nudged: [table.estimatorId], reaction: null } });
    expect(await revision()).toBe(before);
    await stream.return?.();
  });

  it('is refused with RATE_LIMITED the second time, NOT_A_FACILITATOR to who has not voted, and to strangers', async () => {
    expect(await codeOf(nudge, { roundId }, table.estimator)).toBe('NOT_A_FACILITATOR');
    expect(await codeOf(nudge, { roundId })).toBe('UNAUTHENTICATED');
    expect(await codeOf(react, {})).toBe('UNAUTHENTICATED');
    const foreign = await setTable(world);
    expect(await codeOf(nudge, { roundId }, foreign.facilitator)).toBe('ROUND_NOT_FOUND');
    await expect(follow(foreign.facilitator).next()).rejects.toMatchObject([{ extensions: { code: 'NOT_A_PARTICIPANT' } }]);
    expect(await world.get(nudge, { roundId, participantId: table.estimatorId }, table.facilitator)).toEqual({ nudge: [{ name: 'Eve' }] });
    expect(await codeOf(nudge, { roundId, participantId: table.estimatorId }, table.facilitator)).toBe('RATE_LIMITED');
  });
});
