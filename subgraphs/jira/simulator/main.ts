import { parseArgs } from 'node:util';
import { toMessage } from '../../../kit/process/errors.ts';
import type { Fault } from './faults.ts';
import { startSimulator } from './simulator.ts';

try {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4010' },
      seed: { type: 'string', default: '42' },
      issues: { type: 'string', default: '330' },
      flavor: { type: 'string', default: 'cloud' },
      state: { type: 'string' },
      faults: { type: 'string' },
    },
  });
  const { flavor } = values;
  if (flavor !== 'cloud' && flavor !== 'data-center') throw new Error(`--flavor is cloud or data-center; got ${flavor}.`);
  const faults = JSON.parse(values.faults ?? '[]') as Fault[];
  const simulator = await startSimulator({
    host: values.host,
    port: Number(values.port),
    seed: Number(values.seed),
    issueCount: Number(values.issues),
    flavor,
    ...(values.state === undefined ? {} : { stateFile: values.state }),
  });
  for (const fault of faults) simulator.faults.add(fault);
  process.stdout.write(`Jira simulator (${flavor}): ${simulator.world.issues.length} issues at ${simulator.url}\n`);
  const stop = () => void simulator.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
} catch (error) {
  process.stderr.write(`${toMessage(error)}\n`);
  process.exitCode = 1;
}
