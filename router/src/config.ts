import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import {
  ConfigError,
  type Environment,
  httpUrl,
  isLoopback,
  logLevel,
  milliseconds,
  operationsVariables,
  parseConfig,
  port,
  seconds,
  serviceSecret,
  serviceUrl,
} from '../../kit/process/config.ts';
import { isPlainRedis, plainRedisComplaint } from '../../kit/process/storage-tls.ts';
import { tlsVariables } from '../../kit/process/tls.ts';
import { readSubgraphVariables, variablesOf } from './subgraph-addresses.ts';
import type { SubgraphAddress } from './upstream/subgraph-address.ts';

const count = (fallback: number) => z.coerce.number('must be a number').int().min(1, 'must be 1 or more').default(fallback);
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])));
const flag = z.enum(['true', 'false']).optional();

const defaultSupergraphFile = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));

/** The variables of the router for Tally's own supergraph; docs/configuration.md is written out of it. */
export const schema = z.object({
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: logLevel.default('info'),
  ...operationsVariables,
  ...tlsVariables,
  HOST: z.string().default('127.0.0.1'),
  ROUTER_PORT: port.default(4000),
  /** Unless given: `mutual` with TLS_CERT, else `off`. */
  CLIENT_TLS: z.enum(['mutual', 'server', 'off'], 'must be mutual, server or off').optional(),
  JIRA_SERVICE_URL: serviceUrl,
  VOTING_SERVICE_URL: serviceUrl,
  ROUTER_TO_JIRA_SECRET: serviceSecret.optional(),
  ROUTER_TO_VOTING_SECRET: serviceSecret.optional(),
  SUPERGRAPH_FILE: z.string().default(defaultSupergraphFile),
  PAGE_DIRECTORY: z.string().default(fileURLToPath(new URL('../../web/dist', import.meta.url))),
  STARTUP_WAIT_SECONDS: seconds.default(30),
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(10_000),
  JWKS_URL: httpUrl.optional(),
  OIDC_ISSUER: httpUrl.optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_SCOPE: z.string().default('openid profile'),
  HEARTBEAT_SECONDS: seconds.min(1, 'must be 1 or more').default(10),
  UPSTREAM_GIVE_UP_SECONDS: seconds.default(120),
  /** Unless given: on, except with NODE_ENV=production. */
  INTROSPECTION: flag,
  SANDBOX: flag,
  HOT_PATH: flag,
  CORS_ORIGINS: list,
  ALLOWED_HOSTS: list,
  TRUSTED_PROXIES: z.coerce.number('must be a number').int().min(0).default(0),
  PERSISTED_OPERATIONS: z.enum(['optional', 'required'], 'must be optional or required').default('optional'),
  PERSISTED_OPERATIONS_FILES: list,
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis(s) URL' }).optional(),
  RATE_LIMIT_IP: count(12_000),
  RATE_LIMIT_IDENTITY: count(1_200),
  RATE_LIMIT_ENTRANCE: count(300),
  MAX_BODY_BYTES: count(1024 * 1024),
  MAX_TOKENS: count(5_000),
  MAX_DEPTH: count(15),
  MAX_ALIASES: count(50),
  MAX_ROOT_FIELDS: count(20),
  MAX_COST: count(100_000),
  MAX_CONNECTIONS: count(10_000),
  MAX_CONNECTIONS_PER_IP: count(2_000),
  MAX_OPERATIONS_PER_CONNECTION: count(50),
});

const withoutSubgraphs = schema.omit({
  JIRA_SERVICE_URL: true,
  VOTING_SERVICE_URL: true,
  ROUTER_TO_JIRA_SECRET: true,
  ROUTER_TO_VOTING_SECRET: true,
});

/** How the page signs people in at the identity provider, as a public client; undefined: it does not. */
export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** Whom the access token is for. */
  readonly audience: string | undefined;
}

function toSignIn({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_SCOPE, OIDC_AUDIENCE }: z.infer<typeof withoutSubgraphs>): SignIn | undefined {
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined) return undefined;
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, scope: OIDC_SCOPE, audience: OIDC_AUDIENCE };
}

/**
 * The router's configuration.
 *
 * @throws ConfigError naming every bad variable; also for a HOST beyond loopback without the services' secrets.
 */
export function readConfig(environment: Environment) {
  const supergraphFile = environment['SUPERGRAPH_FILE'] || defaultSupergraphFile;
  const read = (sdl: string) => {
    const variables = readSubgraphVariables(sdl);
    const parsed = parseConfig('router', withoutSubgraphs.extend(variables.shape), environment);
    const timeoutMs = (parsed as z.infer<typeof withoutSubgraphs>).SUBGRAPH_TIMEOUT_MS;
    return { variables, parsed, addresses: variables.toAddresses(parsed, timeoutMs) };
  };
  const { variables, parsed, addresses: subgraphs } = read(existsSync(supergraphFile) ? readFileSync(supergraphFile, 'utf8') : '');
  // What `extend` adds has no static type.
  const values = parsed as z.infer<typeof withoutSubgraphs>;
  const withoutSecret = subgraphs.filter(({ name, secret }) => secret === undefined && variables.provenBySecret.includes(name));
  if (!isLoopback(values.HOST) && values.TLS_CERT === undefined && withoutSecret.length > 0) {
    const lines = withoutSecret.map(({ name }) => `  ${variablesOf(name).secret}: required when HOST is not loopback`);
    throw new ConfigError(`router cannot start with this environment:\n${lines.join('\n')}`);
  }
  if (!existsSync(values.SUPERGRAPH_FILE)) {
    throw new ConfigError(
      `router cannot start with this environment:\n  SUPERGRAPH_FILE: no such file (\`npm run compose\` writes the default one)`,
    );
  }
  if (values.TLS_CERT === undefined && values.CLIENT_TLS !== undefined && values.CLIENT_TLS !== 'off') {
    throw new ConfigError('router cannot start with this environment:\n  CLIENT_TLS: needs TLS_CERT, TLS_KEY and TLS_CA');
  }
  if (values.TLS_CERT !== undefined && isPlainRedis(values.REDIS_URL ?? '')) {
    throw new ConfigError(`router cannot start with this environment:\n  REDIS_URL: ${plainRedisComplaint}`);
  }
  if (values.OIDC_CLIENT_ID !== undefined && values.OIDC_ISSUER === undefined) {
    throw new ConfigError('router cannot start with this environment:\n  OIDC_ISSUER: needed with OIDC_CLIENT_ID');
  }
  const isOn = (given: 'true' | 'false' | undefined): boolean =>
    given === undefined ? values.NODE_ENV !== 'production' : given === 'true';
  if (values.PERSISTED_OPERATIONS === 'required' && values.PERSISTED_OPERATIONS_FILES.length === 0) {
    throw new ConfigError(
      'router cannot start with this environment:\n  PERSISTED_OPERATIONS_FILES: needed when PERSISTED_OPERATIONS is required',
    );
  }
  return {
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    port: values.ROUTER_PORT,
    managementPort: values.MANAGEMENT_PORT,
    tlsFiles: values,
    clientTls: values.CLIENT_TLS ?? 'mutual',
    subgraphs,
    /** The same for another supergraph. @throws ConfigError when the environment does not fit it. */
    subgraphsOf: (sdl: string): readonly SubgraphAddress[] => read(sdl).addresses,
    supergraphFile: values.SUPERGRAPH_FILE,
    pageDirectory: values.PAGE_DIRECTORY,
    signIn: toSignIn(values),
    startupWaitSeconds: values.STARTUP_WAIT_SECONDS,
    /** Unless given, the subgraph whose sessions are followed publishes the keys. */
    jwksUrl: values.JWKS_URL,
    heartbeatMs: values.HEARTBEAT_SECONDS * 1_000,
    upstreamGiveUpMs: values.UPSTREAM_GIVE_UP_SECONDS * 1_000,
    allowIntrospection: isOn(values.INTROSPECTION),
    isSandboxServed: isOn(values.SANDBOX),
    hasHotPath: values.HOT_PATH !== 'false',
    corsOrigins: new Set(values.CORS_ORIGINS),
    allowedHosts: values.ALLOWED_HOSTS,
    trustedProxies: values.TRUSTED_PROXIES,
    persisted: { mode: values.PERSISTED_OPERATIONS, manifestFiles: values.PERSISTED_OPERATIONS_FILES },
    rateLimits: {
      perIp: values.RATE_LIMIT_IP,
      perIdentity: values.RATE_LIMIT_IDENTITY,
      perIpEntrances: values.RATE_LIMIT_ENTRANCE,
      redisUrl: values.REDIS_URL,
    },
    limits: {
      maxTokens: values.MAX_TOKENS,
      maxDepth: values.MAX_DEPTH,
      maxAliases: values.MAX_ALIASES,
      maxRootFields: values.MAX_ROOT_FIELDS,
      maxCost: values.MAX_COST,
    },
    maxBodyBytes: values.MAX_BODY_BYTES,
    maxConnections: values.MAX_CONNECTIONS,
    maxConnectionsPerIp: values.MAX_CONNECTIONS_PER_IP,
    maxOperationsPerConnection: values.MAX_OPERATIONS_PER_CONNECTION,
  };
}
