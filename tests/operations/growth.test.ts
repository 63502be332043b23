import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../kit/process/logging.ts';
import { createPostgresStore } from '../../subgraphs/voting/src/store/postgres/postgres.ts';
import type { TestDatabase } from '../setup/postgres.ts';
import { createFilledDatabase } from './filled-database.ts';
import { collectStatements, findUnindexedForeignKeys, findWholeScans, type Sent } from './plans.ts';

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
