import { randomUUID } from 'node:crypto';
import { readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { Client } from 'pg';
import {
  type Account,
  createFolder,
  findFreePort,
  type PrivateServer,
  readCertificates,
  run,
  type ServerCertificates,
  startServer,
} from './private-server.ts';

/** A database of one's own on a given server. */
export interface TestDatabase {
  readonly url: string;
  /** Drops it, whoever is still connected. */
  readonly drop: () => Promise<void>;
}

/**
 * The newest usable PostgreSQL on this machine: the folder that has both `postgres` and a working `initdb`.
 * Looks on the PATH, then where Debian keeps its versions.
 */
export async function findPostgres(): Promise<string | undefined> {
  const onPath = await Promise.all(
    (process.env['PATH'] ?? '').split(delimiter).map((folder) => realpath(join(folder, 'postgres')).then(dirname, () => undefined)),
  );
  const debian = '/usr/lib/postgresql';
  const versions = (await readdir(debian).catch(() => [])).sort((a, b) => Number(b) - Number(a));
  const folders = [...onPath.filter((folder) => folder !== undefined), ...versions.map((version) => join(debian, version, 'bin'))];
  for (const folder of new Set(folders)) {
    // A wrapper called `postgres` without its initdb beside it is no server.
    const works = await run(join(folder, 'initdb'), ['--version']).then(
      ({ stdout }) => stdout.startsWith('initdb (PostgreSQL)'),
      () => false,
    );
    if (works) return folder;
  }
  return undefined;
}

/**
 * Starts an empty PostgreSQL of our own on a free loopback port, in a temporary folder.
 * With `certificates` it speaks TLS alone, with clients that have a certificate of its authority, as `localhost`.
 *
 * @throws Error when there is none on this machine (see `findPostgres`).
 */
export async function startPrivatePostgres(certificates?: ServerCertificates): Promise<PrivateServer> {
  const binaries = await findPostgres();
  if (binaries === undefined) throw new Error('There is no PostgreSQL on this machine.');
  const account = await findUnprivilegedAccount();
  const folder = await createFolder('postgres', account);
  const data = join(folder, 'data');
  const port = await findFreePort();
  const url = `postgresql://tally@${certificates === undefined ? '127.0.0.1' : 'localhost'}:${port}/postgres`;
  await run(join(binaries, 'initdb'), ['-D', data, '-U', 'tally', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
    cwd: folder,
    ...account,
  });
  if (certificates !== undefined) await writeFile(join(data, 'pg_hba.conf'), 'hostssl all all all trust clientcert=verify-ca\n');
  // Without fsync a killed server still keeps its data; only a power cut would lose some.
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=200'];
  if (certificates !== undefined) {
    const { cert, key, ca } = certificates;
    settings.push('ssl=on', `ssl_cert_file=${cert}`, `ssl_key_file=${key}`, `ssl_ca_file=${ca}`);
  }
  return startServer({
    name: 'PostgreSQL',
    port,
    url,
    folder,
    account,
    command: join(binaries, 'postgres'),
    args: ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    probe: () => query(url, 'SELECT 1', certificates && readCertificates(certificates)),
  });
}

/** Creates an empty database on the server of `adminUrl`. */
export async function createDatabase(adminUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await query(adminUrl, `CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => query(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Runs one statement on a connection of its own. */
export async function query(...statement: Parameters<typeof queryRows>): Promise<void> {
  await queryRows(...statement);
}

type Row = Readonly<Record<string, unknown>>;

/** As `query`, for what the statement gives. */
export async function queryRows(url: string, statement: string, ssl?: ConnectionOptions): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, ...(ssl === undefined ? {} : { ssl }) });
  // A connection that the server cuts also says so by an event; the statement's own error is the one to see.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where there is no such user. */
export async function findUnprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const found = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (found === undefined) throw new Error('PostgreSQL does not run as root, and there is no user `postgres` or `nobody`.');
  return { uid: Number(found[2]), gid: Number(found[3]) };
}
