import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../../../../kit/process/logging.ts';
import { migratePostgres } from '../../../../../prisma/migrate.ts';
import { createDatabase, query } from '../../../../../tests/setup/postgres.ts';
import { listening } from '../testing/contract/events.contract.ts';
import { describeVotingStore } from '../testing/voting-store.contract.ts';
import { openWire } from '../testing/wire.ts';
import { createPostgresStore } from './postgres.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const log = createLogger('test', 'silent');

describe.skipIf(adminUrl === undefined)('on PostgreSQL', () => {
  describeVotingStore('postgres', { isShared: true }, async () => {
    const database = await createDatabase(adminUrl ?? '');
    await migratePostgres(database.url);
    return {
      open: async (options) => createPostgresStore({ url: database.url, log, ...options }),
      cut: () =>
        query(
          database.url,
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        ),
      stall: async (sessionId) => {
        const client = new pg.Client({ connectionString: database.url });
        await client.connect();
        await client.query('BEGIN');
        await client.query('SELECT 1 FROM session WHERE id = $1 FOR UPDATE', [sessionId]);
        return () => client.end();
      },
      dispose: database.drop,
    };
  });

  it('notices a server that went silent without closing: STORE_UNAVAILABLE, then all is well, and changes are told again', async () => {
    const database = await createDatabase(adminUrl ?? '');
    await migratePostgres(database.url);
    const wire = await openWire(database.url);
    const [store, replica] = [database.url, wire.url].map((url) => createPostgresStore({ url, log, timeoutMs: 300 }));
    if (store === undefined || replica === undefined) throw new Error('no stores');
    const told: string[] = [];
    replica.onChange((sessionId) => told.push(sessionId));
    await listening(store, told);
    await replica.load('any');
    wire.silence();
    told.length = 0;
    await expect(replica.load('any')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect.poll(() => replica.load('any').catch(() => 'away'), { timeout: 10_000 }).toBeUndefined();
    await expect.poll(() => told, { timeout: 10_000 }).toContain('*');
    await listening(store, told);
    await Promise.all([store.close(), replica.close()]);
    wire.close();
    await database.drop();
  });

  it('can be closed while the server is silent', async () => {
    const database = await createDatabase(adminUrl ?? '');
    await migratePostgres(database.url);
    const wire = await openWire(database.url);
    const store = createPostgresStore({ url: wire.url, log, timeoutMs: 300 });
    const told: string[] = [];
    store.onChange((sessionId) => told.push(sessionId));
    await expect.poll(() => told, { timeout: 10_000 }).toContain('*');
    await store.load('any');
    expect(await store.check()).toEqual({ status: 'ok' });
    wire.silence();
    await store.close();
    wire.close();
    await database.drop();
  });
});
