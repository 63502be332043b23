import pg from 'pg';
import { describe, inject } from 'vitest';
import { createLogger } from '../../../../kit/logging.ts';
import { migratePostgres } from '../../../../prisma/migrate.ts';
import { createDatabase, query } from '../../../../tests/setup/postgres.ts';
import { createPostgresStore } from './postgres.ts';
import { describeVotingStore } from './voting-store.contract.ts';

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
});
