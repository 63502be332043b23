import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ConfigError, type Environment, httpUrl, logLevel, milliseconds, parseConfig, port, seconds } from '../../kit/config.ts';

/** Where a subgraph is and how it knows us. */
export interface SubgraphAddress {
  readonly name: string;
  /** Ends in `/graphql`. */
  readonly url: string;
  /** Unset only on loopback or with mTLS. */
  readonly secret: string | undefined;
}

const serviceUrl = httpUrl.transform((url) => (url.endsWith('/graphql') ? url : `${url}/graphql`));

const schema = z.object({
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: logLevel.default('info'),
  HOST: z.string().default('127.0.0.1'),
  ROUTER_PORT: port.default(4000),
  JIRA_SERVICE_URL: serviceUrl,
  VOTING_SERVICE_URL: serviceUrl,
  ROUTER_TO_JIRA_SECRET: z.string().min(16, 'must have 16 characters or more').optional(),
  ROUTER_TO_VOTING_SECRET: z.string().min(16, 'must have 16 characters or more').optional(),
  SUPERGRAPH_FILE: z.string().default(fileURLToPath(new URL('../supergraph.graphql', import.meta.url))),
  PAGE_DIRECTORY: z.string().default(fileURLToPath(new URL('../../web/dist', import.meta.url))),
  STARTUP_WAIT_SECONDS: seconds.default(30),
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(10_000),
  JWKS_URL: httpUrl.optional(),
  HEARTBEAT_SECONDS: seconds.min(1, 'must be 1 or more').default(10),
  UPSTREAM_GIVE_UP_SECONDS: seconds.default(120),
  MAX_CONNECTIONS: z.coerce.number().int().min(1).default(10_000),
  MAX_OPERATIONS_PER_CONNECTION: z.coerce.number().int().min(1).default(50),
});

export type RouterConfig = ReturnType<typeof readConfig>;

/**
 * The router's configuration.
 *
 * @throws ConfigError naming every bad variable; also for a HOST beyond loopback without the services' secrets.
 */
export function readConfig(environment: Environment) {
  const values = parseConfig('router', schema, environment);
  const subgraphs: readonly SubgraphAddress[] = [
    { name: 'jira', url: values.JIRA_SERVICE_URL, secret: values.ROUTER_TO_JIRA_SECRET },
    { name: 'voting', url: values.VOTING_SERVICE_URL, secret: values.ROUTER_TO_VOTING_SECRET },
  ];
  const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(values.HOST);
  const withoutSecret = subgraphs.filter(({ secret }) => secret === undefined);
  if (!isLoopback && withoutSecret.length > 0) {
    const lines = withoutSecret.map(({ name }) => `  ROUTER_TO_${name.toUpperCase()}_SECRET: required when HOST is not loopback`);
    throw new ConfigError(`router cannot start with this environment:\n${lines.join('\n')}`);
  }
  if (!existsSync(values.SUPERGRAPH_FILE)) {
    throw new ConfigError(
      `router cannot start with this environment:\n  SUPERGRAPH_FILE: no such file (\`npm run compose\` writes the default one)`,
    );
  }
  return {
    isProduction: values.NODE_ENV === 'production',
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    port: values.ROUTER_PORT,
    subgraphs,
    supergraphFile: values.SUPERGRAPH_FILE,
    pageDirectory: values.PAGE_DIRECTORY,
    startupWaitSeconds: values.STARTUP_WAIT_SECONDS,
    subgraphTimeoutMs: values.SUBGRAPH_TIMEOUT_MS,
    jwksUrl: values.JWKS_URL ?? new URL('/.well-known/jwks.json', values.VOTING_SERVICE_URL).href,
    heartbeatMs: values.HEARTBEAT_SECONDS * 1_000,
    upstreamGiveUpMs: values.UPSTREAM_GIVE_UP_SECONDS * 1_000,
    maxConnections: values.MAX_CONNECTIONS,
    maxOperationsPerConnection: values.MAX_OPERATIONS_PER_CONNECTION,
  };
}
