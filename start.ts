// `npm start`: the whole product in this process, on loopback, with nothing to configure. Production runs the same mains, one each.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, type ConfigIssue, dataDirectory, type Environment, logLevel, parseConfig } from './kit/process/config.ts';
import type { Stop } from './kit/process/http.ts';
import { runService } from './kit/process/run.ts';
import { portVariables } from './kit/process/services.ts';
import { readConfig as readRouterConfig } from './router/src/config.ts';
import { start as startRouter } from './router/src/main.ts';
import { startSimulator } from './subgraphs/jira/simulator/simulator.ts';
import { trackFields } from './subgraphs/jira/simulator/site.ts';
import { readConfig as readJiraConfig } from './subgraphs/jira/src/config.ts';
import { start as startJira } from './subgraphs/jira/src/main.ts';
import { readConfig as readVotingConfig } from './subgraphs/voting/src/config.ts';
import { start as startVoting } from './subgraphs/voting/src/main.ts';

export const schema = z.object({
  DATA_DIRECTORY: dataDirectory,
  LOG_LEVEL: logLevel.default('warn'),
  SIMULATOR_PORT: portVariables.SIMULATOR_PORT,
});

const write = (line: string) => void process.stdout.write(`${line}\n`);

/** The simulated site has a field for each track of the presets. */
const demoFields = Object.fromEntries(Object.entries(trackFields).map(([track, field]) => [`JIRA_SP_${track.toUpperCase()}_FIELD`, field]));

const readOwnConfig = (environment: Environment) => parseConfig('Tally', schema, environment);

/**
 * Reads every part's configuration before any part starts.
 *
 * @throws ConfigError naming the bad variables of all parts at once.
 */
function checkEnvironment(environment: Environment): void {
  const somewhere = 'http://127.0.0.1';
  const simulated = environment['JIRA_URL'] === undefined ? { JIRA_URL: somewhere, JIRA_API_TOKEN: 'simulated' } : {};
  const whole = { AUTH: 'open', ...environment, ...simulated, JIRA_SERVICE_URL: somewhere, VOTING_SERVICE_URL: somewhere };
  const issues: ConfigIssue[] = [];
  for (const read of [readOwnConfig, readJiraConfig, readVotingConfig, readRouterConfig]) {
    try {
      read(whole);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      issues.push(...error.issues);
    }
  }
  if (issues.length > 0) throw new ConfigError('Tally', issues);
}

/** Starts simulator, jira, voting and router, in this order; what is set in the environment wins over the embedded defaults. */
export async function start(given: Environment): Promise<{ readonly url: string; readonly stop: Stop }> {
  // As everywhere: an empty value is none.
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  checkEnvironment(environment);
  const { DATA_DIRECTORY, LOG_LEVEL, SIMULATOR_PORT } = readOwnConfig(environment);
  const secret = () => randomBytes(24).toString('base64url');
  const defaults = {
    AUTH: 'open',
    ROUTER_TO_JIRA_SECRET: secret(),
    ROUTER_TO_VOTING_SECRET: secret(),
    VOTING_TO_JIRA_SECRET: secret(),
    ...environment,
    DATA_DIRECTORY,
    LOG_LEVEL,
  };
  const started: Stop[] = [];
  const stop: Stop = async () => {
    for (const stopOne of started.splice(0).reverse()) await stopOne();
  };
  try {
    write('Tally is starting (the first time takes some seconds more).');
    const simulator =
      environment['JIRA_URL'] === undefined
        ? await startSimulator({ port: SIMULATOR_PORT, stateFile: join(DATA_DIRECTORY, 'simulator.json') })
        : undefined;
    if (simulator !== undefined) {
      started.push(simulator.stop);
      write(`  Jira simulator   ${simulator.url}`);
    }
    const simulated =
      simulator === undefined ? {} : { JIRA_URL: simulator.url, JIRA_USERNAME: 'tally@example.com', JIRA_API_TOKEN: 'simulated' };
    const jira = await startJira({ ...(simulator === undefined ? {} : demoFields), ...defaults, ...simulated });
    started.push(jira.stop);
    write(`  jira subgraph    ${jira.url}`);
    const voting = await startVoting({ ...defaults, JIRA_SERVICE_URL: jira.url });
    started.push(voting.stop);
    write(`  voting subgraph  ${voting.url}`);
    const router = await startRouter({ ...defaults, JIRA_SERVICE_URL: jira.url, VOTING_SERVICE_URL: voting.url });
    started.push(router.stop);
    write(`  router           ${router.url}`);
    write(
      `\nTally is ready: ${new URL('/', router.url).href.replace('127.0.0.1', 'localhost')} is the page, /graphql on it is Apollo Sandbox (/graphiql needs no internet). Ctrl-C stops.`,
    );
    return { url: router.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

if (import.meta.main) await runService('Tally', process.env, start);
