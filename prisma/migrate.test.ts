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
});
