// `npm run migrate`: applies prisma/migrations to the Postgres of DATABASE_URL, recorded as `prisma migrate deploy` records them,
// so that either may go on where the other left off. Prisma's own command needs a native engine that it downloads.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { parseConfig } from '../kit/process/config.ts';
import { toMessage } from '../kit/process/errors.ts';
import { toPostgresOptions } from '../kit/process/storage-tls.ts';
import { openTls, type Tls, tlsVariables } from '../kit/process/tls.ts';

/** One connection to a Postgres; the same one for every call, since the lock is the connection's. */
export interface MigrationConnection {
  /** Runs one statement. */
  query(sql: string, parameters: readonly unknown[]): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
  /** Runs a script of several statements. */
  runScript(sql: string): Promise<void>;
}

// The key that Prisma's engine locks with (schema-engine, `acquire_lock`): the two never run at once.
const lockKey = 72_707_369;
const lockPollMs = 250;

/** How long a migration may hold up everybody else while it waits for a table, and how often it tries. */
const lockTimeoutMs = 4_000;
const lockAttempts = 10;
const lockPauseMs = 500;
const lockNotAvailable = '55P03';
/** Between two batches: others write, too, and vacuum has to keep up. */
const batchPauseMs = 20;

const migrationsTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

/**
 * Applies what is missing, in order, and returns the names of what it applied.
 *
 * @throws Error when one fails, when Prisma's own command left one unfinished that was not resolved, or when an applied one was edited.
 */
export async function migrate(
  connection: MigrationConnection,
  migrations: readonly Migration[] = readMigrations(),
): Promise<readonly string[]> {
  await takeLock(connection);
  try {
    // A migration that waits for a table's lock makes everybody behind it wait, too.
    await connection.query(`SET lock_timeout = '${lockTimeoutMs}ms'`, []);
    await connection.query(migrationsTable, []);
    const { rows } = await connection.query(
      'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
      [],
    );
    const done = new Map(rows.map((row) => [row['migration_name'], row]));
    const applied: string[] = [];
    for (const { name, script, checksum } of migrations) {
      const before = done.get(name);
      if (before === undefined) {
        await apply(connection, { name, script, checksum });
        applied.push(name);
      } else if (before['finished_at'] === null) {
        throw new Error(
          `Migration ${name} was left unfinished by Prisma's command: repair the database and mark it in "_prisma_migrations" as finished or rolled back.`,
        );
      } else if (before['checksum'] !== checksum) {
        throw new Error(`Migration ${name} was edited after it had been applied.`);
      }
    }
    return applied;
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1)', [lockKey]);
  }
}

/** Asks again and again: a waiting `pg_advisory_lock` would hold a snapshot, which CREATE INDEX CONCURRENTLY waits for, and so each for the other. */
async function takeLock(connection: MigrationConnection): Promise<void> {
  for (;;) {
    const { rows } = await connection.query('SELECT pg_try_advisory_lock($1) AS taken', [lockKey]);
    if (rows[0]?.['taken'] === true) return;
    await sleep(lockPollMs);
  }
}

export interface Migration {
  readonly name: string;
  readonly script: string;
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly checksum: string;
}

/** The names of all migrations that this version of the code knows, in order. */
export function readMigrationNames(): readonly string[] {
  return readMigrations().map(({ name }) => name);
}

/** All migrations of this version of the code, in order. */
export function readMigrations(): readonly Migration[] {
  const folder = new URL('./migrations/', import.meta.url);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const script = readFileSync(new URL(`${name}/migration.sql`, folder), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    })
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Applies one migration; one that cannot get its locks in time has changed nothing and is tried again. */
async function apply(connection: MigrationConnection, migration: Migration): Promise<void> {
  const isConcurrent = /\bCONCURRENTLY\b/i.test(withoutComments(migration.script));
  const way = isInBatches(migration.script) ? applyInBatches : isConcurrent ? applyConcurrently : applyInTransaction;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await way(connection, migration);
    } catch (error) {
      if ((error as { code?: unknown }).code !== lockNotAvailable || attempt === lockAttempts) throw error;
      await sleep(lockPauseMs * attempt);
    }
  }
}

/** With its record in one transaction: a migration that fails or is killed has not happened, and whoever starts again may run it again. */
async function applyInTransaction(connection: MigrationConnection, migration: Migration): Promise<void> {
  await connection.query('BEGIN', []);
  try {
    await connection.runScript(migration.script);
    await record(connection, migration);
    await connection.query('COMMIT', []);
  } catch (error) {
    await connection.query('ROLLBACK', []).catch(() => undefined);
    throw error;
  }
}

/**
 * Postgres runs CREATE INDEX CONCURRENTLY outside of transactions alone, one statement at a time; `tests/operations/migrations.test.ts` holds
 * files to that. One that was killed in the middle leaves an invalid index behind, or a valid one without our record of it.
 */
async function applyConcurrently(connection: MigrationConnection, migration: Migration): Promise<void> {
  const index = /CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+"?(\w+)"?/i.exec(withoutComments(migration.script))?.[1];
  if (index !== undefined) await connection.query(`DROP INDEX CONCURRENTLY IF EXISTS "${index}"`, []);
  await connection.runScript(migration.script);
  await record(connection, migration);
}

/** Whether a migration says `-- in batches`: its one statement changes a bounded number of rows, returns them, and no longer finds those that it has changed. */
export function isInBatches(script: string): boolean {
  return /^--\s*in batches\b/im.test(script);
}

/**
 * Runs the statement until it returns no row, each time in a transaction of its own, so that nobody waits for more than a batch. One that was killed in the
 * middle goes on where it was. Prisma's own command would run it once.
 */
async function applyInBatches(connection: MigrationConnection, migration: Migration): Promise<void> {
  while ((await connection.query(migration.script, [])).rows.length > 0) await sleep(batchPauseMs);
  await record(connection, migration);
}

async function record(connection: MigrationConnection, { name, checksum }: Migration): Promise<void> {
  await connection.query(
    'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
    [randomUUID(), checksum, name],
  );
}

function withoutComments(script: string): string {
  return script.replaceAll(/--.*$/gm, '');
}

/** Migrates the Postgres at `url`. */
export async function migratePostgres(url: string, tls?: Tls): Promise<readonly string[]> {
  const client = new pg.Client(toPostgresOptions(url, tls));
  await client.connect();
  try {
    return await migrate({
      query: (sql, parameters) => client.query(sql, [...parameters]),
      runScript: async (sql) => void (await client.query(sql)),
    });
  } finally {
    await client.end();
  }
}

/** What `npm run migrate` reads. */
export const schema = z.object({ ...tlsVariables, DATABASE_URL: z.string().optional(), POSTGRES_DSN: z.string().optional() });

if (import.meta.main) {
  try {
    const values = parseConfig('migrate', schema, process.env);
    const url = values.DATABASE_URL ?? values.POSTGRES_DSN;
    if (url === undefined) throw new Error('Set DATABASE_URL to the Postgres to migrate.');
    const applied = await migratePostgres(url, openTls('migrate', values, { onError: () => undefined }));
    process.stdout.write(applied.length === 0 ? 'Nothing to migrate.\n' : `Applied ${applied.join(', ')}.\n`);
  } catch (error) {
    process.stderr.write(`${toMessage(error)}\n`);
    process.exitCode = 1;
  }
}
