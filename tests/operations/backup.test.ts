import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { createLogger } from '../../kit/process/logging.ts';
import { openStorage } from '../../scripts/open-storage.ts';
import { ballot, newId, open, openTable, settle } from '../../subgraphs/voting/src/store/testing/play.ts';
import type { VotingStore } from '../../subgraphs/voting/src/store/voting-store.ts';
import { createDatabase, findPostgres } from '../setup/postgres.ts';
import { createFolder, findFreePort, run, startServer } from '../setup/private-server.ts';
import { findRedis, ping, startPrivateRedis } from '../setup/redis.ts';

// Walks through what docs/operations.md says of backup and restore.
const log = createLogger('test', 'silent');
const adminUrl = inject('TEST_DATABASE_URL');
const binaries = await findPostgres();
const redis = await findRedis();

/** A settled round and an open one with votes in it. */
async function fill(store: VotingStore): Promise<string> {
  const table = await openTable(store);
  const settled = await settle(store, table, { issueKey: newId('SHOP'), seenInJira: { estimate: 1 }, value: 5 });
  const state = await open(store, settled);
  for (const { id } of state.participants) await store.castVote(ballot(state, id));
  return state.session.id;
}

/** The session as it was written and is read back, and that it goes on: one more vote. */
async function expectSame(before: VotingStore, after: VotingStore, sessionId: string): Promise<void> {
  const kept = await after.exportSession(sessionId);
  expect(kept?.votes.length).toBeGreaterThan(0);
  expect(kept).toEqual(await before.exportSession(sessionId));
  const state = await after.load(sessionId);
  const [voter = ''] = state?.session.openRoundVoters ?? [];
  if (state === undefined) throw new Error('the session is gone');
  expect((await after.castVote(ballot(state, voter))).kind).toBe('committed');
}

describe.skipIf(adminUrl === undefined || binaries === undefined)('a backup of Postgres', () => {
  it('brings every session back into an empty database, and they go on', async () => {
    const [first, second] = [await createDatabase(adminUrl ?? ''), await createDatabase(adminUrl ?? '')];
    const folder = await createFolder('backup');
    const store = await openStorage(first.url, log);
    try {
      const sessionId = await fill(store);
      const dump = join(folder, 'tally.dump');
      await run(join(binaries ?? '', 'pg_dump'), ['--format=custom', `--file=${dump}`, first.url]);
      await run(join(binaries ?? '', 'pg_restore'), ['--no-owner', `--dbname=${second.url}`, dump]);
      // Opening migrates: the restored database is known as migrated, so nothing is done twice.
      const restored = await openStorage(second.url, log);
      await expectSame(store, restored, sessionId).finally(() => restored.close());
    } finally {
      await store.close();
      await Promise.all([first.drop(), second.drop()]);
    }
  });
});

describe.skipIf(adminUrl === undefined || binaries === undefined)('ops/backup.sh', () => {
  const backUp = (directory: string, url: string) =>
    run('bash', [join(import.meta.dirname, '../../ops/backup.sh'), '--once'], {
      env: { PATH: `${binaries}:${process.env['PATH']}`, BACKUP_DIRECTORY: directory, DATABASE_URL: url, BACKUP_KEEP_DAYS: '7' },
    });
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

  it('makes a dump that can be restored, and removes those of more than BACKUP_KEEP_DAYS only after it', async () => {
    const [first, second] = [await createDatabase(adminUrl ?? ''), await createDatabase(adminUrl ?? '')];
    const folder = await mkdtemp(join(tmpdir(), 'tally-dumps-'));
    const store = await openStorage(first.url, log);
    try {
      const sessionId = await fill(store);
      for (const [name, days] of [
        ['tally-old.dump', 8],
        ['tally-broken.dump.part', 8],
        ['tally-recent.dump', 6],
      ] as const) {
        await writeFile(join(folder, name), '');
        await utimes(join(folder, name), daysAgo(days), daysAgo(days));
      }
      await expect(backUp(folder, 'postgres://nobody@127.0.0.1:9/nothing')).rejects.toThrow();
      expect((await readdir(folder)).filter((name) => name.endsWith('.dump')).sort()).toEqual(['tally-old.dump', 'tally-recent.dump']);
      await backUp(folder, first.url);
      const kept = (await readdir(folder)).filter((name) => name !== 'tally-recent.dump');
      expect(kept).toEqual([expect.stringMatching(/^tally-\d{8}T\d{6}Z-\d+\.dump$/)]);
      await run(join(binaries ?? '', 'pg_restore'), ['--no-owner', `--dbname=${second.url}`, join(folder, kept[0] ?? '')]);
      const restored = await openStorage(second.url, log);
      await expectSame(store, restored, sessionId).finally(() => restored.close());
    } finally {
      await store.close();
      await Promise.all([first.drop(), second.drop(), rm(folder, { recursive: true })]);
    }
  });
});

interface BackupService {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly volumes: readonly string[];
}

describe.skipIf(adminUrl === undefined || binaries === undefined)('the backup service of docker-compose.yml', () => {
  const root = join(import.meta.dirname, '../..');
  const file = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
  const service: BackupService = file.services.backup;

  it('by its own command and variables makes a dump that can be restored, and the next one, and ends when it is told to', async () => {
    const [first, second] = [await createDatabase(adminUrl ?? ''), await createDatabase(adminUrl ?? '')];
    const dumps = await mkdtemp(join(tmpdir(), 'tally-dumps-'));
    const secrets = await mkdtemp(join(tmpdir(), 'tally-secrets-'));
    await writeFile(join(secrets, 'database_url'), first.url);
    // What the container sees, as it is here.
    const mounts = [
      ...service.volumes
        .map((volume) => volume.split(':'))
        .map(([from = '', to = '']) => [to, from.startsWith('.') ? join(root, from) : dumps] as const),
      ...service.secrets.map((name) => [`/run/secrets/${name}`, join(secrets, name)] as const),
    ];
    const here = (text: string) => mounts.find(([inside]) => inside === text)?.[1] ?? text.replace(/\$\{(\w+):-([^}]*)\}/, '$2');
    const variables = Object.fromEntries(Object.entries(service.environment).map(([name, value]) => [name, here(value)]));
    const [program = '', ...args] = service.command.map(here);
    const env = { PATH: `${binaries}:${process.env['PATH']}`, ...variables, BACKUP_EVERY_SECONDS: '1' };
    const store = await openStorage(first.url, log);
    const running = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const sessionId = await fill(store);
      const made: string[] = [];
      // The first may have begun before there was anything to keep.
      for await (const line of createInterface({ input: running.stdout })) {
        made.push(line);
        if (made.length >= 3) break;
      }
      const last = made.at(-1) ?? '';
      await run(join(binaries ?? '', 'pg_restore'), ['--no-owner', `--dbname=${second.url}`, last]);
      const restored = await openStorage(second.url, log);
      await expectSame(store, restored, sessionId).finally(() => restored.close());
      const ended = once(running, 'exit');
      running.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      expect((await readdir(dumps)).filter((name) => !name.endsWith('.dump'))).toEqual([]);
    } finally {
      running.kill('SIGKILL');
      await store.close();
      await Promise.all([first.drop(), second.drop(), rm(dumps, { recursive: true }), rm(secrets, { recursive: true })]);
    }
  });
});

describe.skipIf(redis === undefined)('a backup of Redis', () => {
  it('brings every session back into an empty Redis, and they go on', async () => {
    const first = await startPrivateRedis();
    const folder = await createFolder('redis-restored');
    const store = await openStorage(first.url, log);
    const stops = [() => store.close(), first.stop];
    try {
      const sessionId = await fill(store);
      const copy = join(folder, 'tally.rdb');
      await run((redis ?? '').replace(/-server$/, '-cli'), ['-p', String(first.port), '--rdb', copy]);
      await copyFile(copy, join(folder, 'dump.rdb'));
      const port = await findFreePort();
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
      const url = `redis://127.0.0.1:${port}`;
      const second = await startServer({ name: 'Redis', port, url, folder, command: redis ?? '', args, probe: () => ping(port) });
      stops.push(second.stop);
      const restored = await openStorage(url, log);
      await expectSame(store, restored, sessionId).finally(() => restored.close());
    } finally {
      for (const stop of stops) await stop();
    }
  });
});
