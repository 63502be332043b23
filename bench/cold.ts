// `npm run bench -- cold`: what the first request of a router that has just started takes longer than one of a router that is warm.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeBench, startProcess, startTally } from './routers/processes.ts';
import type { Stubs } from './routers/stub.ts';
import { workloads } from './routers/workloads.ts';

const starts = 5;
const warmRequests = 300;

/** Milliseconds for README's session query, as the client sees them: medians of several starts; `known…` when it is one of PERSISTED_OPERATIONS_FILES. */
export async function benchCold(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  const workload = workloads.find(({ name }) => name === 'session');
  if (workload === undefined) throw new Error('There is no session workload.');
  const stub = await startProcess<Stubs>(new URL('./routers/stub.ts', import.meta.url), {});
  const { session: urls } = stub.message;
  const services = workload.subgraphs.map((name) => ({ name, url: urls[name] ?? '', sdl: workload.sdlOf(name) }));
  const file = join(mkdtempSync(join(tmpdir(), 'tally-bench-')), 'supergraph.graphql');
  writeFileSync(file, composeBench(services));
  const manifest = fileURLToPath(new URL('../router/persisted/tour.json', import.meta.url));
  const measure = async (environment: Readonly<Record<string, string>>) => {
    const [first, firstCpu, warm]: [number[], number[], number[]] = [[], [], []];
    for (let start = 0; start < starts; start += 1) {
      const router = await startTally({
        ...Object.fromEntries(services.map(({ name, url }) => [`${name.toUpperCase()}_SERVICE_URL`, url])),
        SUPERGRAPH_FILE: file,
        RATE_LIMIT_IP: '1000000',
        ...environment,
      });
      const ask = async (id: string): Promise<number> => {
        const { query, operationName } = workload;
        const body = JSON.stringify({ query, operationName, variables: workload.variablesOf(id) });
        const startedAt = performance.now();
        const answer = await fetch(router.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
        if (!(await answer.text()).includes(workload.proof)) throw new Error('The router answers otherwise.');
        return performance.now() - startedAt;
      };
      const cpuBefore = router.cpuMicros();
      first.push(await ask('first'));
      firstCpu.push((router.cpuMicros() - cpuBefore) / 1_000);
      const later: number[] = [];
      for (let count = 0; count < warmRequests; count += 1) later.push(await ask(`${count}`));
      warm.push(median(later.slice(-100)));
      router.stop();
      say(
        `start ${start + 1}${environment === known ? ', operations known' : ''}: first ${first.at(-1)?.toFixed(1)} ms, warm ${warm.at(-1)?.toFixed(1)} ms`,
      );
    }
    const round = (value: number): number => Math.round(value * 10) / 10;
    return {
      firstMs: round(median(first)),
      warmMs: round(median(warm)),
      coldExtraMs: round(median(first) - median(warm)),
      // In ticks of 10 ms; on a busy machine the only figure of the three that says much.
      firstCpuMs: round(median(firstCpu)),
    };
  };
  const known = { PERSISTED_OPERATIONS_FILES: manifest };
  try {
    const unknown = await measure({});
    const listed = await measure(known);
    return {
      bench: 'cold',
      ...unknown,
      knownFirstMs: listed.firstMs,
      knownExtraMs: listed.coldExtraMs,
      knownFirstCpuMs: listed.firstCpuMs,
    };
  } finally {
    stub.child.kill();
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
