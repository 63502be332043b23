// `npm run faults -- <name>`: the large form of a fault test of `npm test`. The last line is the result as JSON; exit code 1 when it is not clean.
import { startPrivatePostgres } from '../setup/postgres.ts';
import { runStreamFaults } from './streams.ts';
import { runWriteBackFaults } from './write-back.ts';

const runs: Readonly<Record<string, (adminUrl: string) => Promise<object>>> = {
  streams: (adminUrl) => runStreamFaults({ adminUrl, kills: 20 }),
  writeback: (adminUrl) => runWriteBackFaults({ adminUrl, estimates: 200, kills: 40 }),
};

const [name = ''] = process.argv.slice(2);
const run = runs[name];
if (run === undefined) {
  process.stderr.write(`Usage: npm run faults -- ${Object.keys(runs).join(' | ')}\n`);
  process.exit(2);
}
const postgres = await startPrivatePostgres();
try {
  const result = await run(postgres.url);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  const { estimates: _, kills: __, ...faults } = result as Record<string, number>;
  if (Object.values(faults).some((count) => count !== 0)) process.exitCode = 1;
} finally {
  await postgres.stop();
}
