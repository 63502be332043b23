import { toMessage } from '../../../kit/process/errors.ts';
import { readOptions } from './options.ts';
import { startSimulator } from './simulator.ts';

try {
  // biome-ignore lint/style/noProcessEnv: a main hands its environment on.
  const values = readOptions(process.argv.slice(2), process.env);
  const flavor = values['--flavor'];
  const simulator = await startSimulator({
    host: values['--host'],
    port: values['--port'],
    seed: values['--seed'],
    issueCount: values['--issues'],
    flavor,
    ...(values['--state'] === undefined ? {} : { stateFile: values['--state'] }),
  });
  for (const fault of values['--faults']) simulator.faults.add(fault);
  process.stdout.write(`Jira simulator (${flavor}): ${simulator.world.issues.length} issues at ${simulator.url}\n`);
  const stop = () => void simulator.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
} catch (error) {
  process.stderr.write(`${toMessage(error)}\n`);
  process.exitCode = 1;
}
