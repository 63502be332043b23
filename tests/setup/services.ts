import type { TestProject } from 'vitest/node';
import { toMessage } from '../../kit/process/errors.ts';
import { installDebianPackage, isRootOnDebian } from './debian.ts';
import { startDockerPostgres, startDockerRedis } from './docker.ts';
import { findPostgres, startPrivatePostgres } from './postgres.ts';
import { findRedis, startPrivateRedis } from './redis.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL on which tests may create databases (`createDatabase`); undefined: there is none, skip. */
    readonly TEST_DATABASE_URL: string | undefined;
    /** A Redis for tests; undefined: there is none, skip. */
    readonly TEST_REDIS_URL: string | undefined;
  }
}

interface Service {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface Provision {
  readonly name: string;
  readonly variable: 'TEST_DATABASE_URL' | 'TEST_REDIS_URL';
  readonly debianPackage: string;
  readonly isInstalled: () => Promise<boolean>;
  readonly start: () => Promise<Service>;
  readonly startInDocker: () => Promise<Service>;
}

const provisions: readonly Provision[] = [
  {
    name: 'PostgreSQL',
    variable: 'TEST_DATABASE_URL',
    debianPackage: 'postgresql',
    isInstalled: async () => (await findPostgres()) !== undefined,
    start: startPrivatePostgres,
    startInDocker: startDockerPostgres,
  },
  {
    name: 'Redis',
    variable: 'TEST_REDIS_URL',
    debianPackage: 'redis-server',
    isInstalled: async () => (await findRedis()) !== undefined,
    start: startPrivateRedis,
    startInDocker: startDockerRedis,
  },
];

/** Vitest's global setup: provides real servers to the tests that need them, and stops its own at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services: Service[] = [];
  const missing: string[] = [];
  const stop = async () => {
    await Promise.all(services.map((service) => service.stop()));
    if (missing.length > 0) say(`SKIPPED: the suites that need ${missing.join(' and ')} did not run (they are counted as skipped).`);
  };
  for (const provision of provisions) {
    const service = await provide(provision);
    if (typeof service === 'string') {
      missing.push(provision.name);
      say(`There is no ${provision.name} for the tests: ${service}\nIts suites are SKIPPED. Install it, or give ${provision.variable}.`);
    } else {
      services.push(service);
    }
    project.provide(provision.variable, typeof service === 'string' ? undefined : service.url);
  }
  if (missing.length > 0 && process.env['REQUIRE_SERVICES'] === '1') {
    await stop();
    throw new Error(`REQUIRE_SERVICES=1, but there is no ${missing.join(' and no ')}.`);
  }
  return stop;
}

/** The service, or why there is none. */
async function provide({ name, variable, debianPackage, isInstalled, start, startInDocker }: Provision): Promise<Service | string> {
  const given = process.env[variable];
  if (given !== undefined && given !== '') return { url: given, stop: async () => undefined };
  const reasons: string[] = [];
  const attempt = async (what: string, begin: () => Promise<Service>) => {
    try {
      return await begin();
    } catch (error) {
      reasons.push(`${what}: ${toMessage(error)}`);
      return undefined;
    }
  };
  if (!(await isInstalled()) && (await isRootOnDebian())) {
    say(`Installing Debian's ${debianPackage} for the tests.`);
    await attempt('apt-get', async () => {
      await installDebianPackage(debianPackage);
      return { url: '', stop: async () => undefined };
    });
  }
  const local = (await isInstalled()) ? await attempt(name, start) : undefined;
  return local ?? (await attempt('docker', startInDocker)) ?? (reasons.join('\n') || 'nothing to start it with');
}

function say(text: string): void {
  process.stderr.write(`\n[services] ${text}\n`);
}
