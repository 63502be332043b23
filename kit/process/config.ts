import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What a process was told by its environment, before parsing. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment is unusable; the message names every bad variable, one a line, and never a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Parses the environment once, at start.
 * An empty string counts as unset, as in compose files (`FOO=${FOO:-}`).
 * Any variable may come out of a file, as secrets do in containers: `FOO_FILE=/run/secrets/foo` stands for FOO, without the last line break.
 *
 * @throws ConfigError naming every bad variable at once.
 */
export function parseConfig<Schema extends z.ZodType>(service: string, schema: Schema, environment: Environment): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const own = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const parsed = schema.safeParse({ ...readFiles(service, own, given), ...given }, { reportInput: false });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(all)'}: ${issue.message}`);
  throw new ConfigError(`${service} cannot start with this environment:\n${[...new Set(lines)].join('\n')}`);
}

function readFiles(service: string, variables: readonly string[], given: Environment): Environment {
  const inFiles = variables.flatMap((variable) => {
    const file = given[`${variable}_FILE`];
    // SIGNING_KEY_FILE is a variable of its own, not the file of a SIGNING_KEY.
    if (file === undefined || given[variable] !== undefined || variables.includes(`${variable}_FILE`)) return [];
    try {
      return [[variable, readFileSync(file, 'utf8').replace(/\r?\n$/, '')]];
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? error.code : 'unreadable';
      throw new ConfigError(`${service} cannot start with this environment:\n  ${variable}_FILE: the file cannot be read (${reason})`);
    }
  });
  return Object.fromEntries(inFiles);
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

/** Variables that every service has, for operations. */
export const operationsVariables = {
  /** The plain port of `/health` and `/metrics`, without TLS and without secrets; the service's own port serves them when unset. */
  MANAGEMENT_PORT: port.optional(),
} as const;
