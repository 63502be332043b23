import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRound, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

describe.each(storages)('following a session on $storage', ({ storage }) => {
  let world: VotingWorld;
  let table: Table;
  const act = (mutation: string, roundId: string, token = table.facilitator) =>
    world.get(`mutation ($roundId: ID!) { ${mutation} { id } }`, { roundId }, token);

  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  it('tells every change once and in order, from any cursor', async () => {
    table = await setTable(world);
    const roundId = await openRound(world, table);
    const events = world.subscribe(
      'subscription ($sessionId: ID!) { sessionEvents(sessionId: $sessionId, after: 3) { revision type participant { name } } }',
      table,
      table.spectator,
    );
    const seen = [(await events.next()).value.data.sessionEvents, (await events.next()).value.data.sessionEvents];
    await act('castVote(roundId: $roundId, card: "3")', roundId, table.estimator);
    seen.push((await events.next()).value.data.sessionEvents);
    await events.return?.();
    expect(seen).toEqual([
      { revision: 4, type: 'ITEMS_CHANGED', participant: null },
      { revision: 5, type: 'ROUND_STARTED', participant: null },
      // Whose vote it is the log tells nobody.
      { revision: 6, type: 'VOTE_CAST', participant: null },
    ]);
  });

  it('tells the results after a cursor as they were, once and in order, then those that come', async () => {
    table = await setTable(world);
    const first = await openRound(world, table);
    await act('castVote(roundId: $roundId, card: "3")', first, table.estimator);
    await act('revealRound(roundId: $roundId)', first);
    const second = await openRound(world, table);
    await act('revealRound(roundId: $roundId)', second);
    await act('settleRound(roundId: $roundId, estimate: 8)', second);

    const follow = (after: number) =>
      world.subscribe(
        'subscription ($sessionId: ID!, $after: Int) { voteResults(sessionId: $sessionId, after: $after) { id revision state votes { card { label } } estimates { value } } }',
        { ...table, after },
        table.spectator,
      );
    const results = follow(0);
    const next = async () => (await results.next()).value.data.voteResults;
    const revealed = { state: 'REVEALED', estimates: [] };
    const told = [await next(), await next(), await next()];
    expect(told).toEqual([
      { id: first, revision: 7, ...revealed, votes: [{ card: { label: '3' } }] },
      { id: second, revision: 9, ...revealed, votes: [] },
      { id: second, revision: 10, state: 'SETTLED', votes: [], estimates: [{ value: 8 }] },
    ]);
    const third = await openRound(world, table);
    await act('revealRound(roundId: $roundId)', third);
    expect(await next()).toMatchObject({ id: third, revision: 12 });
    await results.return?.();

    const resumed = follow(told[1].revision);
    expect((await resumed.next()).value.data.voteResults).toEqual(told[2]);
    expect((await resumed.next()).value.data.voteResults).toMatchObject({ id: third, revision: 12 });
    await resumed.return?.();
  });

  it.each(['sessionEvents', 'voteResults'])('refuses a cursor of %s that the log does not reach with CURSOR_EXPIRED', async (field) => {
    table = await setTable(world);
    for (const after of [5, -1]) {
      const stream = world.subscribe(
        `subscription ($sessionId: ID!, $after: Int) { ${field}(sessionId: $sessionId, after: $after) { revision } }`,
        { ...table, after },
        table.spectator,
      );
      await expect(stream.next()).rejects.toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED', revision: 4 } }]);
    }
  });
});
