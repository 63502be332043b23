import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../../../../kit/process/logging.ts';
import { migratePostgres } from '../../../../../prisma/migrate.ts';
import { createDatabase } from '../../../../../tests/setup/postgres.ts';
import type { SessionAggregate } from '../../domain/model.ts';
import { ballot, facilitatorOf, open, openRoundOf, openTable, queue, requestOf } from '../testing/play.ts';
import type { VotingStore } from '../voting-store.ts';
import { createPostgresStore } from './postgres.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const sessions = 40;

describe.skipIf(adminUrl === undefined)('votes of many sessions at the same moment', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let store: VotingStore;
  let replica: VotingStore;
  let tables: readonly SessionAggregate[];
  beforeAll(async () => {
    database = await createDatabase(adminUrl ?? '');
    await migratePostgres(database.url);
    const log = createLogger('test', 'silent');
    [store, replica] = [createPostgresStore({ url: database.url, log }), createPostgresStore({ url: database.url, log })];
    tables = await Promise.all(
      Array.from({ length: sessions }, async () => open(store, await queue(store, await openTable(store, { voters: 2 })))),
    );
  });
  afterAll(async () => {
    await store.close();
    await replica.close();
    await database.drop();
  });

  const voteEverywhere = (card: string, by: VotingStore = store) =>
    Promise.all(tables.map((state) => by.castVote({ ...ballot(state, facilitatorOf(state), card), structure: state.session.structure })));

  async function statementsOf(act: () => Promise<unknown>): Promise<readonly string[]> {
    const original = pg.Client.prototype.query;
    const sent: string[] = [];
    pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
      sent.push(String((given[0] as { readonly text?: string }).text));
      return Reflect.apply(original, this, given);
    } as typeof original;
    try {
      await act();
    } finally {
      pg.Client.prototype.query = original;
    }
    return sent.filter((text) => text.includes("'VOTE_CAST'"));
  }

  it('share their statements, and each is its session’s own', async () => {
    const before = await store.findRevisions(tables.map(({ session }) => session.id));
    let outcomes: readonly unknown[] = [];
    const sent = await statementsOf(async () => {
      outcomes = await voteEverywhere('8');
    });
    expect(sent.length).toBeLessThan(sessions / 4);
    expect(outcomes).toEqual(tables.map(({ session }) => ({ kind: 'committed', revision: (before.get(session.id) ?? 0) + 1 })));
    const votes = await replica.findVotes(tables.map(openRoundOf));
    expect(votes.map(({ card }) => card)).toEqual(tables.map(() => '8'));
    for (const { session } of tables)
      expect(await replica.readEvents(session.id, (before.get(session.id) ?? 0) + 0, 10)).toMatchObject([{ type: 'VOTE_CAST' }]);
  });

  it('one that waits for its session’s lock holds up none of the others', async () => {
    const [held, ...others] = tables;
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM session WHERE id = $1 FOR UPDATE', [held?.session.id]);
    let isHeldDone = false;
    const outcomes = tables.map((state) => store.castVote(ballot(state, facilitatorOf(state), '5')));
    const first = outcomes[0]?.then(() => {
      isHeldDone = true;
    });
    expect((await Promise.all(outcomes.slice(1))).map(({ kind }) => kind)).toEqual(others.map(() => 'committed'));
    // Also those that come while it waits.
    expect((await Promise.all(others.map((state) => store.castVote(ballot(state, facilitatorOf(state)))))).length).toBe(others.length);
    expect(isHeldDone).toBe(false);
    await holder.query('COMMIT');
    await holder.end();
    await first;
    expect((await outcomes[0])?.kind).toBe('committed');
  });

  it('one that the database refuses fails none of the others', async () => {
    const outcomes = await Promise.allSettled(
      tables.map((state, index) => store.castVote(ballot(state, facilitatorOf(state), index % 10 === 3 ? '5\0' : '5'))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(tables.map((_, index) => (index % 10 === 3 ? 'rejected' : 'fulfilled')));
  });

  it('each round that is closed, each stranger and each repetition is told apart within a batch', async () => {
    const requests = tables.map((state) => requestOf(facilitatorOf(state), 'castVote'));
    const cast = (by: VotingStore) =>
      Promise.all(
        tables.map((state, index) => {
          const write = ballot(state, index % 4 === 1 ? 'stranger' : facilitatorOf(state));
          const structure = state.session.structure + (index % 4 === 2 ? 1 : 0);
          const request = requests[index];
          return by.castVote({ ...write, structure, request: request === undefined ? undefined : { ...request, at: new Date() } });
        }),
      );
    const kinds = ['committed', 'closed', 'closed', 'committed'];
    expect((await cast(store)).map(({ kind }) => kind)).toEqual(tables.map((_, index) => kinds[index % 4]));
    const again = ['replayed', 'closed', 'closed', 'replayed'];
    expect((await cast(replica)).map(({ kind }) => kind)).toEqual(tables.map((_, index) => again[index % 4]));
    const used = requests.map((request) => ({ ...request, inputHash: 'other' }));
    const reused = await Promise.all(
      tables.map((state, index) => store.castVote({ ...ballot(state, facilitatorOf(state)), request: used[index] })),
    );
    expect(reused.map(({ kind }) => kind)).toEqual(tables.map((_, index) => (index % 4 === 1 || index % 4 === 2 ? 'committed' : 'reused')));
  });

  it('of two copies of one request through two replicas one has an effect, in every session', async () => {
    const requests = tables.map((state) => requestOf(facilitatorOf(state), 'castVote'));
    const before = await store.findRevisions(tables.map(({ session }) => session.id));
    const cast = (by: VotingStore) =>
      Promise.all(tables.map((state, index) => by.castVote({ ...ballot(state, facilitatorOf(state)), request: requests[index] })));
    const [one, other] = await Promise.all([cast(store), cast(replica)]);
    for (const [index, state] of tables.entries()) {
      expect([one[index]?.kind, other[index]?.kind].sort()).toEqual(['committed', 'replayed']);
      const { id } = state.session;
      expect((await store.findRevisions([id])).get(id)).toBe((before.get(id) ?? 0) + 1);
    }
  });

  it('revisions have no gap when two replicas cast for all at once', async () => {
    const before = await store.findRevisions(tables.map(({ session }) => session.id));
    const outcomes = await Promise.all([store, replica, store, replica, store].map((by, index) => voteEverywhere(`${index}`, by)));
    expect(outcomes.flat().every(({ kind }) => kind === 'committed')).toBe(true);
    for (const [index, { session }] of tables.entries()) {
      const from = before.get(session.id) ?? 0;
      const revisions = outcomes.map((each) => {
        const outcome = each[index];
        return outcome?.kind === 'committed' ? outcome.revision - from : outcome?.kind;
      });
      expect(revisions.sort()).toEqual([1, 2, 3, 4, 5]);
      expect((await store.readEvents(session.id, from, 100)).at(-1)?.revision).toBe(from + 5);
    }
  });
});
