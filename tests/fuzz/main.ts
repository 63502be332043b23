// `npm run fuzz -- --minutes 5 [--seed 1]`: hostile requests to a router in a process of its own; what costs much, breaks or tells of the inside is found.
// `npm run fuzz -- both-ways [documents] [first seed]`: random documents on random supergraphs, by compiled plans and by the gateway, against graphql-js.

import { inspect, parseArgs } from 'node:util';
import { start } from '../../router/src/main.ts';
import { compareGraph } from '../../router/test/compare.ts';
import { fuzzHostile } from './hostile.ts';

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const documentsPerGraph = 100;
const mostDifferences = 1_000;
const { values: options, positionals } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
});
const [what, wanted = '50000', first = '1000'] = positionals;

async function fuzzBothWays(): Promise<number> {
  let documents = 0;
  let differences = 0;
  for (let seed = Number(first); documents < Number(wanted) && differences < mostDifferences; seed += 1) {
    const compared = await compareGraph(start, seed, Math.min(documentsPerGraph, Number(wanted) - documents)).catch((error) => ({
      documents: 0,
      differences: [`seed ${seed}: ${inspect(error)}`],
    }));
    documents += compared.documents;
    differences += compared.differences.length;
    for (const difference of compared.differences.slice(0, 3)) write(`${difference}\n`);
    if (compared.differences.length > 0) write(`Again: npm run fuzz -- both-ways ${documentsPerGraph} ${seed}\n`);
    if (seed % 20 === 0) write(`seed ${seed}: ${documents} documents, ${differences} differences`);
  }
  write(`${documents} documents, ${differences} differences`);
  return differences === 0 ? 0 : 1;
}

async function fuzzRequests(minutes: number, seed: number): Promise<number> {
  const endsAt = Date.now() + minutes * 60_000;
  const run = await fuzzHostile(seed, () => Date.now() >= endsAt, write);
  for (const finding of run.findings) write(finding);
  const { requests, findings, slowestMs, lagMs, rssMb } = run;
  write(
    `${requests} requests of seed ${seed}, ${findings.length} findings; slowest ${Math.round(slowestMs)} ms of CPU, event loop ${Math.round(lagMs)} ms late at most, ${Math.round(rssMb.first)} → ${Math.round(rssMb.last)} MB`,
  );
  return findings.length === 0 ? 0 : 1;
}

if (what === undefined && Number(options.minutes) > 0)
  process.exitCode = await fuzzRequests(Number(options.minutes), Number(options.seed ?? Date.now() % 1_000_000));
else if (what === 'both-ways') process.exitCode = await fuzzBothWays();
else {
  process.stderr.write('Usage: npm run fuzz -- --minutes <number> [--seed <number>] | both-ways [documents] [first seed]\n');
  process.exitCode = 2;
}
