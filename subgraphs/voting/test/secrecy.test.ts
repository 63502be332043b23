import { type GraphQLObjectType, type GraphQLOutputType, getNamedType, isObjectType, isRequiredArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSchema } from '../../../kit/subgraph/server.ts';
import { resolvers } from '../src/graphql/resolvers.ts';
import { openRound, setTable, startVotingWorld, type Table, type VotingWorld } from './world.ts';

const schema = buildSchema(new URL('../schema.graphql', import.meta.url), resolvers);

/** Every field that can be reached without arguments, each type at most twice on the way. */
function selectAll(type: GraphQLOutputType, path: readonly string[] = []): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  if (path.filter((name) => name === named.name).length >= 2 || path.length >= 7) return '{ __typename }';
  const fields = Object.values((named as GraphQLObjectType).getFields())
    .filter((field) => !field.args.some(isRequiredArgument))
    .map((field) => `${field.name} ${selectAll(field.type, [...path, named.name])}`);
  return `{ __typename ${fields.join(' ')} }`;
}

const getType = (name: string) => schema.getType(name) as GraphQLObjectType;

/** What may differ between two moments whatever the cards are. */
function withoutRevisions(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === 'revision' || key === 'at' || key === 'lastSeenAt' ? undefined : inner)),
  );
}

describe('a hidden card', () => {
  let world: VotingWorld;
  let table: Table;
  let roundId: string;
  const cast = (card: string) =>
    world.get(
      'mutation ($roundId: ID!, $card: String!, $note: String) { castVote(roundId: $roundId, card: $card, note: $note) { id } }',
      // The note is as hidden as the card: whatever differs by one differs by the other.
      { roundId, card, note: `Because of ${card} things` },
      table.estimator,
    );

  beforeAll(async () => {
    world = await startVotingWorld();
    table = await setTable(world);
    roundId = await openRound(world, table);
  });
  afterAll(() => world?.stop());

  it.each(['facilitator', 'spectator', 'estimator'] as const)(
    'changes nothing in anything that the %s can read of the session',
    async (viewer) => {
      const query = `query ($id: ID!) { session(id: $id) ${selectAll(getType('Session'))} me ${selectAll(getType('Participant'))} }`;
      await cast('1');
      const before = await world.get(query, { id: table.sessionId }, table[viewer]);
      await cast('89');
      const after = await world.get(query, { id: table.sessionId }, table[viewer]);
      expect(withoutRevisions(after)).toEqual(withoutRevisions(before));
      expect(JSON.stringify(before)).toContain('"votedCount":1');
    },
  );

  it('is in no subscription payload, and equal for all', async () => {
    const query = `subscription ($sessionId: ID!) { sessionUpdated(sessionId: $sessionId) ${selectAll(getType('Session'))} }`;
    const payloads: unknown[][] = [];
    for (const viewer of ['facilitator', 'estimator'] as const) {
      const seen: unknown[] = [];
      const stream = world.subscribe(query, table, table[viewer]);
      seen.push((await stream.next()).value.data);
      await cast('2');
      seen.push((await stream.next()).value.data);
      await cast('34');
      seen.push((await stream.next()).value.data);
      await stream.return?.();
      payloads.push(seen);
    }
    for (const seen of payloads) {
      expect(withoutRevisions(seen[1])).toEqual(withoutRevisions(seen[2]));
    }
    expect(withoutRevisions(payloads[0]?.[2])).toEqual(withoutRevisions(payloads[1]?.[2]));
  });

  it('is in no event of the log', async () => {
    const query = `subscription ($sessionId: ID!) { sessionEvents(sessionId: $sessionId, after: 0) ${selectAll(getType('SessionEvent'))} }`;
    const read = async (until: number) => {
      const stream = world.subscribe(query, table, table.spectator);
      const events: { revision: number }[] = [];
      while ((events.at(-1)?.revision ?? 0) < until) events.push((await stream.next()).value.data.sessionEvents);
      await stream.return?.();
      return events;
    };
    await cast('3');
    const { session } = await world.get('query ($sessionId: ID!) { session(id: $sessionId) { revision } }', table, table.facilitator);
    const before = await read(session.revision);
    await cast('55');
    const after = await read(session.revision + 1);
    expect(after.length).toBeGreaterThan(3);
    expect(withoutRevisions(after)).toEqual(withoutRevisions(before));
  });

  it("is in the voter's own myVote and in nobody else's", async () => {
    await cast('13');
    const query = 'query ($roundId: ID!) { myVote(roundId: $roundId) { card { label } note } }';
    expect((await world.get(query, { roundId }, table.estimator)).myVote).toEqual([
      { card: { label: '13' }, note: 'Because of 13 things' },
    ]);
    expect((await world.get(query, { roundId }, table.facilitator)).myVote).toEqual([]);
    expect((await world.ask(query, { roundId }, table.stranger)).errors?.[0]?.extensions['code']).toBe('ROUND_NOT_FOUND');
  });

  it('is not answered to the mutation that played it, nor told by a refusal', async () => {
    const query = `mutation ($roundId: ID!, $card: String!) { castVote(roundId: $roundId, card: $card, note: $card) ${selectAll(getType('Round'))} }`;
    const one = await world.get(query, { roundId, card: '5' }, table.estimator);
    const other = await world.get(query, { roundId, card: '21' }, table.estimator);
    expect(withoutRevisions(other)).toEqual(withoutRevisions(one));
    const settle = await world.ask(
      'mutation ($roundId: ID!) { settleRound(roundId: $roundId, estimate: 5) { id } }',
      { roundId },
      table.facilitator,
    );
    expect(settle.errors?.[0]?.message).not.toMatch(/21/);
    expect(settle.errors?.[0]?.extensions).toEqual({ code: 'ROUND_NOT_REVEALED', state: 'OPEN' });
  });

  it('stays hidden when its round is abandoned', async () => {
    const query = `query ($id: ID!) { session(id: $id) ${selectAll(getType('Session'))} }`;
    await cast('8');
    await world.get('mutation ($roundId: ID!) { abandonRound(roundId: $roundId) { id } }', { roundId }, table.facilitator);
    const { session } = await world.get(query, { id: table.sessionId }, table.facilitator);
    const votes = session.items.flatMap((item: { rounds: { votes: { card: unknown; note: unknown }[] }[] }) =>
      item.rounds.flatMap((round) => round.votes),
    );
    expect(votes).not.toHaveLength(0);
    expect(votes.every((vote: { card: unknown; note: unknown }) => vote.card === null && vote.note === null)).toBe(true);
  });
});
