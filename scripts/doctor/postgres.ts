import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { toMessage } from '../../kit/process/errors.ts';
import { toPostgresOptions } from '../../kit/process/storage-tls.ts';
import type { Tls } from '../../kit/process/tls.ts';
import { migrate, readMigrations } from '../../prisma/migrate.ts';
import type { ClockReading } from './clock.ts';
import { about, type Finding, inTime, toPlace } from './finding.ts';

export interface PostgresQuestion {
  readonly url: string;
  readonly poolSize: number;
  readonly tls: Tls | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What was found, and what its clock says. */
export interface Looked {
  readonly findings: readonly Finding[];
  readonly clock: ClockReading | undefined;
}

type Row = Readonly<Record<string, unknown>>;
type Ask = (sql: string) => Promise<readonly Row[]>;

const { ok, warning, wrong } = about('postgres');

/** Looks at the Postgres of sessions; changes nothing in it. */
export async function checkPostgres({ url, poolSize, tls, now }: PostgresQuestion): Promise<Looked> {
  const open = async () => {
    const client = new pg.Client({ ...toPostgresOptions(url, tls), connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const place = toPlace(url);
  let client: pg.Client | undefined;
  try {
    client = await inTime('Postgres', open);
  } catch (error) {
    return { findings: [wrong(`${place} does not let us in: ${toMessage(error) || toCode(error)}`, toRemedy(error))], clock: undefined };
  }
  const connected = client;
  const ask: Ask = async (sql) => (await connected.query(sql)).rows;
  try {
    const askedAt = now();
    const [time] = await ask('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms');
    const clock = { of: `Postgres at ${place}`, theirs: Number(time?.['ms']), askedAt, answeredAt: now(), precisionMs: 0 };
    const schema = await checkSchema(ask);
    const findings = [...(await checkServer(ask, poolSize)), ...(await checkNotifications(connected, open)), ...schema];
    return { findings: findings.length === 0 ? [ok(`${place} takes writes and has every table and index`)] : findings, clock };
  } catch (error) {
    return { findings: [wrong(`${place} does not answer what it is asked: ${toMessage(error)}`, toRemedy(error))], clock: undefined };
  } finally {
    await connected.end().catch(() => undefined);
  }
}

const toCode = (error: unknown): string => String((error as { code?: unknown }).code ?? 'no reason given');

function toRemedy(error: unknown): string {
  const code = toCode(error);
  if (code === '28P01' || code === '28000') return 'correct the user and password in DATABASE_URL, or what pg_hba.conf says of them';
  if (code === '3D000') return 'create the database that DATABASE_URL names, then `npm run migrate`';
  if (code === '53300') return 'raise max_connections, or lower DATABASE_POOL_SIZE';
  if (code === '42501') return 'the user of DATABASE_URL must own the tables';
  if (/certificate|SSL|TLS/i.test(`${toMessage(error)} ${code}`)) return 'check sslmode in DATABASE_URL, and TLS_CA or STORAGE_TLS_CA';
  return 'is it running, is DATABASE_URL right, does a firewall stand between?';
}

async function checkServer(ask: Ask, poolSize: number): Promise<readonly Finding[]> {
  const [row] = await ask(`SELECT current_setting('transaction_read_only') AS read_only, current_setting('fsync') AS fsync,
    current_setting('synchronous_commit') AS commits, current_setting('server_encoding') AS encoding,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS room`);
  const findings: Finding[] = [];
  if (row?.['read_only'] === 'on')
    findings.push(wrong('it takes no writes: it is a standby, or was made read-only', 'point DATABASE_URL to the primary'));
  if (row?.['fsync'] === 'off') findings.push(warning('fsync is off: a power cut may destroy the database', 'set fsync = on'));
  if (row?.['commits'] === 'off')
    findings.push(warning('synchronous_commit is off: a crash loses the last acknowledged votes', 'set synchronous_commit = on'));
  if (row?.['encoding'] !== 'UTF8')
    findings.push(
      wrong(
        `its encoding is ${row?.['encoding']}: names and titles in other scripts are refused`,
        "create the database with ENCODING 'UTF8'",
      ),
    );
  // The pool, the listener, the probe of readiness; two replicas, since a roll-out has both.
  const needed = 2 * (poolSize + 2);
  if (Number(row?.['room']) < needed)
    findings.push(
      warning(
        `it has room for ${row?.['room']} connections, two replicas of voting want ${needed}`,
        'raise max_connections, or lower DATABASE_POOL_SIZE',
      ),
    );
  return findings;
}

/** Changes travel by NOTIFY, which poolers between us and the server may swallow. */
async function checkNotifications(speaker: pg.Client, open: () => Promise<pg.Client>): Promise<readonly Finding[]> {
  const listener = await open();
  try {
    const heard = new Promise<void>((resolve) => listener.on('notification', () => resolve()));
    await listener.query('LISTEN tally_doctor');
    await speaker.query('NOTIFY tally_doctor');
    await inTime('NOTIFY', () => heard);
    return [];
  } catch (error) {
    return [
      wrong(
        `what one connection tells does not reach another one (LISTEN, NOTIFY): ${toMessage(error)}`,
        'give voting a direct address, or session pooling',
      ),
    ];
  } finally {
    await listener.end().catch(() => undefined);
  }
}

const undefinedTable = '42P01';

async function checkSchema(ask: Ask): Promise<readonly Finding[]> {
  const known = readMigrations();
  let rows: readonly Row[] = [];
  try {
    rows = await ask('SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL');
  } catch (error) {
    if (toCode(error) !== undefinedTable) throw error;
  }
  const applied = new Map(rows.map((row) => [String(row['migration_name']), row]));
  const findings: Finding[] = [];
  const unfinished = known.filter(({ name }) => applied.has(name) && applied.get(name)?.['finished_at'] === null);
  for (const { name } of unfinished)
    findings.push(
      wrong(`migration ${name} was left unfinished`, 'repair the database, and mark it in "_prisma_migrations" as finished or rolled back'),
    );
  const edited = known.filter(({ name, checksum }) => applied.has(name) && applied.get(name)?.['checksum'] !== checksum);
  for (const { name } of edited)
    findings.push(wrong(`migration ${name} was edited after it had been applied`, 'put the file back as it was released'));
  const missing = known.filter(({ name }) => !applied.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    findings.push(wrong(`it lacks ${missing.length} of ${known.length} migrations, the first is ${missing[0]}`, 'npm run migrate'));
  const newer = [...applied.keys()].filter((name) => !known.some((migration) => migration.name === name));
  if (newer.length > 0)
    findings.push(
      warning(`it has migrations that this version does not know: ${newer.join(', ')}`, 'upgrade the services, too: the database is ahead'),
    );
  // What is not migrated lacks things for a reason that has been told.
  return findings.some(({ state }) => state === 'wrong') ? findings : [...findings, ...(await checkObjects(ask))];
}

const columnsSql = `SELECT table_name || '.' || column_name AS name, '' AS definition, true AS valid FROM information_schema.columns
  WHERE table_schema = current_schema() AND table_name <> '_prisma_migrations'`;
const indexesSql = `SELECT c.relname AS name, pg_get_indexdef(c.oid) AS definition, i.indisvalid AND i.indisready AS valid
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND c.relname NOT LIKE '\\_prisma%'`;

/** Compares the database with one that was just made from the same migrations. */
async function checkObjects(ask: Ask): Promise<readonly Finding[]> {
  const [wanted, there] = await Promise.all([findFresh(), Promise.all([ask(columnsSql), ask(indexesSql)])]);
  const names = (rows: readonly Row[]) => new Map(rows.map((row) => [String(row['name']), row]));
  const [columns, indexes] = there.map(names);
  const lacking = wanted.columns.filter(({ name }) => columns?.has(String(name)) !== true);
  const findings = lacking.map(({ name }) => wrong(`the column ${name} is missing`, 'restore the backup, or add what its migration adds'));
  for (const { name, definition } of wanted.indexes) {
    const found = indexes?.get(String(name));
    const build = String(definition).replace(/^CREATE (UNIQUE )?INDEX/, 'CREATE $1INDEX CONCURRENTLY');
    if (found === undefined) findings.push(wrong(`the index ${name} is missing: what it serves reads whole tables`, build));
    else if (found['valid'] !== true)
      findings.push(wrong(`the index ${name} is invalid: its building was interrupted`, `REINDEX INDEX CONCURRENTLY "${name}"`));
    else if (withoutSchema(found['definition']) !== withoutSchema(definition))
      findings.push(warning(`the index ${name} is another one than its migration makes: ${found['definition']}`, `drop it, then ${build}`));
  }
  return findings;
}

/** Schemas' names differ between databases. */
const withoutSchema = (definition: unknown): string => String(definition).replace(/ ON (?:ONLY )?(?:\w+\.)?/, ' ON ');

interface Objects {
  readonly columns: readonly Row[];
  readonly indexes: readonly Row[];
}

/** Takes seconds, and is always the same. */
let fresh: Promise<Objects> | undefined;

function findFresh(): Promise<Objects> {
  fresh ??= readFresh();
  return fresh;
}

async function readFresh(): Promise<Objects> {
  const lite = await PGlite.create();
  try {
    await migrate({
      query: async (sql, parameters) => ({ rows: (await lite.query<Row>(sql, [...parameters])).rows }),
      runScript: async (sql) => void (await lite.exec(sql)),
    });
    const [columns, indexes] = [await lite.query<Row>(columnsSql), await lite.query<Row>(indexesSql)];
    return { columns: columns.rows, indexes: indexes.rows };
  } finally {
    await lite.close();
  }
}
