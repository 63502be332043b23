import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../kit/process/logging.ts';
import { migratePostgres } from '../../prisma/migrate.ts';
import { plannerSettings } from '../../subgraphs/voting/src/store/postgres/planner-settings.ts';
import { createPostgresStore } from '../../subgraphs/voting/src/store/postgres/postgres.ts';
import { createDatabase, query, type TestDatabase } from '../setup/postgres.ts';
import { createFilledDatabase } from './filled-database.ts';
import { collectStatements, findKeptWholeScans, findReplanned, findUnindexedForeignKeys, findWholeScans, type Sent } from './plans.ts';

const adminUrl = inject('TEST_DATABASE_URL');

describe.skipIf(adminUrl === undefined)('with 2000 sessions in the database', () => {
  let database: TestDatabase;
  let sent: Sent;
  beforeAll(async () => {
    database = await createFilledDatabase(adminUrl ?? '', 2_000);
    sent = await collectStatements(database.url);
  }, 180_000);
  afterAll(() => database?.drop());

  it('every method of the store was called', () => {
    const store = createPostgresStore({ url: database.url, log: createLogger('test', 'silent') });
    const untouched = Object.keys(store).filter((method) => !sent.methods.has(method));
    return store.close().then(() => expect(untouched).toEqual([]));
  });

  it('no statement of the store reads a whole table that grows', async () => {
    expect(await findWholeScans(database.url, sent.statements)).toEqual([]);
  });

  it('Postgres keeps the plan of every prepared statement, but of the two that look for few who are online among all who ever were', async () => {
    expect(await findReplanned(database.url, sent.statements)).toEqual(['tally_unled', 'tally_waiting']);
  });

  it('every foreign key has an index', async () => {
    expect(await findUnindexedForeignKeys(database.url)).toEqual([]);
  });

  it('a statement that does read a whole table is found', async () => {
    const planted = { text: 'SELECT count(*) FROM vote WHERE card = $1', values: ['5'] };
    expect(await findWholeScans(database.url, [planted])).toMatchObject([{ table: 'vote', node: 'Seq Scan' }]);
  });

  it('a hundred old sessions are deleted within two seconds', async () => {
    const store = createPostgresStore({ url: database.url, log: createLogger('test', 'silent') });
    const startedAt = performance.now();
    expect(await store.forgetSessions(new Date(Date.now() - 365 * 86_400_000), 100)).toBe(100);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await store.close();
  });
});

describe.skipIf(adminUrl === undefined)('with nothing in the database yet', () => {
  let database: TestDatabase;
  let sent: Sent;
  beforeAll(async () => {
    const used = await createDatabase(adminUrl ?? '');
    await migratePostgres(used.url);
    sent = await collectStatements(used.url);
    await used.drop();
    database = await createDatabase(adminUrl ?? '');
    await migratePostgres(database.url);
  }, 60_000);
  afterAll(() => database?.drop());

  // In this order: each is what the database is like after the one before.
  it.for([
    ['after its migrations', 'SELECT 1'],
    ['after a VACUUM that found it empty', 'VACUUM ANALYZE'],
  ] as const)('no plan that is kept reads a whole table, %s', async ([, statement]) => {
    await query(database.url, statement);
    expect(await findKeptWholeScans(database.url, sent.statements)).toEqual([]);
  });

  it('nor does one that is made of a few sessions', async () => {
    await collectStatements(database.url);
    await query(database.url, 'ANALYZE');
    expect(await findKeptWholeScans(database.url, sent.statements)).toEqual([]);
  });

  it('and the connections of the store are set so', async () => {
    const store = createPostgresStore({ url: database.url, log: createLogger('test', 'silent') });
    // The driver's own, before anybody has set anything, is `on`.
    const seen: unknown[] = [];
    const original = pg.Client.prototype.query;
    pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
      seen.push(given[0]);
      return Reflect.apply(original, this, given);
    } as typeof original;
    try {
      await store.readOutbox();
    } finally {
      pg.Client.prototype.query = original;
      await store.close();
    }
    expect(seen.slice(0, 2)).toEqual([plannerSettings, expect.objectContaining({ name: 'tally_outbox' })]);
  });
});
