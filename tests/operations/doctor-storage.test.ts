import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migratePostgres, readMigrations } from '../../prisma/migrate.ts';
import type { Finding } from '../../scripts/doctor/finding.ts';
import { checkPostgres } from '../../scripts/doctor/postgres.ts';
import { checkRedis, type RedisQuestion } from '../../scripts/doctor/redis.ts';
import { createDatabase, findUnprivilegedAccount, query } from '../setup/postgres.ts';
import { createFolder, findFreePort, type PrivateServer, startServer } from '../setup/private-server.ts';
import { findRedis, startPrivateRedis } from '../setup/redis.ts';
import { hasProgram } from './programs.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const redisServer = await findRedis();
const now = Date.now;
const hasBouncer = hasProgram('pgbouncer');
if (!hasBouncer)
  process.stderr.write('SKIPPED: there is no pgbouncer, so nothing was asked through one (its tests are counted as skipped).\n');

/** A PgBouncer before the server of `url`, with one connection to it for two that are idle. */
async function startBouncer(url: string, mode: string): Promise<PrivateServer> {
  const { hostname, port: serverPort, username, pathname } = new URL(url);
  const account = await findUnprivilegedAccount();
  const [place, port] = [await createFolder('pgbouncer', account), await findFreePort()];
  const settings = [
    '[databases]',
    `* = host=${hostname} port=${serverPort} user=${username}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    `pool_mode = ${mode}`,
  ];
  const file = join(place, 'pgbouncer.ini');
  writeFileSync(file, settings.join('\n'));
  const own = `postgres://${username}@127.0.0.1:${port}${pathname}`;
  const command = execFileSync('which', ['pgbouncer'], { encoding: 'utf8' }).trim();
  return startServer({
    name: 'PgBouncer',
    port,
    url: own,
    folder: place,
    account,
    command,
    args: [file],
    probe: () => query(own, 'SELECT 1'),
  });
}

const troubleOf = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state !== 'ok').map(({ state, message }) => `${state}: ${message}`);
describe.skipIf(adminUrl === undefined)('the doctor of Postgres', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  // The tests' own server has no fsync, which it is right to complain of.
  const noFsync = 'warning: fsync is off: a power cut may destroy the database';
  const look = async (url = database.url, poolSize = 10) => {
    const { findings } = await checkPostgres({ url, poolSize, tls: undefined, now });
    return troubleOf(findings).filter((line) => line !== noFsync);
  };
  beforeAll(async () => {
    database = await createDatabase(adminUrl ?? '');
  });
  afterAll(() => database.drop());

  it('finds nothing wrong with a database that was just migrated, and names the command for one that was not', async () => {
    const [first] = readMigrations();
    const count = readMigrations().length;
    expect(await look()).toEqual([`wrong: it lacks ${count} of ${count} migrations, the first is ${first?.name}`]);
    await migratePostgres(database.url);
    expect(await look()).toEqual([]);
  });

  const last = readMigrations().at(-1)?.name ?? '';
  it.each<readonly [fault: string, statement: string, undo: string, told: RegExp]>([
    [
      'a migration that is missing',
      `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${last}'`,
      `UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE migration_name = '${last}'`,
      /^wrong: it lacks 1 of \d+ migrations, the first is \w+$/,
    ],
    [
      'one that was edited',
      `UPDATE _prisma_migrations SET checksum = 'x' || checksum::varchar(60) WHERE migration_name = '${last}'`,
      `UPDATE _prisma_migrations SET checksum = '${readMigrations().at(-1)?.checksum}' WHERE migration_name = '${last}'`,
      /^wrong: migration \w+ was edited after it had been applied$/,
    ],
    [
      'one that was left unfinished',
      `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${last}'`,
      `UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '${last}'`,
      /^wrong: migration \w+ was left unfinished$/,
    ],
    [
      'migrations of a later release',
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '2999_later', now())`,
      `DELETE FROM _prisma_migrations WHERE id = 'x'`,
      /^warning: it has migrations that this version does not know: 2999_later$/,
    ],
    [
      'a column that is missing',
      'ALTER TABLE session RENAME COLUMN title TO titel',
      'ALTER TABLE session RENAME COLUMN titel TO title',
      /^wrong: the column session\.title is missing$/,
    ],
    [
      'an index that is missing',
      'ALTER INDEX estimate_session_id_idx RENAME TO gone',
      'ALTER INDEX gone RENAME TO estimate_session_id_idx',
      /^wrong: the index estimate_session_id_idx is missing: what it serves reads whole tables$/,
    ],
    [
      'an index whose building was interrupted',
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'estimate_session_id_idx'::regclass",
      "UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'estimate_session_id_idx'::regclass",
      /^wrong: the index estimate_session_id_idx is invalid/,
    ],
    [
      'an index of the same name on something else',
      'DROP INDEX estimate_session_id_idx; CREATE INDEX estimate_session_id_idx ON estimate (state)',
      'DROP INDEX estimate_session_id_idx; CREATE INDEX estimate_session_id_idx ON estimate (session_id)',
      /^warning: the index estimate_session_id_idx is another one than its migration makes/,
    ],
    [
      'a server that takes no writes',
      'ALTER DATABASE CURRENT SET default_transaction_read_only = on',
      'ALTER DATABASE CURRENT RESET default_transaction_read_only',
      /^wrong: it takes no writes/,
    ],
    [
      'votes that are acknowledged before they are written',
      'ALTER DATABASE CURRENT SET synchronous_commit = off',
      'ALTER DATABASE CURRENT RESET synchronous_commit',
      /^warning: synchronous_commit is off/,
    ],
  ])('tells of %s, and of nothing else', async (_, statement, undo, told) => {
    const name = new URL(database.url).pathname.slice(1);
    const at = (sql: string) => query(sql.startsWith('ALTER DATABASE') ? (adminUrl ?? '') : database.url, sql.replaceAll('CURRENT', name));
    await at(statement);
    try {
      expect(await look()).toEqual([expect.stringMatching(told)]);
    } finally {
      await at(undo);
    }
    expect(await look()).toEqual([]);
  });

  it('gives the statement that builds a missing index', async () => {
    await query(database.url, 'DROP INDEX estimate_session_id_idx');
    const { findings } = await checkPostgres({ url: database.url, poolSize: 10, tls: undefined, now });
    const { remedy } = findings.find(({ message }) => message.includes('estimate_session_id_idx')) ?? {};
    expect(remedy).toContain('CREATE INDEX CONCURRENTLY');
    await query(database.url, remedy ?? '');
    expect(await look()).toEqual([]);
  });

  it('tells of a pool that two replicas cannot have', async () => {
    expect(await look(database.url, 150)).toEqual([
      expect.stringMatching(/^warning: it has room for \d+ connections, two replicas of voting want 304$/),
    ]);
  });

  it.skipIf(!hasBouncer).each([
    ['session', []],
    ['transaction', [expect.stringMatching(/^wrong: what one connection tells does not reach another one/)]],
  ])('tells whether changes come through a PgBouncer that pools by %s', async (mode, told) => {
    const bouncer = await startBouncer(database.url, mode);
    try {
      expect(await look(bouncer.url)).toEqual(told);
    } finally {
      await bouncer.stop();
    }
  });

  it('tells of a database that is not there and of a server that is not there, without the password', async () => {
    const missing = new URL(database.url);
    missing.pathname = '/none';
    missing.password = 'geheim';
    const away = `postgres://tally:geheim@127.0.0.1:1/tally`;
    for (const url of [missing.href, away]) {
      const { findings } = await checkPostgres({ url, poolSize: 10, tls: undefined, now });
      expect(findings).toMatchObject([{ state: 'wrong', remedy: expect.stringMatching(/./) }]);
      expect(JSON.stringify(findings)).not.toContain('geheim');
    }
  });
});

describe.skipIf(redisServer === undefined)('the doctor of Redis', () => {
  let server: PrivateServer;
  let admin: ReturnType<typeof createClient>;
  const look = async (use: RedisQuestion['use'], url = server.url) => {
    const { findings } = await checkRedis({ variable: 'REDIS_URL', url, use, tls: undefined, now });
    return troubleOf(findings).map((line) => line.replace(/REDIS_URL \([\d.:]+\):? /, ''));
  };
  beforeAll(async () => {
    server = await startPrivateRedis({ appendOnly: true });
    admin = createClient({ url: server.url });
    await admin.connect();
  });
  afterAll(async () => {
    admin.destroy();
    await server.stop();
  });

  it('finds nothing wrong with one that keeps what it is given, for sessions as for limits', async () => {
    expect([await look('sessions'), await look('limits')]).toEqual([[], []]);
  });

  it.each<readonly [fault: string, use: RedisQuestion['use'], settings: Readonly<Record<string, string>>, told: RegExp]>([
    [
      'a policy that evicts',
      'sessions',
      { 'maxmemory-policy': 'allkeys-lru' },
      /^wrong: maxmemory-policy is allkeys-lru: when it is full it forgets sessions$/,
    ],
    ['a policy that evicts what expires', 'limits', { 'maxmemory-policy': 'volatile-ttl' }, /^wrong: maxmemory-policy is volatile-ttl/],
    ['sessions in memory alone', 'sessions', { appendonly: 'no' }, /^wrong: appendonly is off: a restart loses sessions$/],
    ['memory that is nearly used up', 'limits', { maxmemory: '1mb' }, /^wrong: it uses \d+ % of maxmemory/],
    ['a cache without an end', 'cache', { maxmemory: '0' }, /^warning: maxmemory is 0: the cache grows without end$/],
    ['a cache that takes nothing new', 'cache', { maxmemory: '1gb' }, /^warning: maxmemory-policy is noeviction/],
  ])('tells of %s, and of nothing else', async (_, use, settings, told) => {
    const before = Object.entries({ 'maxmemory-policy': 'noeviction', appendonly: 'yes', maxmemory: '0' });
    await admin.configSet(settings);
    try {
      expect(await look(use)).toEqual([expect.stringMatching(told)]);
    } finally {
      for (const [name, value] of before) await admin.configSet(name, value);
    }
  });

  it('tells of a replica, which takes no writes', async () => {
    await admin.sendCommand(['REPLICAOF', '127.0.0.1', '1']);
    try {
      expect(await look('limits')).toContainEqual(expect.stringMatching(/^wrong: it is a replica/));
    } finally {
      await admin.sendCommand(['REPLICAOF', 'NO', 'ONE']);
    }
  });

  it('tells of a password that is missing or wrong, and shows none', async () => {
    await admin.configSet('requirepass', 'richtig');
    try {
      for (const url of [server.url, server.url.replace('//', '//:geheim@')]) {
        const { findings } = await checkRedis({ variable: 'REDIS_URL', url, use: 'limits', tls: undefined, now });
        expect(findings).toMatchObject([{ state: 'wrong', remedy: expect.stringContaining('password') }]);
        expect(JSON.stringify(findings)).not.toMatch(/geheim|richtig/);
      }
    } finally {
      await admin.configSet('requirepass', '');
    }
  });

  it('asks for no more than INFO and TIME, which hosted ones allow', async () => {
    await admin.sendCommand(['ACL', 'SETUSER', 'narrow', 'on', '>narrow', '~*', '-@all', '+info', '+time', '+client', '+hello', '+ping']);
    expect(await look('sessions', server.url.replace('//', '//narrow:narrow@'))).toEqual([]);
  });
});
