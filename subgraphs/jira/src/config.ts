import { z } from 'zod';
import {
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
} from '../../../kit/process/config.ts';
import { type OidcOptions, oidcVariables } from '../../../kit/process/oidc.ts';
import { isPlainRedis, plainRedisComplaint } from '../../../kit/process/storage-tls.ts';
import { type openTls, tlsVariables } from '../../../kit/process/tls.ts';
import { defaultTrack, toTrackName } from './domain/issue.ts';
import { splitJql } from './domain/jql.ts';

const redisUrl = z.url({ protocol: /^rediss?$/, error: 'must be a redis(s) URL' });

const estimateFieldIdForm = /^(?:customfield_\d+|timeoriginalestimate)$/;
const estimateFieldId = z.string().regex(estimateFieldIdForm, 'must be a custom field id like customfield_10016, or timeoriginalestimate');

const fieldsByProject = z
  .string()
  .transform((given) => given.split(',').map((pair) => pair.split('=').map((part) => part.trim())))
  .refine(
    (pairs) =>
      pairs.every(([key = '', id = '', ...rest]) => /^[A-Z][A-Z0-9_]*$/.test(key) && estimateFieldIdForm.test(id) && rest.length === 0),
    'must be project keys and field ids like ABC=customfield_10016,SHOP=customfield_10026',
  )
  .transform((pairs): Record<string, string> => Object.fromEntries(pairs));

/** The variables of jira; docs/configuration.md is written out of it. */
export const schema = z
  .looseObject({
    HOST: z.string().default('127.0.0.1'),
    JIRA_PORT: port.default(4001),
    LOG_LEVEL: logLevel.default('info'),
    ...operationsVariables,
    ...tlsVariables,
    JIRA_URL: httpUrl,
    JIRA_BROWSE_URL: httpUrl.optional(),
    JIRA_USERNAME: z.string().optional(),
    JIRA_API_TOKEN: z.string('must be given: an API token, or a personal access token'),
    JIRA_FLAVOR: z.enum(['cloud', 'data-center'], 'must be cloud or data-center').optional(),
    JIRA_SCOPE_JQL: z.string().refine(isScope, 'must be a JQL with matching parentheses and without ORDER BY, not an empty one').optional(),
    STORY_POINTS_FIELD: estimateFieldId.optional(),
    STORY_POINTS_FIELD_BY_PROJECT: fieldsByProject.optional(),
    JIRA_CACHE_TTL: seconds.default(300),
    JIRA_STALE_TTL: seconds.default(86_400),
    JIRA_CACHE_MAX_ITEMS: z.coerce.number('must be a number').int().min(1).default(20_000),
    JIRA_TIMEOUT_MS: milliseconds.default(10_000),
    CACHE_REDIS_URL: redisUrl.optional(),
    REDIS_URL: redisUrl.optional(),
    ...oidcVariables,
    ROUTER_TO_JIRA_SECRET: serviceSecret.optional(),
    VOTING_TO_JIRA_SECRET: serviceSecret.optional(),
    JIRA_COMMENT_ESTIMATES: z.enum(['true', 'false'], 'must be true or false').default('false'),
    JIRA_WEBHOOK_PORT: port.default(4003),
    JIRA_WEBHOOK_SECRET: serviceSecret.optional(),
    /** Unless given: `server` with TLS_CERT. Jira has no certificate to show: the signature says who it is. */
    JIRA_WEBHOOK_TLS: z.enum(['server', 'off'], 'must be server or off').optional(),
  })
  .superRefine((config, context) => {
    const complain = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
    if (config.TLS_CERT === undefined && (config.AUTH === 'oidc' || !isLoopback(config.HOST))) {
      const reason = 'must be given with AUTH=oidc or a HOST that is not a loopback address: else everyone could ask as a service';
      if (config.ROUTER_TO_JIRA_SECRET === undefined) complain('ROUTER_TO_JIRA_SECRET', reason);
      if (config.VOTING_TO_JIRA_SECRET === undefined) complain('VOTING_TO_JIRA_SECRET', reason);
    }
    for (const name of ['OIDC_ISSUER', 'OIDC_AUDIENCE'] as const)
      if (config.AUTH === 'oidc' && config[name] === undefined) complain(name, 'must be given with AUTH=oidc');
    if (config.AUTH === 'open' && config.JIRA_SCOPE_JQL === undefined && !isLoopback(new URL(config.JIRA_URL).hostname))
      complain('JIRA_SCOPE_JQL', 'must be given when AUTH is open and JIRA_URL is not a loopback address: it says what everyone may see');
    for (const name of ['JIRA_URL', 'JIRA_BROWSE_URL'] as const)
      if (hasCredentials(config[name])) complain(name, 'must have no user name or password in it: it is shown as the address of issues');
    for (const name of ['CACHE_REDIS_URL', 'REDIS_URL'] as const)
      if (config.TLS_CERT !== undefined && isPlainRedis(config[name] ?? '')) complain(name, plainRedisComplaint);
    if (config.JIRA_WEBHOOK_TLS === 'server' && config.TLS_CERT === undefined)
      complain('JIRA_WEBHOOK_TLS', 'needs TLS_CERT, TLS_KEY and TLS_CA');
    for (const [name, value] of trackVariables(config))
      if (!estimateFieldId.safeParse(value).success)
        complain(name, 'must be a custom field id like customfield_10016, or timeoriginalestimate');
  });

/** What the jira subgraph was told to do. Times are milliseconds. */
export interface JiraConfig {
  readonly host: string;
  readonly port: number;
  readonly managementPort: number | undefined;
  readonly tlsFiles: Parameters<typeof openTls>[1];
  readonly logLevel: string;
  readonly jiraUrl: string;
  readonly browseUrl: string;
  /** The whole `Authorization` header for Jira. */
  readonly authorization: string;
  readonly flavor: 'cloud' | 'data-center' | undefined;
  readonly scopeJql: string | undefined;
  /** Custom field ids by track. */
  readonly estimateFields: Readonly<Record<string, string>>;
  /** Those of the default track by project key. */
  readonly estimateFieldsByProject: Readonly<Record<string, string>>;
  readonly commentsEstimates: boolean;
  readonly cacheTtlMs: number;
  readonly staleTtlMs: number;
  readonly cacheMaxItems: number;
  readonly timeoutMs: number;
  readonly cacheRedisUrl: string | undefined;
  /** True when the cache has to share the Redis of stores and events. */
  readonly sharesRedis: boolean;
  /** Whose tokens may look for issues; undefined: everybody may. */
  readonly oidc: OidcOptions | undefined;
  /** None unless Jira's webhooks are to be listened for. */
  readonly webhooks: { readonly port: number; readonly secret: string; readonly hasTls: boolean } | undefined;
  readonly secrets: Readonly<Partial<Record<'router' | 'voting', string>>>;
}

/**
 * @throws ConfigError naming every bad variable.
 */
export function readConfig(environment: Environment): JiraConfig {
  const given = parseConfig('jira', schema, environment);
  const tracks = trackVariables(given).map(([name, value]) => [
    toTrackName(name.slice('JIRA_SP_'.length, -'_FIELD'.length)),
    String(value),
  ]);
  return {
    host: given.HOST,
    port: given.JIRA_PORT,
    managementPort: given.MANAGEMENT_PORT,
    tlsFiles: given,
    logLevel: given.LOG_LEVEL,
    jiraUrl: given.JIRA_URL,
    browseUrl: given.JIRA_BROWSE_URL ?? given.JIRA_URL,
    authorization:
      given.JIRA_USERNAME === undefined
        ? `Bearer ${given.JIRA_API_TOKEN}`
        : `Basic ${Buffer.from(`${given.JIRA_USERNAME}:${given.JIRA_API_TOKEN}`).toString('base64')}`,
    flavor: given.JIRA_FLAVOR,
    scopeJql: given.JIRA_SCOPE_JQL,
    estimateFields: {
      ...Object.fromEntries(tracks),
      ...(given.STORY_POINTS_FIELD === undefined ? {} : { [defaultTrack]: given.STORY_POINTS_FIELD }),
    },
    estimateFieldsByProject: given.STORY_POINTS_FIELD_BY_PROJECT ?? {},
    commentsEstimates: given.JIRA_COMMENT_ESTIMATES === 'true',
    cacheTtlMs: given.JIRA_CACHE_TTL * 1_000,
    staleTtlMs: given.JIRA_STALE_TTL * 1_000,
    cacheMaxItems: given.JIRA_CACHE_MAX_ITEMS,
    timeoutMs: given.JIRA_TIMEOUT_MS,
    cacheRedisUrl: given.CACHE_REDIS_URL ?? given.REDIS_URL,
    sharesRedis: given.CACHE_REDIS_URL === undefined && given.REDIS_URL !== undefined,
    oidc:
      given.AUTH === 'oidc'
        ? {
            issuer: given.OIDC_ISSUER ?? '',
            audience: given.OIDC_AUDIENCE ?? '',
            claim: given.OIDC_CLAIM,
            asksUserinfo: given.OIDC_USERINFO === 'true',
          }
        : undefined,
    webhooks:
      given.JIRA_WEBHOOK_SECRET === undefined
        ? undefined
        : { port: given.JIRA_WEBHOOK_PORT, secret: given.JIRA_WEBHOOK_SECRET, hasTls: given.JIRA_WEBHOOK_TLS !== 'off' },
    secrets: {
      ...(given.ROUTER_TO_JIRA_SECRET === undefined ? {} : { router: given.ROUTER_TO_JIRA_SECRET }),
      ...(given.VOTING_TO_JIRA_SECRET === undefined ? {} : { voting: given.VOTING_TO_JIRA_SECRET }),
    },
  };
}

function trackVariables(environment: Readonly<Record<string, unknown>>): [name: string, value: unknown][] {
  return Object.entries(environment).filter(([name]) => /^JIRA_SP_[A-Z0-9_]+_FIELD$/.test(name));
}

function hasCredentials(url: string | undefined): boolean {
  const { username, password } = new URL(url ?? 'http://none');
  return username !== '' || password !== '';
}

function isScope(jql: string): boolean {
  try {
    const { where, orderBy } = splitJql(jql);
    return where !== '' && orderBy === '';
  } catch {
    return false;
  }
}
