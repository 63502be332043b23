import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createClient } from '@redis/client';
import pg from 'pg';

/** A backup that was restored somewhere else. */
export interface Restored {
  readonly url: string;
  readonly bytes: number;
  readonly backupSeconds: number;
  readonly restoreSeconds: number;
  /** Removes the restored storage and the backup. */
  readonly remove: () => Promise<void>;
}

/** Runs a storage's own tool; the password goes by the environment, where no list of processes shows it. @throws Error with what the tool says. */
async function run(command: string, args: readonly string[], url: string, variable: string): Promise<void> {
  const given = new URL(url);
  const password = decodeURIComponent(given.password);
  given.password = '';
  const env = password === '' ? process.env : { ...process.env, [variable]: password };
  try {
    await promisify(execFile)(
      command,
      args.map((arg) => (arg === url ? given.href : arg)),
      { env },
    );
  } catch (error) {
    const { stderr = '', code } = error as { readonly stderr?: string; readonly code?: unknown };
    throw new Error(`${command} failed: ${stderr.trim() || code}`);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round((performance.now() - startedAt) / 100) / 10;
}

/** Dumps the database of `url`, and restores it into a new one on the server of `into`. Needs pg_dump and pg_restore of that server's version, or newer. */
export async function restorePostgres(url: string, into: string): Promise<Restored> {
  const folder = await mkdtemp(join(tmpdir(), 'tally-drill-'));
  const dump = join(folder, 'tally.dump');
  const name = `tally_restore_drill_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const target = new URL(into);
  target.pathname = `/${name}`;
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client(into);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const remove = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  try {
    const backupSeconds = await timed(() => run('pg_dump', ['--format=custom', `--file=${dump}`, '--dbname', url], url, 'PGPASSWORD'));
    await admin(`CREATE DATABASE ${name}`);
    const restoreSeconds = await timed(() =>
      run('pg_restore', ['--no-owner', '--exit-on-error', '--dbname', target.href, dump], target.href, 'PGPASSWORD'),
    );
    return { url: target.href, bytes: (await stat(dump)).size, backupSeconds, restoreSeconds, remove };
  } catch (error) {
    await remove().catch(() => undefined);
    throw error;
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const patienceMs = 60_000;

/** Copies the Redis of `url`, and starts a server of its own on the copy. Needs redis-cli and redis-server of that version, or newer. */
export async function restoreRedis(url: string): Promise<Restored> {
  const folder = await mkdtemp(join(tmpdir(), 'tally-drill-'));
  const copy = join(folder, 'tally.rdb');
  const port = await findFreePort();
  const restored = `redis://127.0.0.1:${port}`;
  let end = async (): Promise<void> => undefined;
  const remove = async (): Promise<void> => {
    await end();
    await rm(folder, { recursive: true, force: true });
  };
  const start = async (): Promise<void> => {
    const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
    const server = spawn('redis-server', place, { stdio: 'ignore' });
    const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()).once('error', () => resolve()));
    end = async () => {
      server.kill('SIGTERM');
      await exited;
    };
    for (const givenUpAt = Date.now() + patienceMs; Date.now() < givenUpAt; await sleep(100)) {
      const client = createClient({ url: restored, socket: { reconnectStrategy: false } }).on('error', () => undefined);
      // While it loads, PING says so by an error.
      const isThere = await client.connect().then(
        () =>
          client.ping().then(
            () => true,
            () => false,
          ),
        () => false,
      );
      if (client.isOpen) client.destroy();
      if (isThere) return;
      if (server.exitCode !== null) break;
    }
    throw new Error('redis-server does not start on the copy.');
  };
  try {
    const backupSeconds = await timed(() => run('redis-cli', ['-u', url, '--rdb', copy], url, 'REDISCLI_AUTH'));
    const bytes = (await stat(copy)).size;
    await rename(copy, join(folder, 'dump.rdb'));
    const restoreSeconds = await timed(start);
    return { url: restored, bytes, backupSeconds, restoreSeconds, remove };
  } catch (error) {
    await remove().catch(() => undefined);
    throw error;
  }
}
