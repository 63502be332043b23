import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What a process was told by its environment, before parsing. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with one variable; never its value. */
export interface ConfigIssue {
  readonly variable: string;
  readonly message: string;
}

/** The environment is unusable; the message has a line for each issue. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly issues: readonly ConfigIssue[];

  constructor(service: string, issues: readonly ConfigIssue[]) {
    const lines = new Set(issues.map(({ variable, message }) => `  ${variable}: ${message}`));
    super(`${service} cannot start with this environment:\n${[...lines].join('\n')}`);
    this.issues = issues;
  }
}

/** The variables that are given and valid; those with issues of their own are absent. */
export type ValidValues<Schema extends z.ZodObject> = Partial<z.output<Schema>>;

/** What is wrong with variables together: called also when some of them are invalid, so that all problems are told at once. */
export type FindIssues<Schema extends z.ZodObject> = (values: ValidValues<Schema>) => readonly ConfigIssue[];

/**
 * Parses the environment once, at start.
 * An empty string counts as unset, as in compose files (`FOO=${FOO:-}`).
 * Any variable may come out of a file, as secrets do in containers: `FOO_FILE=/run/secrets/foo` stands for FOO, without the last line break.
 *
 * @throws ConfigError naming every bad variable at once.
 */
export function parseConfig<Schema extends z.ZodObject>(
  service: string,
  schema: Schema,
  environment: Environment,
  findIssues: FindIssues<Schema> = () => [],
): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const files = readFiles(Object.keys(schema.shape), set);
  const given = { ...files.values, ...set };
  const values: Record<string, unknown> = schema.def.catchall === undefined ? {} : { ...given };
  const issues = [...files.issues];
  const bad = new Set(files.issues.map(({ variable }) => variable.slice(0, -'_FILE'.length)));
  for (const [variable, type] of Object.entries(schema.shape)) {
    if (bad.has(variable)) continue;
    const parsed = z.safeParse(type, given[variable], { reportInput: false });
    if (parsed.success) {
      if (parsed.data !== undefined) values[variable] = parsed.data;
      continue;
    }
    delete values[variable];
    bad.add(variable);
    const messages = given[variable] === undefined ? ['required'] : parsed.error.issues.map(({ message }) => message);
    issues.push(...messages.map((message) => ({ variable, message })));
  }
  issues.push(...findIssues(values as ValidValues<Schema>).filter(({ variable }) => !bad.has(variable)));
  if (issues.length > 0) throw new ConfigError(service, issues);
  return values as z.output<Schema>;
}

function readFiles(
  variables: readonly string[],
  given: Environment,
): { readonly values: Environment; readonly issues: readonly ConfigIssue[] } {
  const values: Record<string, string> = {};
  const issues: ConfigIssue[] = [];
  for (const variable of variables) {
    const file = given[`${variable}_FILE`];
    // SIGNING_KEY_FILE is a variable of its own, not the file of a SIGNING_KEY.
    if (file === undefined || given[variable] !== undefined || variables.includes(`${variable}_FILE`)) continue;
    try {
      values[variable] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? error.code : 'unreadable';
      issues.push({ variable: `${variable}_FILE`, message: `the file cannot be read (${reason})` });
    }
  }
  return { values, issues };
}

/** A TCP port; 0 lets the system choose. */
export const port = z.coerce.number('must be a port number').int().min(0).max(65_535);

/** A whole number of seconds, 0 or more. */
export const seconds = z.coerce.number('must be a number of seconds').int().min(0);

/** A whole number of milliseconds, 1 or more. */
export const milliseconds = z.coerce.number('must be a number of milliseconds').int().min(1);

/** An absolute http(s) URL, without a trailing slash. */
export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).transform((url) => url.replace(/\/+$/, ''));

export const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']);

/** A secret that two services share. */
export const serviceSecret = z.string().min(16, 'must have 16 characters or more');

/** A service's address: with or without `/graphql`, which is where its GraphQL is. */
export const serviceUrl = httpUrl.transform((url) => (url.endsWith('/graphql') ? url : `${url}/graphql`));

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);
}

/** The Redis of sessions, events, limits: several, separated by commas, are nodes of a cluster. */
export const redisUrl = z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' });

/** Variables that every service has, for operations. */
export const operationsVariables = {
  HOST: z.string().default('127.0.0.1').describe('the address to listen on; beyond loopback the services need their secrets, or TLS.'),
  LOG_LEVEL: logLevel.default('info').describe('what is logged.'),
  /** Without TLS and without secrets. */
  MANAGEMENT_PORT: port.optional().describe("the plain port of `/health` and `/metrics`; the service's own port serves them without it."),
} as const;

/** A Redis that does not evict. */
export const redisVariables = {
  REDIS_URL: redisUrl
    .optional()
    .describe('the Redis of sessions (VOTING_STORAGE=redis), events, rate limits and registered operations; it must not evict.'),
} as const;

/** Where voting keeps files, and a store that has no server. */
export const dataDirectory = z.string().default('.data').describe('where the embedded Postgres and made-up signing keys are kept.');
