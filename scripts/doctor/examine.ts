import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Environment, parseConfig, redisUrl } from '../../kit/process/config.ts';
import { toMessage } from '../../kit/process/errors.ts';
import type { Service } from '../../kit/process/services.ts';
import { openTls, type Tls } from '../../kit/process/tls.ts';
import { createGraph } from '../../router/src/planning/graph.ts';
import { checkCertificates } from './certificates.ts';
import { checkClocks } from './clock.ts';
import { type Configurations, checkConfiguration } from './configuration.ts';
import { about, type Finding } from './finding.ts';
import { checkJira } from './jira.ts';
import { checkPostgres, type Looked } from './postgres.ts';
import { checkRedis } from './redis.ts';
import { checkSignIn } from './sign-in.ts';

export interface ExaminationOptions {
  readonly services: readonly Service[];
  readonly environment: Environment;
  /** The names of all variables that there are. */
  readonly known: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Looks at everything that the services of this environment depend on, and changes nothing. Never throws. */
export async function examine({ services, environment, known, now }: ExaminationOptions): Promise<readonly Finding[]> {
  const { findings, configurations } = checkConfiguration(services, environment, known);
  const tls = openCertificates(configurations);
  const looks = [
    ...lookAtStore(configurations, tls, now),
    ...lookAtRedis(services, environment, configurations, tls, now),
    ...(configurations.jira === undefined ? [] : [checkJira(configurations.jira, now)]),
    ...lookAtSignIn(configurations, now),
  ];
  const looked = await Promise.all(looks);
  tls?.stop();
  const unread = services.filter((service) => configurations[service] === undefined);
  const skipped = unread.map((service) =>
    about(service).unknown('what it depends on was not looked at', 'correct its configuration first'),
  );
  return [
    ...findings,
    ...skipped,
    ...lookAtFiles(configurations, environment),
    ...checkCertificates(filesOf(configurations), now),
    ...looked.flatMap((each) => each.findings),
    ...checkClocks(looked.flatMap((each) => each.clock ?? [])),
  ];
}

const filesOf = ({ router, jira, voting }: Configurations) => (voting ?? jira ?? router)?.tlsFiles ?? {};

function openCertificates(configurations: Configurations): Tls | undefined {
  try {
    return openTls('doctor', filesOf(configurations), { onError: () => undefined });
  } catch {
    // What is wrong with the files is told of each of them.
    return undefined;
  }
}

function lookAtStore({ voting }: Configurations, tls: Tls | undefined, now: () => number): readonly Promise<Looked>[] {
  if (voting === undefined) return [];
  const { VOTING_STORAGE, DATABASE_URL, POSTGRES_DSN, DATABASE_POOL_SIZE = 10 } = voting.store;
  const url = DATABASE_URL ?? POSTGRES_DSN;
  if (url === undefined || (VOTING_STORAGE ?? 'postgres') !== 'postgres') return [];
  return [checkPostgres({ url, poolSize: DATABASE_POOL_SIZE, tls, now })];
}

const redisVariables = z.object({ REDIS_URL: redisUrl.optional(), CACHE_REDIS_URL: redisUrl.optional() });

function lookAtRedis(
  services: readonly Service[],
  environment: Environment,
  { voting, jira, router }: Configurations,
  tls: Tls | undefined,
  now: () => number,
): readonly Promise<Looked>[] {
  // A bad one keeps its services from starting, which has been told.
  if (voting === undefined && jira === undefined && router === undefined) return [];
  const { REDIS_URL, CACHE_REDIS_URL } = parseConfig('doctor', redisVariables, environment);
  const isStore = services.includes('voting') && voting?.store.VOTING_STORAGE === 'redis';
  const main = (REDIS_URL ?? '').split(',').filter((url) => url !== '');
  const looks = main.map((url) => checkRedis({ variable: 'REDIS_URL', url, use: isStore ? 'sessions' : 'limits', tls, now }));
  if (!services.includes('jira')) return looks;
  const { warning } = about('redis');
  if (CACHE_REDIS_URL !== undefined && CACHE_REDIS_URL !== REDIS_URL)
    looks.push(checkRedis({ variable: 'CACHE_REDIS_URL', url: CACHE_REDIS_URL, use: 'cache', tls, now }));
  else if (REDIS_URL !== undefined) {
    const shared = warning(
      'the issue cache shares REDIS_URL, which must not evict, so it grows',
      'give it a Redis of its own by CACHE_REDIS_URL',
    );
    looks.push(Promise.resolve({ findings: [shared], clock: undefined }));
  }
  return looks;
}

function lookAtSignIn({ voting, jira }: Configurations, now: () => number): readonly Promise<Looked>[] {
  const { issuer } = voting?.oidc ?? jira?.oidc ?? {};
  return issuer === undefined ? [] : [checkSignIn(issuer, now)];
}

/** Files that the configuration names, and which are read only later. */
function lookAtFiles({ voting, router }: Configurations, environment: Environment): readonly Finding[] {
  const { ok, warning, wrong } = about('files');
  const findings: Finding[] = [];
  if (router !== undefined) {
    try {
      createGraph(readFileSync(router.supergraphFile, 'utf8'));
    } catch (error) {
      findings.push(wrong(`SUPERGRAPH_FILE (${router.supergraphFile}) cannot be served: ${toMessage(error)}`, 'npm run compose'));
    }
    if (!existsSync(join(router.pageDirectory, 'index.html')))
      findings.push(warning(`PAGE_DIRECTORY (${router.pageDirectory}) has no page: the router serves the graph alone`, 'npm run build'));
    for (const file of router.persisted.manifestFiles)
      if (!existsSync(file)) findings.push(wrong(`PERSISTED_OPERATIONS_FILES names ${file}, which is not there`, 'correct the path'));
  }
  if (voting !== undefined && existsSync(voting.keyFile)) {
    const count = countKeys(voting.keyFile);
    if (count === 0)
      findings.push(
        wrong(`SIGNING_KEY_FILE (${voting.keyFile}) holds no private Ed25519 key`, `npm run -s signing-keys > ${voting.keyFile}`),
      );
  } else if (voting !== undefined && (environment['SIGNING_KEY_FILE'] ?? '') !== '')
    findings.push(
      wrong(`SIGNING_KEY_FILE (${voting.keyFile}) is not there: each replica would make keys of its own`, 'npm run -s signing-keys > FILE'),
    );
  return findings.length === 0 && (voting ?? router) !== undefined ? [ok('the graph, the page and the signing keys are there')] : findings;
}

const keySet = z.object({ keys: z.array(z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), d: z.string() })) });

function countKeys(file: string): number {
  try {
    return keySet.parse(JSON.parse(readFileSync(file, 'utf8'))).keys.length;
  } catch {
    return 0;
  }
}
