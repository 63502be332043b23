import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Pool } from 'undici';
import { toFederationOne } from './routers/federation-one.ts';
import { hasGrafbase, startGrafbase } from './routers/grafbase.ts';
import { composeBench, type Measured, startProcess, startTally, toMeasured } from './routers/processes.ts';
import type { Stubs } from './routers/stub.ts';
import { type Workload, workloads } from './routers/workloads.ts';

/** Our CPU time for a request as a share of theirs, smaller is better: the worse of the two queries, then each by itself. */
export interface RouterBench extends Readonly<Record<string, string | number>> {
  readonly bench: 'router';
}

const peers = { stock: 'Stock', 'hive-js': 'HiveJs', 'hive-rust': 'HiveRust', mercurius: 'MercuriusJit' } as const;
const connections = 50;
const rounds = 3;
/** A slice is so many requests, or so many seconds for the slow; the first one, as long, warms the compilers up. */
const requestsPerSlice = 10_000;
const secondsPerSlice = 8;
const plenty = '100000000';

interface Contestant {
  readonly workload: Workload;
  readonly router: Measured;
  best: { micros: number; perSecond: number };
}

/**
 * Router CPU for federated queries: that of the facts (10 rounds of 6 votes, joined with 10 issues) and README's session on our own graph, every
 * request with an id of its own, and the public gateways benchmark's query with requests that are all the same, and once more with no two the same. The routers take turns in one run, and each one's best slice counts: whatever else the machine
 * does only adds.
 */
export async function benchRouter(say: (line: string) => void, chosen: readonly string[] = []): Promise<RouterBench> {
  if (!existsSync(new URL('./peers/node_modules', import.meta.url)))
    throw new Error('The peers are not installed: run `npm ci --prefix bench/peers` first.');
  const stub = await startProcess<Stubs>(new URL('./routers/stub.ts', import.meta.url), {});
  const contestants: Contestant[] = [];
  try {
    if (!hasGrafbase()) say('Grafbase is left out: its package is for Linux on x86-64 only.');
    for (const workload of workloads) {
      if (!isChosen(chosen, workload.name, workloadNames)) continue;
      for await (const router of startRouters(workload, stub.message[workload.name], chosen))
        contestants.push({ workload, router, best: { micros: Number.POSITIVE_INFINITY, perSecond: 0 } });
    }
    for (const workload of workloads)
      await checkAnswers(
        contestants.filter((each) => each.workload === workload),
        say,
      );
    for (let round = 0; round <= rounds; round += 1) {
      for (const contestant of contestants) {
        const { micros, perSecond } = await measure(contestant, `${round}`);
        const { best } = contestant;
        // The first round warms the compilers up.
        if (round > 0) contestant.best = { micros: Math.min(best.micros, micros), perSecond: Math.max(best.perSecond, perSecond) };
      }
    }
    return report(contestants, say);
  } finally {
    for (const { router } of contestants) router.stop();
    stub.child.kill();
  }
}

const workloadNames: readonly string[] = workloads.map(({ name }) => name);
const routerNames: readonly string[] = ['tally', 'grafbase', ...Object.keys(peers)];

/** Names on the command line choose among those of their kind: `npm run bench -- router public tally grafbase`. */
function isChosen(chosen: readonly string[], name: string, kind: readonly string[]): boolean {
  const ofKind = chosen.filter((each) => kind.includes(each));
  return ofKind.length === 0 || ofKind.includes(name);
}

async function* startRouters(workload: Workload, urls: Stubs[Workload['name']], chosen: readonly string[]): AsyncGenerator<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-bench-'));
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const services = workload.subgraphs.map((name) => ({ name, url: urls[name] ?? '', sdl: workload.sdlOf(name) }));
  const federationOne = workload.isFederationOne
    ? {
        VOTING_URL: urls['voting'] ?? '',
        JIRA_URL: urls['jira'] ?? '',
        VOTING_SDL: write('voting.graphql', toFederationOne(workload.sdlOf('voting'), { Issue: 'key' })),
        JIRA_SDL: write('jira.graphql', toFederationOne(workload.sdlOf('jira'))),
      }
    : {};
  const environment = { ...federationOne, SUPERGRAPH_FILE: write('supergraph.graphql', composeBench(services)) };
  yield await startTally({
    ...Object.fromEntries(services.map(({ name, url }) => [`${name.toUpperCase()}_SERVICE_URL`, url])),
    SUPERGRAPH_FILE: environment.SUPERGRAPH_FILE,
    RATE_LIMIT_IP: plenty,
    RATE_LIMIT_IDENTITY: plenty,
  });
  if (hasGrafbase() && isChosen(chosen, 'grafbase', routerNames)) yield await startGrafbase(services);
  for (const peer of Object.keys(peers)) {
    if ((peer === 'mercurius' && !workload.isFederationOne) || !isChosen(chosen, peer, routerNames)) continue;
    const { child, message } = await startProcess<string>(new URL(`./peers/${peer}.mjs`, import.meta.url), environment);
    yield toMeasured(peer, message, child);
  }
}

/** @throws Error when one router answers otherwise than the rest. */
async function checkAnswers([first, ...others]: readonly Contestant[], say: (line: string) => void): Promise<void> {
  if (first === undefined) return;
  const answerOf = async ({ workload, router }: Contestant): Promise<unknown> => {
    const pool = new Pool(new URL(router.url).origin);
    const text = await ask(pool, workload, 'check');
    await pool.close();
    return JSON.parse(text);
  };
  const expected = await answerOf(first);
  say(`${first.workload.name}: an answer of ${JSON.stringify(expected).length} characters`);
  for (const other of others) {
    const answer = await answerOf(other);
    if (!isDeepStrictEqual(answer, expected))
      throw new Error(`${other.router.name} answers the ${first.workload.name} query otherwise than ${first.router.name}.`);
  }
}

async function measure({ router, workload }: Contestant, label: string): Promise<Contestant['best']> {
  const pool = new Pool(new URL(router.url).origin, { connections });
  const cpuBefore = router.cpuMicros();
  const started = performance.now();
  let sent = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (sent < requestsPerSlice && performance.now() - started < secondsPerSlice * 1_000) {
        sent += 1;
        await ask(pool, workload, `${label}-${sent}`);
      }
    }),
  );
  const elapsedMs = performance.now() - started;
  await pool.close();
  return { micros: (router.cpuMicros() - cpuBefore) / sent, perSecond: sent / (elapsedMs / 1_000) };
}

async function ask(pool: Pool, { query, operationName, variablesOf, proof }: Workload, id: string): Promise<string> {
  const { statusCode, body } = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, operationName, variables: variablesOf(id) }),
  });
  const text = await body.text();
  if (statusCode !== 200 || !text.includes(proof) || text.includes('"errors"'))
    throw new Error(`Unexpected answer ${statusCode}: ${text.slice(0, 300)}`);
  return text;
}

function report(contestants: readonly Contestant[], say: (line: string) => void): RouterBench {
  const microsOf = (workload: Workload, name: string): number =>
    contestants.find((each) => each.workload === workload && each.router.name === name)?.best.micros ?? Number.NaN;
  const shareOf = (workload: Workload, name: string): number =>
    Math.round((microsOf(workload, 'tally') / microsOf(workload, name)) * 100) / 100;
  say('| query | router | CPU µs/request | our share | requests/s | MB |');
  say('|---|---|---|---|---|---|');
  for (const { workload, router, best } of contestants) {
    const figures = [Math.round(best.micros), shareOf(workload, router.name), Math.round(best.perSecond)];
    say(`| ${workload.name} | ${router.name} | ${figures.join(' | ')} | ${Math.round(router.residentBytes() / 2 ** 20)} |`);
  }
  const ofShop = new Set(['public', 'distinct']);
  const perSecond = (workload: string, name: string): number =>
    contestants.find((each) => each.workload.name === workload && each.router.name === name)?.best.perSecond ?? Number.NaN;
  const throughput = (workload: string): number => Math.round((perSecond(workload, 'tally') / perSecond(workload, 'grafbase')) * 100) / 100;
  const cpu = (name: string): number =>
    Math.max(...workloads.filter((each) => each.name === name).map((workload) => shareOf(workload, 'grafbase')));
  const own = workloads.filter(({ name }) => !ofShop.has(name));
  const worst = (name: keyof typeof peers | 'grafbase') => Math.max(...own.map((workload) => shareOf(workload, name)));
  const each = workloads.flatMap((workload) =>
    Object.entries({ ...peers, grafbase: 'Rust' }).map(([name, key]) => [`${workload.name}Vs${key}`, shareOf(workload, name)] as const),
  );
  const figures = {
    cpuVsStock: worst('stock'),
    cpuVsHiveJs: worst('hive-js'),
    cpuVsHiveRust: worst('hive-rust'),
    cpuVsMercuriusJit: worst('mercurius'),
    ...Object.fromEntries(each),
    ...Object.fromEntries(workloads.map((workload) => [`${workload.name}Micros`, Math.round(microsOf(workload, 'tally'))])),
    cpuVsRust: worst('grafbase'),
    cpuVsRustPublic: cpu('public'),
    throughputVsRustPublic: throughput('public'),
    cpuVsRustDistinct: cpu('distinct'),
    throughputVsRustDistinct: throughput('distinct'),
  };
  // What was not measured in this run has no figure.
  return { bench: 'router', ...Object.fromEntries(Object.entries(figures).filter(([, value]) => !Number.isNaN(value))) };
}
