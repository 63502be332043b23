import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRound, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

// What went wrong in other tools, where no other test here stands against it.
describe.each(storages)('a round on $storage', ({ storage }) => {
  let world: VotingWorld;
  let table: Table;
  const cast = (roundId: string, card: string, token: string) =>
    world.ask('mutation ($roundId: ID!, $card: String!) { castVote(roundId: $roundId, card: $card) { id } }', { roundId, card }, token);
  const read = async (fields: string) =>
    (await world.get(`query ($sessionId: ID!) { session(id: $sessionId) { ${fields} } }`, table, table.spectator)).session;

  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  it('takes no vote that was meant for the item before: ROUND_NOT_OPEN', async () => {
    table = await setTable(world);
    const before = await openRound(world, table);
    await world.get('mutation ($id: ID!) { skipItem(itemId: $id) { state } }', { id: table.itemIds[0] }, table.facilitator);
    await openRound(world, table);
    const late = await cast(before, '13', table.estimator);
    expect(late.errors?.map(({ extensions }) => extensions['code'])).toEqual(['ROUND_NOT_OPEN']);
    const { items } = await read('items { rounds { votedCount } }');
    expect(items).toEqual([{ rounds: [{ votedCount: 0 }] }, { rounds: [{ votedCount: 0 }] }, { rounds: [] }]);
  });

  it('lists its votes in the order of the roster, whoever was quicker and whatever they played', async () => {
    table = await setTable(world);
    const orders: string[][] = [];
    for (const [first, second] of [
      [table.facilitator, table.estimator],
      [table.estimator, table.facilitator],
    ] as const) {
      const roundId = await openRound(world, table);
      await cast(roundId, '89', first);
      await cast(roundId, '0', second);
      const { currentRound } = await read('currentRound { votes { participant { name } } }');
      orders.push(currentRound.votes.map((vote: { participant: { name: string } }) => vote.participant.name));
      await world.get('mutation ($id: ID!) { abandonRound(roundId: $id) { id } }', { id: roundId }, table.facilitator);
    }
    expect(orders).toEqual([
      ['Fay', 'Eve'],
      ['Fay', 'Eve'],
    ]);
  });

  it('that several reveal at the same moment is revealed once, and all are told so', async () => {
    table = await setTable(world, { settings: { revealedBy: 'EVERYONE' } });
    const roundId = await openRound(world, table);
    await cast(roundId, '5', table.estimator);
    const { revision } = await read('revision');
    const reveal = 'mutation ($id: ID!) { revealRound(roundId: $id) { state votes { card { label } } } }';
    const tokens = [table.facilitator, table.estimator, table.spectator, table.facilitator];
    const revealed = await Promise.all(tokens.map((token) => world.get(reveal, { id: roundId }, token)));
    expect(revealed).toEqual(tokens.map(() => ({ revealRound: { state: 'REVEALED', votes: [{ card: { label: '5' } }] } })));
    expect((await read('revision')).revision).toBe(revision + 1);
  });

  it('has a number for each size of a T-shirt, so that Jira can take it', async () => {
    const { decks } = await world.get('{ decks { name cards { label value kind } } }');
    const { cards } = decks.find(({ name }: { name: string }) => name === 't-shirt');
    const sizes = cards.filter(({ kind }: { kind: string }) => kind === 'NUMBER');
    expect(sizes.map(({ label, value }: { label: string; value: number }) => `${label} ${value}`)).toEqual(
      'XS 1, S 2, M 4, L 8, XL 16, XXL 32'.split(', '),
    );
  });
});
