import { readdirSync } from 'node:fs';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { createDatabase, query } from '../tests/setup/postgres.ts';
import { migrate, migratePostgres } from './migrate.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const all = readdirSync(new URL('./migrations', import.meta.url))
  .filter((name) => /^\d/.test(name))
  .sort();

/** Migrates on a connection whose nth script is followed by `interrupt`. */
async function migrateUntil(url: string, scripts: number, interrupt: (backend: number) => Promise<unknown>): Promise<unknown> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  let left = scripts;
  try {
    return await migrate({
      query: (sql, parameters) => client.query(sql, [...parameters]),
      runScript: async (sql) => {
        await client.query(sql);
        left -= 1;
        if (left === 0) await interrupt(rows[0].pid);
      },
    });
  } finally {
    await client.end();
  }
}

describe.skipIf(adminUrl === undefined)('a migration', () => {
  it('that is killed in the middle is not there, and the next run does all of it', async () => {
    const database = await createDatabase(adminUrl ?? '');
    try {
      const kill = (backend: number) => query(adminUrl ?? '', `SELECT pg_terminate_backend(${backend})`);
      await expect(migrateUntil(database.url, 2, kill)).rejects.toThrow();
      expect(await migratePostgres(database.url)).toEqual(all.slice(1));
      expect(await migratePostgres(database.url)).toEqual([]);
    } finally {
      await database.drop();
    }
  });

  it('that fails leaves nothing behind, tells why, and may be run again', async () => {
    const database = await createDatabase(adminUrl ?? '');
    try {
      const fail = () => Promise.reject(new Error('out of disk'));
      await expect(migrateUntil(database.url, 1, fail)).rejects.toThrow('out of disk');
      expect(await migratePostgres(database.url)).toEqual(all);
    } finally {
      await database.drop();
    }
  });

  it('is run once by two who start it at the same moment, indexes that are built beside the traffic included', async () => {
    const database = await createDatabase(adminUrl ?? '');
    try {
      const applied = await Promise.all([migratePostgres(database.url), migratePostgres(database.url)]);
      expect(applied.flat().sort()).toEqual(all);
    } finally {
      await database.drop();
    }
  });

  it('that waits for a table gives way after some seconds, and is tried again', async () => {
    const database = await createDatabase(adminUrl ?? '');
    const holder = new pg.Client(database.url);
    try {
      // The first migration makes the tables, the third alters `session`, which somebody reads in a long transaction.
      const fail = () => Promise.reject(new Error('enough'));
      await expect(migrateUntil(database.url, 3, fail)).rejects.toThrow('enough');
      await holder.connect();
      await holder.query('BEGIN');
      await holder.query('SELECT count(*) FROM session');
      const migrating = migratePostgres(database.url);
      // Whoever comes after the waiting migration waits behind it: for as long as it waits.
      await expect.poll(() => countWaiting(database.url), { timeout: 5_000 }).toBeGreaterThan(0);
      const startedAt = performance.now();
      await query(database.url, 'SELECT count(*) FROM session');
      expect(performance.now() - startedAt).toBeLessThan(6_000);
      await holder.query('COMMIT');
      expect(await migrating).toEqual(all.slice(2));
    } finally {
      await holder.end();
      await database.drop();
    }
  }, 30_000);

  it('that back-fills in batches locks no more rows than one at a time, and goes on where it was killed', async () => {
    const database = await createDatabase(adminUrl ?? '');
    const script = `-- in batches
      UPDATE thing SET colour = 'blue' WHERE id IN (SELECT id FROM thing WHERE colour IS NULL ORDER BY id LIMIT 100) RETURNING id`;
    const migrations = [{ name: '1_blue', script, checksum: 'x' }];
    const client = new pg.Client(database.url);
    await client.connect();
    const batches: number[] = [];
    const connection = (most: number) => ({
      query: async (sql: string, parameters: readonly unknown[]) => {
        if (sql === script && batches.length >= most) throw new Error('killed');
        const { rows } = await client.query(sql, [...parameters]);
        if (sql === script) batches.push(rows.length);
        return { rows };
      },
      runScript: async () => undefined,
    });
    try {
      await client.query('CREATE TABLE thing (id INT PRIMARY KEY, colour TEXT)');
      await client.query('INSERT INTO thing SELECT generate_series(1, 450)');
      await expect(migrate(connection(2), migrations)).rejects.toThrow('killed');
      expect(await migrate(connection(100), migrations)).toEqual(['1_blue']);
      expect(batches).toEqual([100, 100, 100, 100, 50, 0]);
      expect(await migrate(connection(100), migrations)).toEqual([]);
      const { rows } = await client.query("SELECT count(*)::int AS count FROM thing WHERE colour = 'blue'");
      expect(rows).toEqual([{ count: 450 }]);
    } finally {
      await client.end();
      await database.drop();
    }
  });

  it('whose index was left half built is done again', async () => {
    const database = await createDatabase(adminUrl ?? '');
    const [index] = all.filter((name) => name.endsWith('estimate_session_index'));
    const before = all.indexOf(index ?? '');
    try {
      await expect(migrateUntil(database.url, before, () => Promise.reject(new Error('enough')))).rejects.toThrow('enough');
      const upTo = migrateUntil(database.url, 2, () => Promise.reject(new Error('killed after the index, before its record')));
      await expect(upTo).rejects.toThrow('before its record');
      expect(await migratePostgres(database.url)).toEqual(all.slice(before));
    } finally {
      await database.drop();
    }
  });
});

async function countWaiting(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    );
    return rows[0].waiting;
  } finally {
    await client.end();
  }
}
