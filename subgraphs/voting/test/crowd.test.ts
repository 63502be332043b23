import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

describe.each(storages)('many at the same moment, on $storage,', ({ storage }) => {
  let world: VotingWorld;
  let table: Table;
  const read = async (fields: string) =>
    (await world.get(`query ($sessionId: ID!) { session(id: $sessionId) { ${fields} } }`, table, table.facilitator)).session;
  const sendThrice = (mutation: string, given: object) => Promise.all([1, 2, 3].map(() => world.ask(mutation, given, table.facilitator)));

  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  it('who join all come in', async () => {
    table = await setTable(world);
    const join = 'mutation ($inviteCode: String!, $name: String!) { joinSession(inviteCode: $inviteCode, name: $name) { token } }';
    const crowd = Array.from({ length: 60 }, (_, index) => world.ask(join, { ...table, name: `Guest ${index}` }));
    expect((await Promise.all(crowd)).flatMap(({ errors = [] }) => errors)).toEqual([]);
    expect((await read('participants { id }')).participants).toHaveLength(63);
  });

  it('are copies of one request: each is answered as the others', async () => {
    const start =
      'mutation ($sessionId: ID!, $idempotencyKey: ID!) { startRound(sessionId: $sessionId, idempotencyKey: $idempotencyKey) { id session: state } }';
    const rename =
      'mutation ($idempotencyKey: ID!, $revision: Int!) { updateSession(title: "New", idempotencyKey: $idempotencyKey, expectedRevision: $revision) { title } }';
    for (let turn = 0; turn < 10; turn += 1) {
      table = await setTable(world);
      const started = await sendThrice(start, { ...table, idempotencyKey: randomUUID() });
      expect(new Set(started.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
      expect(started[0]?.data).toMatchObject({ startRound: { session: 'OPEN' } });
      const given = { idempotencyKey: randomUUID(), ...(await read('revision')) };
      expect(await sendThrice(rename, given)).toEqual(Array(3).fill({ data: { updateSession: { title: 'New' } } }));
    }
  });
});
