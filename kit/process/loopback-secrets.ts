import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Environment, isLoopback, serviceSecret } from './config.ts';
import { secretVariables } from './services.ts';

const fileName = 'service-secrets.json';
const names = Object.keys(secretVariables) as readonly (keyof typeof secretVariables)[];
const contents = z.record(z.enum(names), serviceSecret);

/**
 * The environment with secrets between the services, for those that are started one by one on loopback without any: whoever comes first makes them, in a file
 * of DATA_DIRECTORY that its owner alone can read. What has one of them, TLS or a HOST beyond loopback stays as it is.
 *
 * @throws Error when the file is somebody else's, can be read by others or is no such file; the message names it, and none of the secrets.
 */
export function withLoopbackSecrets(environment: Environment): Environment {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '' || (environment[`${name}_FILE`] ?? '') !== '';
  if (names.some(isSet) || isSet('TLS_CERT') || !isLoopback(environment['HOST'] || '127.0.0.1')) return environment;
  const directory = environment['DATA_DIRECTORY'] || '.data';
  mkdirSync(directory, { recursive: true });
  const file = join(directory, fileName);
  return { ...environment, ...(readSecrets(file) ?? makeSecrets(file)) };
}

function readSecrets(file: string): Environment | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0)
    throw new Error(`${file} must belong to the user who starts the services, and be readable by nobody else: delete it, or chmod 600.`);
  const parsed = contents.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} does not have the secrets between the services: delete it, and they are made anew.`);
  return parsed.data;
}

/** Two that start at once: the file of one of them is there first, whole, and both read it. */
function makeSecrets(file: string): Environment {
  const made = Object.fromEntries(names.map((name) => [name, randomBytes(24).toString('base64url')]));
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(made, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readSecrets(file) ?? made;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
