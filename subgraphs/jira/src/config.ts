import { z } from 'zod';
import {
  type ConfigIssue,
  type Environment,
  httpUrl,
  isLoopback,
  milliseconds,
  operationsVariables,
  parseConfig,
  port,
  redisUrl,
  redisVariables,
  seconds,
  serviceSecret,
  type ValidValues,
} from '../../../kit/process/config.ts';
import { findOidcIssues, type OidcOptions, oidcVariables, toOidcOptions } from '../../../kit/process/oidc.ts';
import { portVariables, secretVariables } from '../../../kit/process/services.ts';
import { isPlainRedis, plainRedisComplaint } from '../../../kit/process/storage-tls.ts';
import { findTlsIssues, type openTls, tlsVariables } from '../../../kit/process/tls.ts';
import { defaultTrack, toTrackName } from './domain/issue.ts';
import { splitJql } from './domain/jql.ts';

const estimateFieldIdForm = /^(?:customfield_\d+|timeoriginalestimate)$/;
const estimateFieldId = z.string().regex(estimateFieldIdForm, 'must be a custom field id like customfield_10016, or timeoriginalestimate');

const fieldIds = z
  .string()
  .transform((given) => given.split(',').map((id) => id.trim()))
  .refine(
    (ids) => ids.every((id) => /^customfield_\d+$/.test(id)) && ids.length <= 20,
    'must be up to 20 custom field ids like customfield_10030,customfield_10031',
  );

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
export const schema = z.looseObject({
  JIRA_PORT: portVariables.JIRA_PORT,
  ...operationsVariables,
  ...tlsVariables,
  JIRA_URL: httpUrl.describe('the Jira; may have a path (`https://api.atlassian.com/ex/jira/{cloudId}`).'),
  JIRA_BROWSE_URL: httpUrl.optional().describe('where people open issues, when that is not JIRA_URL.'),
  JIRA_USERNAME: z.string().optional().describe('the account of the API token; a personal access token needs none.'),
  JIRA_API_TOKEN: z
    .string('must be given: an API token, or a personal access token')
    .describe('the API token (Cloud, with JIRA_USERNAME), or personal access token (Data Center).'),
  JIRA_FLAVOR: z
    .enum(['cloud', 'data-center'], 'must be cloud or data-center')
    .optional()
    .describe('which Jira it is; asked of it when not given.'),
  JIRA_SCOPE_JQL: z
    .string()
    .refine(isScope, 'must be a JQL with matching parentheses and without ORDER BY, not an empty one')
    .optional()
    .describe('what may be seen at all; required for AUTH=open with a Jira that is not on this machine.'),
  STORY_POINTS_FIELD: estimateFieldId
    .optional()
    .describe('the custom field of estimates, or timeoriginalestimate for decks of hours; asked of Jira when not given.'),
  STORY_POINTS_FIELD_BY_PROJECT: fieldsByProject
    .optional()
    .describe(
      'the field of estimates by project, like ABC=customfield_10016,SHOP=customfield_10026: for projects whose boards or fields leave it open.',
    ),
  JIRA_EXTRA_FIELDS: fieldIds
    .optional()
    .describe('custom fields to show besides the description, e.g. customfield_10030,customfield_10031 (acceptance criteria, team).'),
  JIRA_CACHE_TTL: seconds.default(300).describe('seconds for which an issue is fresh.'),
  JIRA_STALE_TTL: seconds.default(86_400).describe('seconds after JIRA_CACHE_TTL for which an issue may stand in while Jira is down.'),
  JIRA_CACHE_MAX_ITEMS: z.coerce.number('must be a number').int().min(1).default(20_000).describe('issues in the memory cache at most.'),
  JIRA_TIMEOUT_MS: milliseconds.default(10_000).describe('milliseconds for one request to Jira.'),
  CACHE_REDIS_URL: redisUrl
    .optional()
    .describe('the Redis of the issue cache, which may evict; REDIS_URL (with a warning) or memory without it.'),
  ...redisVariables,
  ...oidcVariables,
  ROUTER_TO_JIRA_SECRET: secretVariables.ROUTER_TO_JIRA_SECRET,
  VOTING_TO_JIRA_SECRET: secretVariables.VOTING_TO_JIRA_SECRET,
  JIRA_COMMENT_ESTIMATES: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .describe('whether an estimate is also written as a comment on the issue.'),
  JIRA_WEBHOOK_PORT: port.default(4003).describe("the port of Jira's webhooks, when there is a secret for them."),
  JIRA_WEBHOOK_SECRET: serviceSecret.optional().describe('signs the webhooks of Jira; without it they are not listened for.'),
  /** Unless given: `server` with TLS_CERT. Jira has no certificate to show: the signature says who it is. */
  JIRA_WEBHOOK_TLS: z
    .enum(['server', 'off'], 'must be server or off')
    .optional()
    .describe('TLS on that port: `server` (with TLS_CERT the default), or `off` behind a proxy; Jira has no certificate to show.'),
});

/** What is wrong with variables together. */
function findIssues(values: ValidValues<typeof schema>): readonly ConfigIssue[] {
  const { HOST = '127.0.0.1', AUTH, TLS_CERT } = values;
  const issues: ConfigIssue[] = [...findTlsIssues(values), ...findOidcIssues(values)];
  const complain = (variable: string, message: string) => issues.push({ variable, message });
  if (TLS_CERT === undefined && (AUTH === 'oidc' || !isLoopback(HOST))) {
    for (const name of ['ROUTER_TO_JIRA_SECRET', 'VOTING_TO_JIRA_SECRET'] as const)
      if (values[name] === undefined)
        complain(name, 'must be given with AUTH=oidc or a HOST that is not a loopback address: else everyone could ask as a service');
  }
  if (
    AUTH === 'open' &&
    values.JIRA_SCOPE_JQL === undefined &&
    values.JIRA_URL !== undefined &&
    !isLoopback(new URL(values.JIRA_URL).hostname)
  )
    complain('JIRA_SCOPE_JQL', 'must be given when AUTH is open and JIRA_URL is not a loopback address: it says what everyone may see');
  for (const name of ['JIRA_URL', 'JIRA_BROWSE_URL'] as const)
    if (hasCredentials(values[name])) complain(name, 'must have no user name or password in it: it is shown as the address of issues');
  for (const name of ['CACHE_REDIS_URL', 'REDIS_URL'] as const)
    if (TLS_CERT !== undefined && isPlainRedis(values[name] ?? '')) complain(name, plainRedisComplaint);
  if (values.JIRA_WEBHOOK_TLS === 'server' && TLS_CERT === undefined) complain('JIRA_WEBHOOK_TLS', 'needs TLS_CERT, TLS_KEY and TLS_CA');
  for (const [name, value] of trackVariables(values))
    if (!estimateFieldId.safeParse(value).success)
      complain(name, 'must be a custom field id like customfield_10016, or timeoriginalestimate');
  return issues;
}

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
  /** Custom fields that are shown besides. */
  readonly extraFields: readonly string[];
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
  const given = parseConfig('jira', schema, environment, findIssues);
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
    extraFields: given.JIRA_EXTRA_FIELDS ?? [],
    commentsEstimates: given.JIRA_COMMENT_ESTIMATES === 'true',
    cacheTtlMs: given.JIRA_CACHE_TTL * 1_000,
    staleTtlMs: given.JIRA_STALE_TTL * 1_000,
    cacheMaxItems: given.JIRA_CACHE_MAX_ITEMS,
    timeoutMs: given.JIRA_TIMEOUT_MS,
    cacheRedisUrl: given.CACHE_REDIS_URL ?? given.REDIS_URL,
    sharesRedis: given.CACHE_REDIS_URL === undefined && given.REDIS_URL !== undefined,
    oidc: toOidcOptions(given),
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
