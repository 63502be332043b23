import pg from 'pg';
import { toMessage } from '../../../../../kit/process/errors.ts';
import type { Check } from '../../../../../kit/process/health.ts';
import { answerWithin } from '../../../../../kit/process/optional-dependency.ts';
import { readMigrationNames } from '../../../../../prisma/migrate.ts';
import { endClient } from './end-client.ts';

/** Asks a Postgres how it is, on a connection of its own: the pool's may all be busy. */
export interface Probe {
  /** Down when it does not answer within a second, or takes no writes. */
  readonly check: () => Promise<Check>;
  /** Down when migrations that this version of the code needs are missing; ok when the server cannot be asked, which `check` tells. */
  readonly checkSchema: () => Promise<Check>;
  readonly stop: () => Promise<void>;
}

const deadlineMs = 1_000;
const undefinedTable = '42P01';
const appliedSql = 'SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL';
const readOnlySql = "SELECT current_setting('transaction_read_only') = 'on' AS read_only";

/** `onReadOnly` is called when the server takes no writes: it was demoted, and another one may be found under its name. */
export function createProbe(server: pg.ClientConfig, onReadOnly: () => void): Probe {
  let connecting: Promise<pg.Client> | undefined;

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...server, connectionTimeoutMillis: deadlineMs, query_timeout: deadlineMs });
    client.on('error', () => drop());
    await client.connect();
    return client;
  }

  function drop(): void {
    const dropped = connecting;
    connecting = undefined;
    dropped?.then((client) => client.end()).catch(() => undefined);
  }

  async function ask(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    connecting ??= connect();
    try {
      const client = await connecting;
      return (await client.query(sql)).rows;
    } catch (error) {
      if ((error as { code?: unknown }).code !== undefinedTable) drop();
      throw error;
    }
  }

  return {
    check: async () => {
      try {
        const [row] = await answerWithin(deadlineMs, 'Postgres', () => ask(readOnlySql));
        if (row?.['read_only'] !== true) return { status: 'ok' };
        drop();
        onReadOnly();
        return { status: 'down', reason: 'Postgres takes no writes: it is read-only, as a standby is' };
      } catch (error) {
        drop();
        return { status: 'down', reason: `Postgres does not answer: ${toMessage(error)}` };
      }
    },
    checkSchema: async () => {
      try {
        const applied = new Set((await answerWithin(deadlineMs, 'Postgres', () => ask(appliedSql))).map((row) => row['migration_name']));
        return toSchemaCheck(readMigrationNames().filter((name) => !applied.has(name)));
      } catch (error) {
        return (error as { code?: unknown }).code === undefinedTable ? toSchemaCheck(readMigrationNames()) : { status: 'ok' };
      }
    },
    stop: async () => {
      const client = await connecting?.catch(() => undefined);
      if (client !== undefined) await endClient(client);
    },
  };
}

function toSchemaCheck(missing: readonly string[]): Check {
  const [first, ...others] = missing;
  if (first === undefined) return { status: 'ok' };
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return { status: 'down', reason: `the database lacks ${first}${more}: run \`npm run migrate\`` };
}
