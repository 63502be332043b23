import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { composeBench, type Measured, startProcess, startTally, toMeasured } from './routers/processes.ts';

export interface RouterBench {
  readonly bench: 'router';
  /** Our CPU time for a request, as a share of theirs; smaller is better. */
  readonly cpuVsStock: number;
  readonly cpuVsHiveJs: number;
  readonly cpuVsHiveRust: number;
  readonly cpuVsMercuriusJit: number;
  readonly microsPerRequest: number;
}

const query =
  'query Session($id: ID!) { session(id: $id) { id title rounds { id number issue { key summary status storyPoints url } votes { participant { id name } card { label value } } } } }';
const peers = ['stock', 'hive-js', 'hive-rust', 'mercurius'] as const;
const connections = 50;
const rounds = 4;
const requestsPerSlice = 600;
const plenty = '100000000';

/**
 * Router CPU for one federated query (10 rounds of 6 votes, joined with 10 issues), every request with an id of its own.
 * The routers take turns in one run, and each one's best slice counts: whatever else the machine does only adds.
 */
export async function benchRouter(say: (line: string) => void): Promise<RouterBench> {
  if (!existsSync(new URL('./peers/node_modules', import.meta.url)))
    throw new Error('The peers are not installed: run `npm ci --prefix bench/peers` first.');
  const stub = await startProcess<{ voting: string; jira: string }>(new URL('./routers/stub.ts', import.meta.url), {});
  const { voting, jira } = stub.message;
  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'tally-bench-')), 'supergraph.graphql');
  const fileOf = (name: string) => new URL(`./routers/${name}.graphql`, import.meta.url);
  writeFileSync(
    supergraphFile,
    composeBench([
      { name: 'voting', url: voting, file: fileOf('voting') },
      { name: 'jira', url: jira, file: fileOf('jira') },
    ]),
  );
  const environment = { VOTING_URL: voting, JIRA_URL: jira, SUPERGRAPH_FILE: supergraphFile };
  const routers: Measured[] = [];
  try {
    routers.push(
      await startTally({
        VOTING_SERVICE_URL: voting,
        JIRA_SERVICE_URL: jira,
        SUPERGRAPH_FILE: supergraphFile,
        RATE_LIMIT_IP: plenty,
        RATE_LIMIT_IDENTITY: plenty,
      }),
    );
    for (const peer of peers) {
      const { child, message } = await startProcess<string>(new URL(`./peers/${peer}.mjs`, import.meta.url), environment);
      routers.push(toMeasured(peer, message, child));
    }
    return await compare(routers, say);
  } finally {
    for (const router of routers) router.stop();
    stub.child.kill();
  }
}

async function compare(routers: readonly Measured[], say: (line: string) => void): Promise<RouterBench> {
  const best = new Map<string, { micros: number; perSecond: number }>();
  const answers = new Set<string>();
  for (const router of routers) answers.add(JSON.stringify(sorted(JSON.parse(await ask(new Pool(new URL(router.url).origin), 'check')))));
  if (answers.size !== 1) throw new Error('The routers do not answer the same.');
  for (let round = 0; round <= rounds; round += 1) {
    for (const router of routers) {
      const slice = await measure(router, `${round}`);
      // The first round warms the compilers up.
      if (round === 0) continue;
      const before = best.get(router.name);
      best.set(router.name, {
        micros: Math.min(before?.micros ?? Number.POSITIVE_INFINITY, slice.micros),
        perSecond: Math.max(before?.perSecond ?? 0, slice.perSecond),
      });
    }
  }
  const own = best.get('tally')?.micros ?? Number.NaN;
  say('| router | CPU µs/request | our share | requests/s | MB |');
  say('|---|---|---|---|---|');
  for (const router of routers) {
    const { micros, perSecond } = best.get(router.name) ?? { micros: Number.NaN, perSecond: 0 };
    say(
      `| ${router.name} | ${Math.round(micros)} | ${share(own, micros)} | ${Math.round(perSecond)} | ${Math.round(router.residentBytes() / 2 ** 20)} |`,
    );
  }
  const versus = (name: string) => share(own, best.get(name)?.micros ?? Number.NaN);
  return {
    bench: 'router',
    cpuVsStock: versus('stock'),
    cpuVsHiveJs: versus('hive-js'),
    cpuVsHiveRust: versus('hive-rust'),
    cpuVsMercuriusJit: versus('mercurius'),
    microsPerRequest: Math.round(own),
  };
}

async function measure(router: Measured, label: string): Promise<{ readonly micros: number; readonly perSecond: number }> {
  const pool = new Pool(new URL(router.url).origin, { connections });
  const cpuBefore = router.cpuMicros();
  const started = performance.now();
  let sent = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (sent < requestsPerSlice) {
        sent += 1;
        await ask(pool, `${label}-${sent}`);
      }
    }),
  );
  const elapsedMs = performance.now() - started;
  await pool.close();
  return { micros: (router.cpuMicros() - cpuBefore) / sent, perSecond: sent / (elapsedMs / 1_000) };
}

async function ask(pool: Pool, id: string): Promise<string> {
  const { statusCode, body } = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, operationName: 'Session', variables: { id } }),
  });
  const text = await body.text();
  if (statusCode !== 200 || !text.includes('SHOP-10: make')) throw new Error(`Unexpected answer ${statusCode}: ${text.slice(0, 300)}`);
  return text;
}

function share(own: number, theirs: number): number {
  return Math.round((own / theirs) * 100) / 100;
}

/** The same value with the keys of all objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
