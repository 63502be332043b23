import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../kit/process/logging.ts';
import type { VotingStore } from '../subgraphs/voting/src/store/voting-store.ts';
import { openStoreAt, type StoreKind, storeKinds } from '../subgraphs/voting/src/stores.ts';
import { createDatabase, startPrivatePostgres } from '../tests/setup/postgres.ts';
import { startPrivateRedis } from '../tests/setup/redis.ts';

export const storeNames = storeKinds;
export type StoreName = StoreKind;

export interface OpenStores {
  /** Replicas on the same data; one for the embedded store. */
  readonly stores: readonly [VotingStore, ...VotingStore[]];
  /** The server's own address, for tools of its own; the folder of the embedded store. */
  readonly url: string;
}

const log = createLogger('bench', 'warn');

/**
 * Runs `use` with replicas of a store on a server of its own: that of TEST_DATABASE_URL or TEST_REDIS_URL, else a private one.
 *
 * @throws Error when the machine has no such server.
 */
export async function withStores<Result>(name: StoreName, use: (open: OpenStores) => Promise<Result>): Promise<Result> {
  const { url, replicas, dispose } = await ground[name]();
  const stores: [VotingStore, ...VotingStore[]] = [await openStoreAt(url, { log })];
  try {
    for (let count = 1; count < replicas; count += 1) stores.push(await openStoreAt(url, { log }));
    return await use({ stores, url });
  } finally {
    await Promise.all(stores.map((store) => store.close()));
    await dispose();
  }
}

interface Ground {
  readonly url: string;
  readonly replicas: number;
  readonly dispose: () => Promise<void>;
}

const ground: Readonly<Record<StoreName, () => Promise<Ground>>> = {
  postgres: async () => {
    const given = process.env['TEST_DATABASE_URL'];
    const server = given === undefined ? await startPrivatePostgres() : undefined;
    const database = await createDatabase(given ?? server?.url ?? '');
    return {
      url: database.url,
      replicas: 2,
      dispose: server?.stop ?? database.drop,
    };
  },
  redis: async () => {
    const given = process.env['TEST_REDIS_URL'];
    const server = given === undefined ? await startPrivateRedis({ appendOnly: true }) : undefined;
    const url = given ?? server?.url ?? '';
    return { url, replicas: 2, dispose: async () => server?.stop() };
  },
  embedded: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tally-bench-'));
    return {
      url: directory,
      replicas: 1,
      dispose: () => rm(directory, { recursive: true, force: true }),
    };
  },
};
