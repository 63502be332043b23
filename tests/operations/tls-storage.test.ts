import { chownSync, cpSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../kit/process/logging.ts';
import { openTls, type Tls } from '../../kit/process/tls.ts';
import { migratePostgres } from '../../prisma/migrate.ts';
import { createAuthority, createCertificate } from '../../scripts/certs.ts';
import { openRedisCache } from '../../subgraphs/jira/src/cache/keyv-store.ts';
import { createPostgresStore } from '../../subgraphs/voting/src/store/postgres/postgres.ts';
import { createRedisStore } from '../../subgraphs/voting/src/store/redis/redis.ts';
import { ballot, open, openTable, queue } from '../../subgraphs/voting/src/store/testing/play.ts';
import type { VotingStore } from '../../subgraphs/voting/src/store/voting-store.ts';
import { findPostgres, findUnprivilegedAccount, startPrivatePostgres } from '../setup/postgres.ts';
import type { PrivateServer } from '../setup/private-server.ts';
import { findRedis, startPrivateRedis } from '../setup/redis.ts';
import { hasOpenssl } from './programs.ts';

const log = createLogger('test', 'silent');
const folder = mkdtempSync(join(tmpdir(), 'tally-tls-storage-'));
const [first, second] = ['first', 'second'].map((name) => join(folder, name)) as [string, string];
const inUse = join(folder, 'in-use');

const account = await findUnprivilegedAccount();
const certificates = { cert: join(inUse, 'server.crt'), key: join(inUse, 'server.key'), ca: join(inUse, 'server-ca.crt') };

/** Puts the files of an authority where servers and clients look. */
function use(authority: string, names: readonly string[]): void {
  for (const name of names) for (const kind of ['crt', 'key']) cpSync(join(authority, `${name}.${kind}`), join(inUse, `${name}.${kind}`));
  // PostgreSQL wants its key to be its own.
  if (account !== undefined) for (const file of [certificates.key, certificates.cert]) chownSync(file, account.uid, account.gid);
  cpSync(join(authority, 'ca.crt'), join(inUse, names.includes('server') ? 'server-ca.crt' : 'ca.crt'));
  const later = new Date(Date.now() + 5_000);
  if (names.includes('client')) utimesSync(join(inUse, 'client.crt'), later, later);
}

const openClient = (given: Partial<Record<'TLS_CERT' | 'TLS_KEY' | 'TLS_CA' | 'STORAGE_TLS_CA', string>> = {}): Tls => {
  const files = { TLS_CERT: join(inUse, 'client.crt'), TLS_KEY: join(inUse, 'client.key'), TLS_CA: join(inUse, 'ca.crt') };
  const tls = openTls('test', { ...files, ...given }, { onError: () => undefined, intervalMs: 50 });
  if (tls === undefined) throw new Error('There is no TLS.');
  return tls;
};
/** With a certificate of another authority, or trusting another one. */
const asStranger = () => openClient({ TLS_CERT: join(second, 'client.crt'), TLS_KEY: join(second, 'client.key') });
const trustingOthers = () => openClient({ STORAGE_TLS_CA: join(second, 'ca.crt') });

beforeAll(() => {
  for (const authority of [first, second]) {
    createAuthority(authority, basename(authority));
    for (const name of ['server', 'client']) createCertificate(authority, name);
  }
  cpSync(first, inUse, { recursive: true });
  for (const path of [folder, inUse]) if (account !== undefined) chownSync(path, account.uid, account.gid);
});
afterAll(() => rmSync(folder, { recursive: true }));

const hasServers = hasOpenssl && (await findPostgres()) !== undefined && (await findRedis()) !== undefined;

interface Storage {
  readonly start: () => Promise<PrivateServer>;
  readonly open: (url: string, tls: Tls | undefined) => VotingStore;
}
const storages: readonly [string, Storage][] = [
  [
    'a Postgres that asks for certificates',
    { start: () => startPrivatePostgres(certificates), open: (url, tls) => createPostgresStore({ url, tls, log, timeoutMs: 1_000 }) },
  ],
  [
    'a Redis that asks for certificates',
    {
      start: () => startPrivateRedis({ certificates, appendOnly: true }),
      open: (url, tls) => createRedisStore({ url, tls, log, timeoutMs: 1_000 }),
    },
  ],
];

describe.skipIf(!hasServers).each(storages)('%s', (_name, { start, open: openStore }) => {
  let server: PrivateServer;
  let url: string;

  beforeAll(async () => {
    use(first, ['server']);
    use(first, ['client']);
    server = await start();
    // Without it pg would not ask a Postgres on this machine for TLS.
    url = server.url.startsWith('postgres') ? `${server.url}?sslmode=verify-full` : server.url;
    if (url.startsWith('postgres')) await migratePostgres(url, openClient());
  });
  afterAll(() => server.stop());

  const stateOf = async (given: string, tls: Tls | undefined) => {
    const store = openStore(given, tls);
    try {
      return (await store.check()).status;
    } catch {
      return 'down';
    } finally {
      await store.close();
      tls?.stop();
    }
  };

  it.each<[string, () => Tls | undefined]>([
    ['who shows no certificate', () => undefined],
    ['whose certificate is of another authority', asStranger],
    ['who trusts another authority', trustingOthers],
  ])('is of no use to a service %s', async (_who, openTheirs) => {
    expect(await stateOf(url, openTheirs())).toBe('down');
  });

  it('takes votes, tells the other replica of them, and goes on when the authority has been replaced, without a restart of ours', async () => {
    const tls = openClient();
    const [store, replica] = [openStore(url, tls), openStore(url, tls)];
    try {
      const told: string[] = [];
      replica.onChange((sessionId) => told.push(sessionId));
      const state = await open(store, await queue(store, await openTable(store)));
      const [one, other] = state.participants;
      expect((await store.castVote(ballot(state, one?.id ?? ''))).kind).toBe('committed');
      await expect.poll(() => told).toContain(state.session.id);

      told.length = 0;
      use(second, ['server']);
      use(second, ['client']);
      await server.restart();
      await expect.poll(async () => (await store.check()).status, { timeout: 20_000 }).toBe('ok');
      await expect.poll(() => told, { timeout: 20_000 }).toContain('*');
      told.length = 0;
      expect((await store.castVote(ballot(state, other?.id ?? ''))).kind).toBe('committed');
      await expect.poll(() => told, { timeout: 20_000 }).toContain(state.session.id);
    } finally {
      await store.close();
      await replica.close();
      tls.stop();
    }
  });
});

describe.skipIf(!hasServers)('the cache of issues, in a Redis that asks for certificates', () => {
  it('is there for who shows one, and not for others', async () => {
    use(first, ['server']);
    use(first, ['client']);
    const server = await startPrivateRedis({ certificates });
    const tls = openClient();
    const caches = [tls, undefined].map((shown) => openRedisCache({ url: server.url, tls: shown, namespace: 'test', onError: () => {} }));
    try {
      const [known, stranger] = caches;
      await expect(known?.store.deleteMany(['A-1'])).resolves.not.toThrow();
      await expect(stranger?.store.deleteMany(['A-1'])).rejects.toThrow();
    } finally {
      for (const cache of caches) await cache.stop();
      tls.stop();
      await server.stop();
    }
  });
});
