import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import {
  type ConfigIssue,
  type Environment,
  httpUrl,
  isLoopback,
  milliseconds,
  operationsVariables,
  parseConfig,
  redisVariables,
  seconds,
  type ValidValues,
} from '../../kit/process/config.ts';
import { oidcVariables } from '../../kit/process/oidc.ts';
import { addressVariables, portVariables, secretVariables } from '../../kit/process/services.ts';
import { isPlainRedis, plainRedisComplaint } from '../../kit/process/storage-tls.ts';
import { findTlsIssues, tlsVariables } from '../../kit/process/tls.ts';
import { readSubgraphVariables, type SubgraphVariables, variablesOf } from './subgraph-addresses.ts';
import type { SubgraphAddress } from './upstream/subgraph-address.ts';

const count = (fallback: number) => z.coerce.number('must be a number').int().min(1, 'must be 1 or more').default(fallback);
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])));
/** `https://wiki.example.com`, `https://*.example.com`, `http://localhost:8080`: a scheme, a name, and nothing behind it. */
const frameAncestor = /^https?:\/\/(\*\.)?([a-z\d]([a-z\d-]*[a-z\d])?\.)*[a-z\d]([a-z\d-]*[a-z\d])?(:\d{1,5})?$/i;
const flag = z.enum(['true', 'false']).optional();

const defaultSupergraphFile = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));

/** The variables of the router for Tally's own supergraph; docs/configuration.md is written out of it. */
export const schema = z.object({
  NODE_ENV: z.string().optional().describe('`production` turns Sandbox and introspection off unless they are set.'),
  ...operationsVariables,
  ...tlsVariables,
  ROUTER_PORT: portVariables.ROUTER_PORT,
  /** Unless given: `mutual` with TLS_CERT, else `off`. */
  CLIENT_TLS: z
    .enum(['mutual', 'server', 'off'], 'must be mutual, server or off')
    .optional()
    .describe(
      'TLS on the port of clients: `mutual` (with TLS_CERT the default) asks for certificates of TLS_CA, `server` does not, `off` leaves TLS to a proxy.',
    ),
  ...addressVariables,
  ROUTER_TO_JIRA_SECRET: secretVariables.ROUTER_TO_JIRA_SECRET,
  ROUTER_TO_VOTING_SECRET: secretVariables.ROUTER_TO_VOTING_SECRET,
  SUPERGRAPH_FILE: z.string().default(defaultSupergraphFile).describe('the composed graph, watched while the router runs.'),
  OVERRIDE_LABELS: list.describe(
    'labels of `@override(from:, label:)` that hold, separated by commas; `percent(x)` needs none: the router moves that part of all requests.',
  ),
  PAGE_DIRECTORY: z
    .string()
    .default(fileURLToPath(new URL('../../web/dist', import.meta.url)))
    .describe('the built web page.'),
  STARTUP_WAIT_SECONDS: seconds.default(30).describe('how long the router waits for its subgraphs before it serves what it can.'),
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(10_000).describe('milliseconds that the router waits for a subgraph.'),
  JWKS_URL: httpUrl.optional().describe("voting's public keys; below VOTING_SERVICE_URL unless given."),
  OIDC_ISSUER: oidcVariables.OIDC_ISSUER,
  OIDC_AUDIENCE: oidcVariables.OIDC_AUDIENCE,
  OIDC_CLIENT_ID: z
    .string()
    .optional()
    .describe('the page, as a public client of the provider: people sign in with it; without it the page cannot sign anybody in.'),
  OIDC_SCOPE: z.string().default('openid profile').describe('what the page asks the provider for.'),
  HEARTBEAT_SECONDS: seconds.min(1, 'must be 1 or more').default(10).describe('how often a quiet stream says that it is alive.'),
  UPSTREAM_GIVE_UP_SECONDS: seconds.default(120).describe('how long subscriptions wait for a subgraph that is away.'),
  /** Unless given: on, except with NODE_ENV=production. */
  INTROSPECTION: flag.describe('whether clients may read the schema; on, except with NODE_ENV=production.'),
  SANDBOX: flag.describe(
    'whether `/graphql` shows Apollo Sandbox and `/graphiql` GraphiQL to browsers; on, except with NODE_ENV=production.',
  ),
  HOT_PATH: flag.describe('whether plans are compiled; with `false` the uncompiled executor runs all of them, with the same answers.'),
  CORS_ORIGINS: list.describe('origins of pages elsewhere that may ask, over HTTP and WebSocket, separated by commas.'),
  FRAME_ANCESTORS: list
    .refine(
      (origins) => origins.every((origin) => frameAncestor.test(origin)),
      'must be origins, e.g. https://wiki.example.com or https://*.example.com',
    )
    .describe('origins of pages, e.g. of a wiki, that may show the page in a frame, separated by commas; none unless given.'),
  ALLOWED_HOSTS: list.describe(
    'names beside localhost, 127.0.0.1 and [::1] by which a router that listens on loopback is asked, e.g. by a proxy on the same machine; separated by commas.',
  ),
  TRUSTED_PROXIES: z.coerce
    .number('must be a number')
    .int()
    .min(0)
    .default(0)
    .describe('how many proxies in front of the router add to X-Forwarded-For; with 0 it is not believed.'),
  PERSISTED_OPERATIONS: z
    .enum(['optional', 'required'], 'must be optional or required')
    .default('optional')
    .describe('`required` serves no operations but those of PERSISTED_OPERATIONS_FILES.'),
  PERSISTED_OPERATIONS_FILES: list.describe(
    'manifests of known operations, separated by commas; they are planned before the router listens.',
  ),
  ...redisVariables,
  RATE_LIMIT_IP: count(12_000).describe('operations in a minute from one address.'),
  RATE_LIMIT_IDENTITY: count(1_200).describe('operations in a minute with one token.'),
  RATE_LIMIT_JOIN: count(100).describe('times that one session is joined in ten minutes from one address.'),
  RATE_LIMIT_ENTRANCE: count(300).describe('sessions created and joined in a minute from one address.'),
  MAX_BODY_BYTES: count(1024 * 1024).describe('the largest request body.'),
  MAX_TOKENS: count(5_000).describe('lexical tokens in a document, and values in its variables, at most.'),
  MAX_DEPTH: count(15).describe('the deepest nesting of an operation.'),
  MAX_ALIASES: count(50).describe('aliases in an operation at most.'),
  MAX_ROOT_FIELDS: count(20).describe('root fields in an operation at most.'),
  MAX_COST: count(100_000).describe(
    'the highest estimated cost of an operation: weights of fields (@cost), times the lengths of the lists around them (@listSize).',
  ),
  MAX_CONNECTIONS: count(10_000).describe('WebSockets at most.'),
  MAX_CONNECTIONS_PER_IP: count(2_000).describe('WebSockets from one address at most.'),
  MAX_OPERATIONS_PER_CONNECTION: count(50).describe('operations at once on one WebSocket.'),
});

const withoutSubgraphs = schema.omit({
  JIRA_SERVICE_URL: true,
  VOTING_SERVICE_URL: true,
  ROUTER_TO_JIRA_SECRET: true,
  ROUTER_TO_VOTING_SECRET: true,
});

const ownVariables: ReadonlySet<string> = new Set(Object.keys(withoutSubgraphs.shape));

type Values = z.infer<typeof withoutSubgraphs>;

/** What is wrong with variables together. */
function findIssues(
  values: ValidValues<typeof withoutSubgraphs>,
  { provenBySecret, ambiguous, unaddressed }: Pick<SubgraphVariables, 'provenBySecret' | 'ambiguous' | 'unaddressed'>,
): readonly ConfigIssue[] {
  const { HOST = '127.0.0.1', TLS_CERT, CLIENT_TLS = 'off' } = values;
  const issues: ConfigIssue[] = [...findTlsIssues(values)];
  const complain = (variable: string, message: string) => issues.push({ variable, message });
  for (const { variable, message } of unaddressed) if (!(variable in values)) complain(variable, message);
  for (const { variable, names } of ambiguous)
    if ((values as Readonly<Record<string, unknown>>)[variable] !== undefined)
      complain(variable, `means several subgraphs (${names.join(', ')}): give one of them another name in the supergraph`);
  if (!isLoopback(HOST) && TLS_CERT === undefined) {
    const secrets = provenBySecret.map((name) => variablesOf(name).secret);
    for (const secret of secrets) if (!(secret in values)) complain(secret, 'required when HOST is not loopback');
  }
  if (TLS_CERT === undefined && CLIENT_TLS !== 'off') complain('CLIENT_TLS', 'needs TLS_CERT, TLS_KEY and TLS_CA');
  if (TLS_CERT !== undefined && isPlainRedis(values.REDIS_URL ?? '')) complain('REDIS_URL', plainRedisComplaint);
  if (values.OIDC_CLIENT_ID !== undefined && values.OIDC_ISSUER === undefined) complain('OIDC_ISSUER', 'needed with OIDC_CLIENT_ID');
  if (values.PERSISTED_OPERATIONS === 'required' && values.PERSISTED_OPERATIONS_FILES?.length === 0)
    complain('PERSISTED_OPERATIONS_FILES', 'needed when PERSISTED_OPERATIONS is required');
  return issues;
}

/** How the page signs people in at the identity provider, as a public client; undefined: it does not. */
export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** Whom the access token is for. */
  readonly audience: string | undefined;
}

function toSignIn({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_SCOPE, OIDC_AUDIENCE }: Values): SignIn | undefined {
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined) return undefined;
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, scope: OIDC_SCOPE, audience: OIDC_AUDIENCE };
}

function readText(file: string): { readonly text: string; readonly unreadable?: string } {
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const words =
      code === 'ENOENT' ? 'no such file (`npm run compose` writes the default one)' : `the file cannot be read (${code ?? 'unreadable'})`;
    return { text: '', unreadable: words };
  }
}

/**
 * The router's configuration.
 *
 * @throws ConfigError naming every bad variable; also for a HOST beyond loopback without the services' secrets.
 */
export function readConfig(environment: Environment) {
  const supergraphFile = environment['SUPERGRAPH_FILE'] || defaultSupergraphFile;
  const read = (sdl: string) => {
    const variables = readSubgraphVariables(sdl, ownVariables);
    const whole = withoutSubgraphs.extend(variables.shape);
    // What `extend` adds has no static type.
    const values = parseConfig('router', whole, environment, (valid) => [
      ...findIssues(valid as Partial<Values>, variables),
      ...(unreadable === undefined ? [] : [{ variable: 'SUPERGRAPH_FILE', message: unreadable }]),
    ]) as Values;
    return { values, addresses: variables.toAddresses(values, values.SUBGRAPH_TIMEOUT_MS) };
  };
  const { text, unreadable } = readText(supergraphFile);
  const { values, addresses: subgraphs } = read(text);
  const isOn = (given: 'true' | 'false' | undefined): boolean =>
    given === undefined ? values.NODE_ENV !== 'production' : given === 'true';
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
    heldLabels: new Set(values.OVERRIDE_LABELS),
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
    frameAncestors: values.FRAME_ANCESTORS,
    trustedProxies: values.TRUSTED_PROXIES,
    persisted: { mode: values.PERSISTED_OPERATIONS, manifestFiles: values.PERSISTED_OPERATIONS_FILES },
    rateLimits: {
      perIp: values.RATE_LIMIT_IP,
      perIdentity: values.RATE_LIMIT_IDENTITY,
      perIpEntrances: values.RATE_LIMIT_ENTRANCE,
      perIpPlace: values.RATE_LIMIT_JOIN,
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
