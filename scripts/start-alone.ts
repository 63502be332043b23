// `npm run start:jira`, `start:voting`, `start:router`: one service in a process of its own. Without secrets, on loopback, it shares those of DATA_DIRECTORY.
import { pathToFileURL } from 'node:url';
import type { Environment } from '../kit/process/config.ts';
import type { Stop } from '../kit/process/http.ts';
import { withLoopbackSecrets } from '../kit/process/loopback-secrets.ts';
import { runService } from '../kit/process/run.ts';
import { serviceNames, services } from '../kit/process/services.ts';

interface Main {
  readonly start: (environment: Environment) => Promise<{ readonly stop: Stop }>;
}

const service = serviceNames.find((each) => each === process.argv[2]);
if (service === undefined) throw new Error(`Say which service: ${serviceNames.join(', ')}.`);

await runService(service, process.env, async (environment) => {
  const { start } = (await import(pathToFileURL(services[service].main).href)) as Main;
  return start(withLoopbackSecrets(environment));
});
