// `npm run fuzz -- --minutes 5 [--seed 1]`: hostile requests to a router in a process of its own; what costs much, breaks or tells of the inside is found.
// `npm run fuzz -- both-ways [documents] [first seed]`: random documents on random supergraphs, by compiled plans and by the gateway, against graphql-js.

import { parseArgs } from 'node:util';
import { fuzzBothWays } from './both-ways.ts';
import { fuzzHostile } from './hostile.ts';

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const { values: options, positionals } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
});
const [what, wanted = '50000', first = '1000'] = positionals;

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
else if (what === 'both-ways') {
  const { documents, differences } = await fuzzBothWays(Number(wanted), Number(first), write);
  write(`${documents} documents, ${differences} differences`);
  process.exitCode = differences === 0 ? 0 : 1;
} else {
  process.stderr.write('Usage: npm run fuzz -- --minutes <number> [--seed <number>] | both-ways [documents] [first seed]\n');
  process.exitCode = 2;
}
