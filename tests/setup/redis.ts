import { access, constants } from 'node:fs/promises';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import {
  createFolder,
  findFreePort,
  type PrivateServer,
  readCertificates,
  type ServerCertificates,
  startServer,
} from './private-server.ts';

export interface PrivateRedisOptions {
  readonly port?: number;
  /** Keeps data over `kill` and `restart`; default false: a restarted server is empty. */
  readonly appendOnly?: boolean;
  /** It then speaks TLS alone, with clients that have a certificate of its authority, as `localhost`. */
  readonly certificates?: ServerCertificates;
}

/** The path of `redis-server`, or of its twin `valkey-server`, on this machine. */
export async function findRedis(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  for (const path of ['redis-server', 'valkey-server'].flatMap((name) => folders.map((folder) => join(folder, name)))) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

/**
 * Starts an empty Redis of our own on a loopback port, in a temporary folder.
 *
 * @throws Error when there is none on this machine (see `findRedis`).
 */
export async function startPrivateRedis({
  port: givenPort,
  appendOnly = false,
  certificates,
}: PrivateRedisOptions = {}): Promise<PrivateServer> {
  const command = await findRedis();
  if (command === undefined) throw new Error('There is no redis-server on this machine.');
  const port = givenPort ?? (await findFreePort());
  const folder = await createFolder('redis');
  const settings = {
    ...(certificates === undefined ? { port } : toTlsSettings(port, certificates)),
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: appendOnly ? 'yes' : 'no',
    // By default a write may wait for a second's fsync, and a kill then loses what was acknowledged.
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
  };
  return startServer({
    name: 'Redis',
    port,
    url: certificates === undefined ? `redis://127.0.0.1:${port}` : `rediss://localhost:${port}`,
    folder,
    command,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    probe: () => ping(port, certificates),
  });
}

function toTlsSettings(port: number, { cert, key, ca }: ServerCertificates) {
  const files = { 'tls-cert-file': cert, 'tls-key-file': key, 'tls-ca-cert-file': ca };
  return { port: 0, 'tls-port': port, 'tls-auth-clients': 'yes', ...files };
}

/** Answers only when the server has loaded its data: until then Redis says LOADING. */
export function ping(port: number, certificates?: ServerCertificates): Promise<void> {
  return new Promise((resolve, reject) => {
    const say = () => void socket.write('PING\r\n');
    const socket =
      certificates === undefined
        ? connect(port, '127.0.0.1', say)
        : connectSecurely({ port, host: 'localhost', ...readCertificates(certificates) }, say);
    socket.setTimeout(2_000, () => socket.destroy(new Error('no answer')));
    socket.once('data', (data) => {
      socket.destroy();
      if (data.toString().startsWith('+PONG')) resolve();
      else reject(new Error(data.toString()));
    });
    socket.once('error', reject);
  });
}
