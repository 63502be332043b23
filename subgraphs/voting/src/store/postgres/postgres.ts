import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { toMessage } from '../../../../../kit/process/errors.ts';
import type { Logger } from '../../../../../kit/process/logging.ts';
import { toPostgresOptions } from '../../../../../kit/process/storage-tls.ts';
import type { Tls } from '../../../../../kit/process/tls.ts';
import { PrismaClient } from '../../../../../prisma/generated/client.ts';
import type { VotingStore } from '../voting-store.ts';
import { openChangeChannel } from './change-channel.ts';
import { plannerSettings } from './planner-settings.ts';
import { showPool } from './pool-gauge.ts';
import { createPrismaStore } from './prisma-store.ts';
import { createProbe } from './probe.ts';
import { TracedClient } from './traced.ts';
import { batchingVotes } from './vote-batches.ts';

export interface PostgresOptions {
  readonly url: string;
  readonly tls?: Tls | undefined;
  /** Connections of this process; one more listens and tells. */
  readonly poolSize?: number;
  /** How long a connection may be waited for; a statement may take twice, its answer three times as long; default 5000. */
  readonly timeoutMs?: number;
  readonly log: Logger;
}

const readOnlyTransaction = '25006';

/** The voting store on a Postgres server. Migrate first (`npm run migrate`). Changes of other replicas arrive by LISTEN. */
export function createPostgresStore({ url, tls, poolSize = 10, timeoutMs = 5_000, log }: PostgresOptions): VotingStore {
  const server = toPostgresOptions(url, tls);
  const pool = new pg.Pool({
    ...server,
    Client: TracedClient,
    max: poolSize,
    connectionTimeoutMillis: timeoutMs,
    // Waiting for a lock ends in an error, too: else one stuck transaction would in time hold every connection.
    statement_timeout: 2 * timeoutMs,
    // And waiting for a server that is gone without a word.
    query_timeout: 3 * timeoutMs,
    onConnect: async (client) => void (await client.query(plannerSettings)),
  });
  // An idle connection that the server closes is replaced at its next use.
  pool.on('error', (error) => {
    // The reason only: the driver's error drags its whole client along.
    if (!pool.ending) log.warn({ reason: toMessage(error) }, 'an idle Postgres connection was lost');
  });
  // A connection may also be lost between two statements of a transaction, when nobody else is listening: that would end the process.
  // The next statement on it fails, and says so.
  const clients = new Set<pg.PoolClient>();
  // A server that was demoted answers every read, and refuses every write: whatever it is called, another one may be behind its name now.
  const dropClients = (): void => {
    for (const client of clients) void (client as unknown as pg.Client).end().catch(() => undefined);
  };
  pool.on('connect', (client) => {
    clients.add(client);
    client.on('error', () => {});
    // The driver's connection tells of every error that the server answers, also of those that Prisma asked for.
    const { connection } = client as unknown as { readonly connection: NodeJS.EventEmitter };
    connection.on('errorMessage', ({ code }: { readonly code?: string }) => {
      if (code === readOnlyTransaction) dropClients();
    });
  });
  pool.on('remove', (client) => clients.delete(client));
  const probe = createProbe(server, dropClients);
  const hide = showPool(() => pool);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const changes = openChangeChannel({ server, timeoutMs, log });
  return createPrismaStore({
    prisma,
    run: batchingVotes(async (statement, values) => (await pool.query({ ...statement, values: [...values] })).rows),
    onChange: changes.onChange,
    onSignal: changes.onSignal,
    tell: changes.tell,
    // By the pool, which says when it cannot; it comes back by the channel, to this process, too.
    say: async (message) => void (await pool.query("SELECT pg_notify('tally_session', $1)", [message])),
    check: probe.check,
    checkSchema: probe.checkSchema,
    close: async () => {
      hide();
      await changes.stop();
      await probe.stop();
      await prisma.$disconnect();
      await pool.end();
    },
  });
}
