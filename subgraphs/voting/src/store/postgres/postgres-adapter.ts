import { z } from 'zod';
import { migratePostgres } from '../../../../../prisma/migrate.ts';
import type { StoreAdapter } from '../adapter.ts';
import { createPostgresStore } from './postgres.ts';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });

interface Values {
  readonly DATABASE_URL?: string | undefined;
  readonly POSTGRES_DSN?: string | undefined;
  readonly DATABASE_POOL_SIZE?: number | undefined;
}

const toUrl = ({ DATABASE_URL, POSTGRES_DSN }: Values) => DATABASE_URL ?? POSTGRES_DSN;

/** Sessions on a Postgres server. */
export const postgres = {
  variables: {
    DATABASE_URL: postgresUrl.optional().describe('the Postgres of sessions.'),
    POSTGRES_DSN: postgresUrl.optional().describe('another name of DATABASE_URL.'),
    DATABASE_POOL_SIZE: z.coerce
      .number('must be a number')
      .int()
      .min(1)
      .max(200)
      .default(10)
      .describe('connections to Postgres at most, for each replica.'),
  },
  isImplied: (values) => toUrl(values) !== undefined,
  findIssues: (values) =>
    toUrl(values) === undefined ? [{ variable: 'DATABASE_URL', message: 'required for VOTING_STORAGE=postgres' }] : [],
  open: (values, options) => createPostgresStore({ url: toUrl(values) ?? '', poolSize: values.DATABASE_POOL_SIZE ?? 10, ...options }),
  parseAddress: (address) => (/^postgres(ql)?:\/\//.test(address) ? { DATABASE_URL: address } : undefined),
  prepare: async (values, { tls }) => void (await migratePostgres(toUrl(values) ?? '', tls)),
} as const satisfies StoreAdapter<Values>;
