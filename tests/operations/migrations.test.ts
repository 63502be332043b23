import { readFileSync } from 'node:fs';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { migratePostgres } from '../../prisma/migrate.ts';
import { createDatabase } from '../setup/postgres.ts';
import { findFaults, readBoundMigrations, readInserts } from './migration-rules.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const released: readonly string[] = JSON.parse(readFileSync(new URL('./released-statements.json', import.meta.url), 'utf8'));

describe('a migration', () => {
  it.each(readBoundMigrations())('expands, or says that it contracts: $name', (migration) => {
    expect(findFaults(migration)).toEqual([]);
  });

  it.each([
    ['ALTER TABLE "round" ADD COLUMN "policy" TEXT NOT NULL;', 'NOT NULL without a default'],
    ['ALTER TABLE "round" ADD COLUMN "a" TEXT, ADD COLUMN "policy" TEXT NOT NULL;', 'NOT NULL without a default'],
    ['ALTER TABLE "item" ALTER COLUMN "seen" TYPE JSONB;', 'changes the type'],
    ['ALTER TABLE "item" ALTER COLUMN "seen" SET DATA TYPE JSONB USING to_jsonb("seen");', 'changes the type'],
    ['ALTER TABLE "round" ALTER COLUMN "policy" SET NOT NULL;', 'demands'],
    ['ALTER TABLE "round" DROP COLUMN "policy";', 'drops'],
    ['ALTER TABLE "round" RENAME COLUMN "policy" TO "rule";', 'renames'],
    ['CREATE INDEX "a" ON "vote"("card");', 'under a lock'],
    ['CREATE INDEX CONCURRENTLY "a" ON "vote"("card"); CREATE INDEX CONCURRENTLY "b" ON "vote"("card");', 'more than the one'],
    ['UPDATE "round" SET "policy" = 1;', 'all rows'],
    ['DELETE FROM "event" WHERE "type" = 1;', 'all rows'],
    ['-- in batches\nUPDATE "round" SET "policy" = 1 WHERE "policy" IS NULL RETURNING 1;', 'without LIMIT'],
    ['-- in batches\nUPDATE "round" SET "a" = 1 WHERE "id" IN (SELECT "id" FROM "round" LIMIT 5);', 'RETURNING'],
    ['-- in batches\nUPDATE "a" SET "b" = 1 WHERE "c" IN (SELECT "c" FROM "a" LIMIT 5) RETURNING 1; SELECT 1;', 'another statement'],
    ['ALTER TABLE "vote" ADD CONSTRAINT "k" FOREIGN KEY ("a") REFERENCES "b"("c");', 'NOT VALID'],
  ])('is refused when it is %s', (sql, fault) => {
    expect(findFaults({ sql }).join()).toContain(fault);
  });

  it.each([
    'ALTER TABLE "estimate" ADD COLUMN "overwrite" BOOLEAN NOT NULL DEFAULT false;',
    'ALTER TABLE "session" ADD COLUMN "owner" TEXT;',
    'CREATE TABLE "a" ("id" TEXT NOT NULL); CREATE INDEX "b" ON "a"("id"); ALTER TABLE "a" ADD CONSTRAINT "k" FOREIGN KEY ("id") REFERENCES "b"("c");',
    'CREATE INDEX CONCURRENTLY "a" ON "vote"("card");',
    '-- in batches\nUPDATE "a" SET "b" = 1 WHERE "c" IN (SELECT "c" FROM "a" WHERE "b" IS NULL LIMIT 1000) RETURNING 1;',
    '-- contract: 0.3.0\nALTER TABLE "round" DROP COLUMN "policy";',
  ])('may be %s', (sql) => {
    expect(findFaults({ sql })).toEqual([]);
  });
});

describe.skipIf(adminUrl === undefined)('the schema', () => {
  it('bears every statement of the release before', async () => {
    const database = await createDatabase(adminUrl ?? '');
    await migratePostgres(database.url);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      const { rows } = await client.query(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL",
      );
      const missing = released
        .flatMap((text) => readInserts({ text }))
        .flatMap(({ table, columns }) => rows.filter((row) => row.table_name === table && !columns.includes(row.column_name)))
        .map((row) => `${row.table_name}.${row.column_name}`);
      expect(missing).toEqual([]);
      const unknown: string[] = [];
      for (const [index, text] of released.entries())
        await client.query(`PREPARE released_${index} AS ${text}`).catch((error: Error) => unknown.push(`${error.message}: ${text}`));
      expect(unknown).toEqual([]);
      // What the test is good for: a column less is noticed.
      await client.query('ALTER TABLE vote RENAME COLUMN card TO label');
      const broken = released.filter((text) => readInserts({ text }).some(({ table }) => table === 'vote'));
      await expect(client.query(`PREPARE broken AS ${broken[0]}`)).rejects.toThrow('card');
    } finally {
      await client.end();
      await database.drop();
    }
  });
});
