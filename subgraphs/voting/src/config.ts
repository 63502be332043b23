import { join } from 'node:path';
import { z } from 'zod';
import {
  type Environment,
  isLoopback,
  logLevel,
  milliseconds,
  operationsVariables,
  parseConfig,
  port,
  seconds,
  serviceSecret,
  serviceUrl,
} from '../../../kit/process/config.ts';
import { oidcVariables } from '../../../kit/process/oidc.ts';
import { isPlainRedis, plainRedisComplaint } from '../../../kit/process/storage-tls.ts';
import { tlsVariables } from '../../../kit/process/tls.ts';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });
const redisUrl = z.url({ protocol: /^rediss?$/, error: 'must be a redis:// URL' });

/** The variables of voting; docs/configuration.md is written out of it. */
export const schema = z
  .object({
    LOG_LEVEL: logLevel.default('info'),
    ...operationsVariables,
    ...tlsVariables,
    HOST: z.string().default('127.0.0.1'),
    VOTING_PORT: port.default(4002),
    JIRA_SERVICE_URL: serviceUrl,
    JIRA_SERVICE_TIMEOUT_MS: milliseconds.default(15_000),
    VOTING_STORAGE: z.enum(['postgres', 'redis', 'embedded'], 'must be postgres, redis or embedded').optional(),
    DATABASE_URL: postgresUrl.optional(),
    POSTGRES_DSN: postgresUrl.optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
    REDIS_URL: redisUrl.optional(),
    DATA_DIRECTORY: z.string().default('.data'),
    SIGNING_KEY_FILE: z.string().optional(),
    WRITE_BACK_LEASE_SECONDS: seconds.min(1).default(60),
    TOKEN_TTL_SECONDS: seconds.min(60).default(8 * 3600),
    SESSION_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(365),
    ...oidcVariables,
    ROUTER_TO_VOTING_SECRET: serviceSecret.optional(),
    VOTING_TO_JIRA_SECRET: serviceSecret.optional(),
  })
  .superRefine((values, context) => {
    const complain = (variable: string, message: string) => context.addIssue({ code: 'custom', path: [variable], message });
    const storage = storageOf(values);
    if (storage === 'postgres' && values.DATABASE_URL === undefined && values.POSTGRES_DSN === undefined)
      complain('DATABASE_URL', 'required for VOTING_STORAGE=postgres');
    if (storage === 'redis' && values.REDIS_URL === undefined) complain('REDIS_URL', 'required for VOTING_STORAGE=redis');
    if (storage === 'redis' && values.TLS_CERT !== undefined && isPlainRedis(values.REDIS_URL ?? ''))
      complain('REDIS_URL', plainRedisComplaint);
    for (const variable of ['OIDC_ISSUER', 'OIDC_AUDIENCE'] as const) {
      if (values.AUTH === 'oidc' && values[variable] === undefined) complain(variable, 'required for AUTH=oidc');
    }
    if (!isLoopback(values.HOST) && values.TLS_CERT === undefined) {
      for (const variable of ['ROUTER_TO_VOTING_SECRET', 'VOTING_TO_JIRA_SECRET'] as const) {
        if (values[variable] === undefined) complain(variable, 'required when HOST is not loopback');
      }
    }
  });

/** Where sessions are kept. */
export type StorageConfig =
  | { readonly kind: 'postgres'; readonly url: string; readonly poolSize: number }
  | { readonly kind: 'redis'; readonly url: string }
  | { readonly kind: 'embedded'; readonly directory: string };

/**
 * The voting subgraph's configuration.
 *
 * @throws ConfigError naming every bad variable.
 */
export function readConfig(environment: Environment) {
  const values = parseConfig('voting', schema, environment);
  return {
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    port: values.VOTING_PORT,
    managementPort: values.MANAGEMENT_PORT,
    tlsFiles: values,
    storage: toStorage(values),
    keyFile: values.SIGNING_KEY_FILE ?? join(values.DATA_DIRECTORY, 'signing-keys.json'),
    writeBackLeaseMs: values.WRITE_BACK_LEASE_SECONDS * 1000,
    tokenTtlSeconds: values.TOKEN_TTL_SECONDS,
    retentionDays: values.SESSION_RETENTION_DAYS,
    jira: { url: values.JIRA_SERVICE_URL, secret: values.VOTING_TO_JIRA_SECRET, timeoutMs: values.JIRA_SERVICE_TIMEOUT_MS },
    oidc:
      values.AUTH === 'oidc'
        ? {
            issuer: values.OIDC_ISSUER ?? '',
            audience: values.OIDC_AUDIENCE ?? '',
            claim: values.OIDC_CLAIM,
            asksUserinfo: values.OIDC_USERINFO === 'true',
          }
        : undefined,
    callers: { router: values.ROUTER_TO_VOTING_SECRET },
  };
}

type Values = z.output<typeof schema>;

/** A database that is given is meant to be used; without one the product runs embedded. */
function storageOf(values: Pick<Values, 'VOTING_STORAGE' | 'DATABASE_URL' | 'POSTGRES_DSN'>): StorageConfig['kind'] {
  return values.VOTING_STORAGE ?? (values.DATABASE_URL === undefined && values.POSTGRES_DSN === undefined ? 'embedded' : 'postgres');
}

function toStorage(values: Values): StorageConfig {
  switch (storageOf(values)) {
    case 'postgres':
      return { kind: 'postgres', url: values.DATABASE_URL ?? values.POSTGRES_DSN ?? '', poolSize: values.DATABASE_POOL_SIZE };
    case 'redis':
      return { kind: 'redis', url: values.REDIS_URL ?? '' };
    case 'embedded':
      return { kind: 'embedded', directory: values.DATA_DIRECTORY };
  }
}
