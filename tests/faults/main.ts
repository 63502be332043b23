// `npm run faults -- <name>`: the large form of a fault test of `npm test`. The last line is the result as JSON; exit code 1 when it is not clean.
import { parseArgs } from 'node:util';
import { startPrivatePostgres } from '../setup/postgres.ts';
import { runDependencyFaults } from './dependencies.ts';
import { inProcesses } from './replicas.ts';
import { allInTurn, runRollingRestart } from './rolling.ts';
import { runSchemaChange } from './schema-change.ts';
import { runStreamFaults } from './streams.ts';
import { runWriteBackFaults } from './write-back.ts';

const runs: Readonly<Record<string, (adminUrl: string, only?: string) => Promise<object>>> = {
  dependencies: (_adminUrl, only) => runDependencyFaults({ faultMs: 8_000, only }),
  rolling: (adminUrl) => runRollingRestart({ adminUrl, replicas: 2, launch: inProcesses, roll: allInTurn(2) }),
  'rolling --schema-change': (adminUrl) => runSchemaChange({ adminUrl, replicas: 2 }),
  streams: (adminUrl) => runStreamFaults({ adminUrl, kills: 20 }),
  writeback: (adminUrl) => runWriteBackFaults({ adminUrl, estimates: 200, kills: 40 }),
};

/** What a report tells of what was done; all else must be 0. */
const done = new Set(['estimates', 'faults', 'kills', 'restarts', 'requests', 'retried']);

/**
 * How long anybody may wait for an answer of whatever kind: while all of voting hangs the router gives it SUBGRAPH_TIMEOUT_MS, three seconds, and the
 * answer has to come and go besides.
 */
const longestAnswerMs = 3_200;

const { values, positionals } = parseArgs({
  options: { 'schema-change': { type: 'boolean', default: false }, only: { type: 'string' } },
  allowPositionals: true,
});
const run = runs[`${positionals.join(' ')}${values['schema-change'] ? ' --schema-change' : ''}`];
if (run === undefined) {
  process.stderr.write(`Usage: npm run faults -- ${Object.keys(runs).join(' | ')} [--only 'Redis is full', of dependencies]\n`);
  process.exit(2);
}
const postgres = await startPrivatePostgres();
try {
  const result = await run(postgres.url, values.only);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  const faults = Object.entries(result).filter(([what]) => !done.has(what));
  if (faults.some(([what, count]) => (what === 'worstAnswerMs' ? count > longestAnswerMs : count !== 0))) process.exitCode = 1;
} finally {
  await postgres.stop();
}
