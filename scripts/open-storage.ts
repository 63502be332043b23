import type { Logger } from '../kit/logging.ts';
import { migratePostgres } from '../prisma/migrate.ts';
import { createEmbeddedStore } from '../subgraphs/voting/src/store/embedded.ts';
import { createPostgresStore } from '../subgraphs/voting/src/store/postgres.ts';
import { createRedisStore } from '../subgraphs/voting/src/store/redis.ts';
import type { VotingStore } from '../subgraphs/voting/src/store/voting-store.ts';

/** The voting store that a command line names: a Postgres URL (migrated on the way), a Redis URL, or the data folder of the embedded one. */
export async function openStorage(storage: string, log: Logger): Promise<VotingStore> {
  if (/^postgres(ql)?:\/\//.test(storage)) {
    await migratePostgres(storage);
    return createPostgresStore({ url: storage, log });
  }
  if (/^rediss?:\/\//.test(storage)) return createRedisStore({ url: storage, log });
  return createEmbeddedStore({ directory: storage });
}
