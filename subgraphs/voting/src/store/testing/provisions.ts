import { rm } from 'node:fs/promises';
import { inject } from 'vitest';
import type { Environment } from '../../../../../kit/process/config.ts';
import { migratePostgres } from '../../../../../prisma/migrate.ts';
import { createDataDirectory } from '../../../../../tests/setup/data-directory.ts';
import { createDatabase } from '../../../../../tests/setup/postgres.ts';
import { findRedis, startPrivateRedis } from '../../../../../tests/setup/redis.ts';
import type { StoreKind } from '../../stores.ts';

/** A storage for tests, with nobody else's sessions in it: the clocks and workers of one test would act on those of another. */
export interface ProvidedStorage {
  /** The variables that open it. */
  readonly environment: Environment;
  readonly drop: () => Promise<unknown>;
}

export interface Provision {
  /** False: this machine lacks the server. */
  readonly isAvailable: boolean;
  /** Whether several processes may open it at once. */
  readonly isShared: boolean;
  readonly provide: () => Promise<ProvidedStorage>;
}

const adminUrl = inject('TEST_DATABASE_URL');
const redis = await findRedis();

/** How tests get a storage of each kind. */
export const provisions: Readonly<Record<StoreKind, Provision>> = {
  postgres: {
    isAvailable: adminUrl !== undefined,
    isShared: true,
    provide: async () => {
      const database = await createDatabase(adminUrl ?? '');
      await migratePostgres(database.url);
      return { environment: { VOTING_STORAGE: 'postgres', DATABASE_URL: database.url }, drop: database.drop };
    },
  },
  redis: {
    isAvailable: redis !== undefined,
    isShared: true,
    provide: async () => {
      const server = await startPrivateRedis();
      return { environment: { VOTING_STORAGE: 'redis', REDIS_URL: server.url }, drop: server.stop };
    },
  },
  embedded: {
    isAvailable: true,
    isShared: false,
    provide: async () => {
      const directory = await createDataDirectory();
      return {
        environment: { VOTING_STORAGE: 'embedded', DATA_DIRECTORY: directory },
        drop: () => rm(directory, { recursive: true, force: true }),
      };
    },
  },
};

/** Where tests keep sessions that may be anywhere: on Postgres, else, on a machine that has none, in the embedded store. */
export const usualStorage: StoreKind = provisions.postgres.isAvailable ? 'postgres' : 'embedded';
