import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRound, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

describe.each(storages)('a session on $storage', ({ storage }) => {
  let world: VotingWorld;
  let table: Table;
  const cast = (roundId: string, card: string, token: string, idempotencyKey?: string) =>
    world.ask(
      'mutation ($roundId: ID!, $card: String!, $idempotencyKey: ID) { castVote(roundId: $roundId, card: $card, idempotencyKey: $idempotencyKey) { state votedCount revealsAt } }',
      { roundId, card, idempotencyKey },
      token,
    );
  const codesOf = (answer: Awaited<ReturnType<VotingWorld['ask']>>) => answer.errors?.map((error) => error.extensions['code']);
  const read = (fields: string, token = table.facilitator) =>
    world.get(`query ($id: ID!) { session(id: $id) { ${fields} } }`, { id: table.sessionId }, token).then((data) => data.session);

  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  it('is played from the first round to the settled estimate, and keeps every round', async () => {
    table = await setTable(world);
    const first = await openRound(world, table);
    await cast(first, '1', table.facilitator);
    await cast(first, '8', table.estimator);
    const reveal =
      'mutation ($id: ID!) { revealRound(roundId: $id) { state votes { participant { name } card { value } } result { mean median hasConsensus outliers { name } suggestion { value rule reason } } } }';
    const { revealRound } = await world.get(reveal, { id: first }, table.facilitator);
    expect(revealRound).toEqual({
      state: 'REVEALED',
      votes: [
        { participant: { name: 'Fay' }, card: { value: 1 } },
        { participant: { name: 'Eve' }, card: { value: 8 } },
      ],
      result: {
        mean: 4.5,
        median: 4.5,
        hasConsensus: false,
        outliers: [{ name: 'Fay' }, { name: 'Eve' }],
        suggestion: { value: 5, rule: 'MEDIAN', reason: 'The median is 4.5; the nearest card is 5.' },
      },
    });
    const second = await openRound(world, table);
    await cast(second, '5', table.facilitator);
    await world.get(reveal, { id: second }, table.facilitator);
    await world.get('mutation ($id: ID!) { settleRound(roundId: $id, estimate: 5) { state } }', { id: second }, table.facilitator);
    const session = await read('currentRound { id } items { state estimates { value } rounds { number state votes { card { label } } } }');
    expect(session.currentRound).toBeNull();
    expect(session.items[0]).toEqual({
      state: 'ESTIMATED',
      estimates: [{ value: 5 }],
      rounds: [
        { number: 1, state: 'REVOTED', votes: [{ card: { label: '1' } }, { card: { label: '8' } }] },
        { number: 2, state: 'SETTLED', votes: [{ card: { label: '5' } }] },
      ],
    });
  });

  it('takes 0 and ½ as estimates, and neither is null', async () => {
    table = await setTable(world);
    for (const estimate of [0, 0.5]) {
      const roundId = await openRound(world, table);
      await cast(roundId, '0', table.estimator);
      await world.get('mutation ($id: ID!) { revealRound(roundId: $id) { id } }', { id: roundId }, table.facilitator);
      await world.get(
        'mutation ($id: ID!, $estimate: Float!) { settleRound(roundId: $id, estimate: $estimate) { id } }',
        { id: roundId, estimate },
        table.facilitator,
      );
    }
    const { items } = await read('items { estimates { value } }');
    expect(items.slice(0, 2)).toEqual([{ estimates: [{ value: 0 }] }, { estimates: [{ value: 0.5 }] }]);
  });

  it('takes nobody new while it is locked, and lets who is in come back', async () => {
    table = await setTable(world);
    const lock = (isLocked: boolean) =>
      world.get(
        'mutation ($isLocked: Boolean!) { updateSession(settings: { isLocked: $isLocked }) { settings { isLocked successionSeconds } } }',
        { isLocked },
        table.facilitator,
      );
    const join = 'mutation ($inviteCode: String!) { joinSession(inviteCode: $inviteCode, name: "New") { participant { id } } }';
    expect((await lock(true)).updateSession.settings).toEqual({ isLocked: true, successionSeconds: 120 });
    expect(codesOf(await world.ask(join, table))).toEqual(['SESSION_LOCKED']);
    expect((await world.get(join, table, table.estimator)).joinSession.participant.id).toBe(table.estimatorId);
    await lock(false);
    expect((await world.get(join, table)).joinSession.participant.id).not.toBe(table.estimatorId);
  });

  it('counts who passes as having voted, and leaves their card out of the maths', async () => {
    table = await setTable(world, { settings: { autoRevealSeconds: 0 } });
    const roundId = await openRound(world, table);
    await cast(roundId, '8', table.facilitator);
    expect((await cast(roundId, 'pass', table.estimator)).data.castVote.state).toBe('REVEALED');
    const { currentRound } = await read(
      'currentRound { result { numericCount median hasConsensus distribution { card { label kind } } } }',
    );
    expect(currentRound.result).toEqual({
      numericCount: 1,
      median: 8,
      hasConsensus: false,
      distribution: [{ card: { label: '8', kind: 'NUMBER' } }, { card: { label: 'pass', kind: 'PASS' } }],
    });
  });

  it('reveals at once when everybody has voted and autoRevealSeconds is 0', async () => {
    table = await setTable(world, { settings: { autoRevealSeconds: 0 } });
    const roundId = await openRound(world, table);
    expect((await cast(roundId, '3', table.facilitator)).data.castVote.state).toBe('OPEN');
    expect((await cast(roundId, '3', table.estimator)).data.castVote.state).toBe('REVEALED');
  });

  it('counts down to the reveal on the server, stops when somebody retracts, and reveals in the end', async () => {
    table = await setTable(world, { settings: { autoRevealSeconds: 1 } });
    const roundId = await openRound(world, table);
    await cast(roundId, '3', table.facilitator);
    expect((await cast(roundId, '3', table.estimator)).data.castVote.revealsAt).not.toBeNull();
    const { retractVote } = await world.get(
      'mutation ($roundId: ID!) { retractVote(roundId: $roundId) { revealsAt votedCount } }',
      { roundId },
      table.estimator,
    );
    expect(retractVote).toEqual({ revealsAt: null, votedCount: 1 });
    await cast(roundId, '5', table.estimator);
    const results = world.subscribe(
      'subscription ($sessionId: ID!) { voteResults(sessionId: $sessionId) { state votes { card { label } } } }',
      table,
      table.spectator,
    );
    expect((await results.next()).value.data.voteResults).toEqual({
      state: 'REVEALED',
      votes: [{ card: { label: '3' } }, { card: { label: '5' } }],
    });
    await results.return?.();
  });

  it('withdraws the vote of who turns spectator, and reveals when the rest have voted', async () => {
    table = await setTable(world, { settings: { autoRevealSeconds: 0 } });
    const roundId = await openRound(world, table);
    await cast(roundId, '3', table.facilitator);
    await world.get('mutation { updateMe(role: SPECTATOR) { role } }', {}, table.estimator);
    const { currentRound } = await read('currentRound { state roster { name } votes { participant { name } } }');
    expect(currentRound).toEqual({ state: 'REVEALED', roster: [{ name: 'Fay' }], votes: [{ participant: { name: 'Fay' } }] });
  });

  it('does not let a late joiner hold up the open round, and lets them into the next', async () => {
    table = await setTable(world);
    const roundId = await openRound(world, table);
    const { joinSession } = await world.get(
      'mutation ($inviteCode: String!) { joinSession(inviteCode: $inviteCode, name: "Lou") { token } }',
      table,
    );
    expect(codesOf(await cast(roundId, '3', joinSession.token))).toEqual(['NOT_IN_ROSTER']);
    await world.get('mutation ($id: ID!) { revealRound(roundId: $id) { id } }', { id: roundId }, table.facilitator);
    const next = await openRound(world, table);
    expect(codesOf(await cast(next, '3', joinSession.token))).toBeUndefined();
  });

  it('is the same participant when one joins again with the token', async () => {
    const again = 'mutation ($inviteCode: String!) { joinSession(inviteCode: $inviteCode, name: "Other") { participant { id name } } }';
    const { joinSession } = await world.get(again, table, table.estimator);
    expect(joinSession.participant).toEqual({ id: table.estimatorId, name: 'Eve' });
  });

  it('shuts out who was removed, and their invite stays good for others', async () => {
    await world.get('mutation ($id: ID!) { removeParticipant(participantId: $id) { id } }', { id: table.estimatorId }, table.facilitator);
    const answer = await world.ask('query ($id: ID!) { session(id: $id) { id } }', { id: table.sessionId }, table.estimator);
    expect(codesOf(answer)).toEqual(['NOT_A_PARTICIPANT']);
  });

  it('hands the facilitation to who joined first when the last facilitator leaves', async () => {
    table = await setTable(world);
    await world.get('mutation { leaveSession { id } }', {}, table.facilitator);
    const { facilitators } = await read('facilitators { name }', table.estimator);
    expect(facilitators).toEqual([{ name: 'Eve' }]);
  });

  it('closes without pretending that unplayed items were played, and opens again', async () => {
    table = await setTable(world);
    const roundId = await openRound(world, table);
    await world.get('mutation { closeSession { state } }', {}, table.facilitator);
    expect(codesOf(await cast(roundId, '3', table.estimator))).toEqual(['SESSION_CLOSED']);
    expect((await read('items { state }')).items).toEqual([{ state: 'PENDING' }, { state: 'PENDING' }, { state: 'PENDING' }]);
    await world.get('mutation { reopenSession { state } }', {}, table.facilitator);
    expect(codesOf(await cast(roundId, '3', table.estimator))).toEqual(['ROUND_NOT_OPEN']);
  });

  it('defers an item to the end of the queue and keeps its votes', async () => {
    table = await setTable(world);
    const roundId = await openRound(world, table);
    await cast(roundId, '3', table.estimator);
    await world.get('mutation ($id: ID!) { deferItem(itemId: $id) { state } }', { id: table.itemIds[0] }, table.facilitator);
    const { items, currentRound } = await read('currentRound { id } items { topic state rounds { state votedCount } }');
    expect(currentRound).toBeNull();
    expect(items.map((item: { topic: string }) => item.topic)).toEqual(['Two', 'Three', 'One']);
    expect(items[2]).toMatchObject({ state: 'DEFERRED', rounds: [{ state: 'ABANDONED', votedCount: 1 }] });
  });

  it('acts once on a request that is sent twice, and refuses its id with other input', async () => {
    table = await setTable(world);
    const roundId = await openRound(world, table);
    const idempotencyKey = `vote-${randomUUID()}`;
    await cast(roundId, '3', table.estimator, idempotencyKey);
    await cast(roundId, '8', table.estimator);
    expect((await cast(roundId, '3', table.estimator, idempotencyKey)).errors).toBeUndefined();
    const { myVote } = await world.get(
      'query ($roundId: ID!) { myVote(roundId: $roundId) { card { label } } }',
      { roundId },
      table.estimator,
    );
    expect(myVote).toEqual([{ card: { label: '8' } }]);
    expect(codesOf(await cast(roundId, '5', table.estimator, idempotencyKey))).toEqual(['REQUEST_ID_REUSED']);
  });

  it('lets one of two facilitators win who act on the same revision', async () => {
    table = await setTable(world);
    await world.get('mutation ($id: ID!) { grantFacilitation(participantId: $id) { id } }', { id: table.estimatorId }, table.facilitator);
    const { revision } = await read('revision');
    const start = 'mutation ($sessionId: ID!, $revision: Int!) { startRound(sessionId: $sessionId, expectedRevision: $revision) { id } }';
    const answers = await Promise.all([table.facilitator, table.estimator].map((token) => world.ask(start, { ...table, revision }, token)));
    expect(answers.map(codesOf).filter((codes) => codes === undefined)).toHaveLength(1);
    expect(answers.flatMap((answer) => codesOf(answer) ?? [])).toEqual(['SESSION_CHANGED']);
  });
});
