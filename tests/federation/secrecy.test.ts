import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, follow, type Loose, send } from './client.ts';
import { openSession, type PlayedSession, revealRound, startRound, vote } from './session.ts';
import { startWorld, type World } from './world.ts';

// Before the reveal nobody but the voter learns a card. Ada has played a 13; Grace tries every way there is.

let world: World;
let session: PlayedSession;
let roundId: string;
beforeAll(async () => {
  world = await startWorld();
  session = await openSession(world.url, { keys: ['SHOP-20', 'SHOP-21'] });
  roundId = (await startRound(world.url, session)).id;
  await vote(world.url, session.ada, roundId, '13');
});
afterAll(() => world?.stop());

const roundFields = `
  id state votedCount
  votes { track participant { name } card { label value kind } }
  result { mean median mode min max standardDeviation agreement numericCount hasConsensus distribution { count card { label } } suggestion { value reason } }
  results { mean distribution { count card { label } } }
  estimates { value }
`;

/** Whether the card has left its deck: the deck itself names every card. */
function tells(answer: Loose): boolean {
  const withoutDecks = JSON.stringify(answer, (key, value: unknown) => (key === 'deck' || key === 'decks' ? undefined : value));
  return /"(?:label|value|mean|median|min|max)":\s*"?13/.test(withoutDecks);
}

const queries: readonly (readonly [string, string])[] = [
  ['the current round', `query ($id: ID!) { session(id: $id) { currentRound { ${roundFields} } } }`],
  ['the rounds of the items', `query ($id: ID!) { session(id: $id) { items { state rounds { ${roundFields} } estimates { value } } } }`],
  [
    'aliases and fragments',
    `query ($id: ID!) { a: session(id: $id) { r: currentRound { ...R } } } fragment R on Round { v: votes { c: card { label l2: label } } }`,
  ],
  ['the item of the round', `query ($id: ID!) { session(id: $id) { currentRound { item { rounds { ${roundFields} } } } } }`],
];

describe('before the reveal', () => {
  it.each(queries)('Grace does not see the card in %s', async (_where, query) => {
    const { data } = await send(world.url, query, { id: session.id }, session.grace);
    expect(data).not.toBeNull();
    expect(tells(data)).toBe(false);
  });

  it('Grace sees that Ada has voted, and nothing else of the vote', async () => {
    const read = await ask(
      world.url,
      'query ($id: ID!) { session(id: $id) { currentRound { votedCount votes { participant { name } card { label } } result { mean } results { mean } } } }',
      { id: session.id },
      session.grace,
    );
    expect(read.session.currentRound).toEqual({
      votedCount: 1,
      votes: [{ participant: { name: 'Ada' }, card: null }],
      result: null,
      results: [],
    });
  });

  it('the facilitator sees no more than Grace', async () => {
    for (const [, query] of queries) expect(tells((await send(world.url, query, { id: session.id }, session.robin)).data)).toBe(false);
  });

  it('`myVote` shows Ada her card, and Grace none', async () => {
    const query = 'query ($roundId: ID!) { myVote(roundId: $roundId) { card { label } } }';
    expect((await ask(world.url, query, { roundId }, session.ada)).myVote).toEqual([{ card: { label: '13' } }]);
    expect((await ask(world.url, query, { roundId }, session.grace)).myVote).toEqual([]);
  });

  it("a mutation's answer does not show it, not even to Ada", async () => {
    const again = await ask(
      world.url,
      `mutation ($roundId: ID!) { castVote(roundId: $roundId, card: "13") { ${roundFields} } }`,
      { roundId },
      session.ada,
    );
    expect(tells(again)).toBe(false);
    const mine = await ask(
      world.url,
      `mutation ($roundId: ID!) { castVote(roundId: $roundId, card: "1") { ${roundFields} } }`,
      { roundId },
      session.grace,
    );
    expect(tells(mine)).toBe(false);
    await ask(world.url, 'mutation ($roundId: ID!) { retractVote(roundId: $roundId) { votedCount } }', { roundId }, session.grace);
  });

  it('an entity path does not exist for clients', async () => {
    const document = `query ($id: ID!) { _entities(representations: [{ __typename: "Round", id: $id }]) { ... on Round { ${roundFields} } } }`;
    const { errors } = await send(world.url, document, { id: roundId }, session.grace);
    expect(errors[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it("an entity path at voting's own port does not show it", async () => {
    for (const typename of ['Round', 'Session', 'SessionItem']) {
      const fields = { Round: roundFields, Session: `currentRound { ${roundFields} }`, SessionItem: `rounds { ${roundFields} }` }[typename];
      const id = { Round: roundId, Session: session.id, SessionItem: roundId }[typename];
      const document = `query ($id: ID!) { _entities(representations: [{ __typename: "${typename}", id: $id }]) { ... on ${typename} { ${fields} } } }`;
      expect(tells(await send(world.votingUrl, document, { id }, session.grace))).toBe(false);
    }
  });

  it('no subscription shows it', async () => {
    const documents = [
      `subscription ($id: ID!) { sessionUpdated(sessionId: $id) { revision currentRound { ${roundFields} } } }`,
      `subscription ($id: ID!) { sessionEvents(sessionId: $id, after: 0) { type round { ${roundFields} } } }`,
      `subscription ($id: ID!) { voteResults(sessionId: $id) { ${roundFields} } }`,
      `subscription ($id: ID!) { sessionChanges(sessionId: $id, after: 1) { revision changes { ... on RoundChanged { round { ${roundFields} } } ... on VoteChanged { hasVoted } } } }`,
    ];
    const streams = await Promise.all(documents.map((document) => follow(world.url, document, { id: session.id }, session.grace)));
    await vote(world.url, session.grace, roundId, '1');
    await vote(world.url, session.ada, roundId, '13');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(streams[0]?.all().length).toBeGreaterThan(0);
    expect(streams[1]?.all().length).toBeGreaterThan(0);
    expect(streams[2]?.all()).toEqual([]);
    expect(JSON.stringify(streams[3]?.all())).toContain('hasVoted');
    for (const stream of streams) expect(tells(stream.all())).toBe(false);
    for (const stream of streams) await stream.close();
  });

  it('an outsider sees nothing at all', async () => {
    const other = await openSession(world.url);
    for (const [, query] of queries) {
      const { data, errors } = await send(world.url, query, { id: session.id }, other.ada);
      expect(errors[0]?.extensions?.code).toBe('NOT_A_PARTICIPANT');
      expect(JSON.stringify(data)).not.toContain('votes');
    }
    const { errors } = await send(world.url, queries[0]?.[1] ?? '', { id: session.id });
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});

describe('at the reveal', () => {
  it('everybody sees it', async () => {
    await ask(world.url, revealRound, { roundId }, session.robin);
    for (const token of [session.robin, session.ada, session.grace])
      expect(tells((await send(world.url, queries[0]?.[1] ?? '', { id: session.id }, token)).data)).toBe(true);
  });
});
