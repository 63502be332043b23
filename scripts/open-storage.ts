import { z } from 'zod';
import { type Environment, parseConfig } from '../kit/process/config.ts';
import type { Logger } from '../kit/process/logging.ts';
import { openTls, tlsVariables } from '../kit/process/tls.ts';
import { migratePostgres } from '../prisma/migrate.ts';
import { createEmbeddedStore } from '../subgraphs/voting/src/store/postgres/embedded.ts';
import { createPostgresStore } from '../subgraphs/voting/src/store/postgres/postgres.ts';
import { createRedisStore } from '../subgraphs/voting/src/store/redis/redis.ts';
import type { VotingStore } from '../subgraphs/voting/src/store/voting-store.ts';

/**
 * The voting store that a command line names: a Postgres URL (migrated on the way), a Redis URL, or the data folder of the embedded one.
 * TLS_CERT, TLS_KEY and TLS_CA of the environment are for the first two.
 */
export async function openStorage(storage: string, log: Logger, environment: Environment = {}): Promise<VotingStore> {
  const values = parseConfig('The command', z.object(tlsVariables), environment);
  const tls = openTls('The command', values, { onError: () => undefined });
  if (/^postgres(ql)?:\/\//.test(storage)) {
    await migratePostgres(storage, tls);
    return createPostgresStore({ url: storage, tls, log });
  }
  if (/^rediss?:\/\//.test(storage)) return createRedisStore({ url: storage, tls, log });
  return createEmbeddedStore({ directory: storage });
}
