import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query } from '../../../tests/setup/postgres.ts';
import { hasReplicas, setTable, startVotingWorld, type Table, type VotingWorld } from './world.ts';

const imHere = 'mutation { imHere { name isOnline lastSeenAt } }';

// Who was there is forgotten behind the service's back, which takes a server.
describe.skipIf(!hasReplicas)('presence', () => {
  let world: VotingWorld;
  let table: Table;
  beforeAll(async () => {
    world = await startVotingWorld();
  });
  beforeEach(async () => {
    table = await setTable(world);
    await forgetPresence();
  });
  afterAll(() => world?.stop());

  const read = async (fields: string) =>
    (await world.get(`query ($sessionId: ID!) { session(id: $sessionId) { ${fields} } }`, table, table.facilitator)).session;
  /** As if nobody had been there for long; signs that were noted in passing have arrived by then. */
  async function forgetPresence(): Promise<void> {
    await expect.poll(async () => (await read('participants { isOnline }')).participants.filter(isOnline).length).toBe(3);
    await query(world.databaseUrl ?? '', `DELETE FROM presence WHERE session_id = '${table.sessionId}'`);
  }
  const isOnline = (participant: { isOnline: boolean }) => participant.isOnline;

  it('is told by imHere, and neither moves the revision nor makes an event', async () => {
    const before = await read('revision participants { isOnline lastSeenAt }');
    expect(before.participants).toEqual(Array(3).fill({ isOnline: false, lastSeenAt: null }));
    const { imHere: me } = await world.get(imHere, {}, table.estimator);
    expect(me).toEqual({ name: 'Eve', isOnline: true, lastSeenAt: expect.stringMatching(/Z$/) });
    const after = await read('revision participants { name isOnline }');
    expect(after.revision).toBe(before.revision);
    expect(after.participants.filter(isOnline)).toEqual([{ name: 'Eve', isOnline: true }]);
  });

  it('is not of those who have left, nor of who has no token', async () => {
    await world.get(imHere, {}, table.estimator);
    await world.get('mutation { leaveSession { id } }', {}, table.estimator);
    expect((await read('participants { isOnline }')).participants.filter(isOnline)).toEqual([]);
    const codes = [];
    for (const token of [table.estimator, undefined]) codes.push((await world.ask(imHere, {}, token)).errors?.[0]?.extensions['code']);
    expect(codes).toEqual(['NOT_A_PARTICIPANT', 'UNAUTHENTICATED']);
  });

  it('reaches watchers when somebody comes, at the same revision, and further heartbeats do not', async () => {
    const stream = world.subscribe(
      'subscription ($sessionId: ID!) { sessionUpdated(sessionId: $sessionId) { revision title participants { name isOnline } } }',
      table,
      table.facilitator,
    );
    const next = async () => (await stream.next()).value.data.sessionUpdated;
    const first = await next();
    expect(first.participants.filter(isOnline)).toEqual([]);
    const came = next();
    await world.get(imHere, {}, table.spectator);
    expect((await came).revision).toBe(first.revision);
    expect((await came).participants.filter(isOnline)).toEqual([{ name: 'Sam', isOnline: true }]);
    for (let beat = 0; beat < 5; beat += 1) await world.get(imHere, {}, table.spectator);
    const changed = next();
    await world.get('mutation { updateSession(title: "Changed") { id } }', {}, table.facilitator);
    expect(await changed).toMatchObject({ revision: first.revision + 1, title: 'Changed' });
    await stream.return?.();
  });
});
