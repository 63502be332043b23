import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start as startRouter } from '../../router/src/main.ts';
import { type Simulator, startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { start as startJira } from '../../subgraphs/jira/src/main.ts';
import { start as startVoting } from '../../subgraphs/voting/src/main.ts';
import { provisions } from '../../subgraphs/voting/src/store/testing/provisions.ts';
import { type StoreKind, storeKinds } from '../../subgraphs/voting/src/stores.ts';

/**
 * The whole product on free ports, each part started by its own main; stores in Postgres when there is one, else embedded. Nobody else's sessions are in
 * its store: another world would write its estimates to another Jira, and learn from it which fields take them.
 */
export interface World {
  /** The router's GraphQL endpoint: the only one that tests of behaviour speak to. */
  readonly url: string;
  readonly simulator: Simulator;
  readonly jiraUrl: string;
  readonly votingUrl: string;
  /** Takes the jira subgraph away, and brings it back on the same port. */
  readonly stopJira: () => Promise<void>;
  readonly restartJira: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export type WorldEnvironment = Readonly<Record<string, string>>;

/** The stores that this machine can offer. */
export const availableStorages: readonly StoreKind[] = storeKinds.filter((kind) => provisions[kind].isAvailable);

/** Starts simulator, jira, voting and router. `environment` goes to all three services; the first available storage unless one is given. */
export async function startWorld(environment: WorldEnvironment = {}, storageKind = availableStorages[0] ?? 'embedded'): Promise<World> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  };
  const common = { LOG_LEVEL: 'silent', HOST: '127.0.0.1', AUTH: 'open', ...environment };
  try {
    const simulator = await startSimulator();
    stops.push(simulator.stop);

    const jiraEnvironment = { ...common, JIRA_URL: simulator.url, JIRA_USERNAME: 'tally@example.com', JIRA_API_TOKEN: 'simulated' };
    let jira = await startJira({ ...jiraEnvironment, JIRA_PORT: '0' });
    stops.push(() => jira.stop());

    const directory = await mkdtemp(join(tmpdir(), 'tally-world-'));
    stops.push(() => rm(directory, { recursive: true, force: true }));
    const storage = await provisions[storageKind].provide();
    stops.push(storage.drop);
    const voting = await startVoting({
      DATA_DIRECTORY: directory,
      ...common,
      ...storage.environment,
      VOTING_PORT: '0',
      JIRA_SERVICE_URL: jira.url,
    });
    stops.push(voting.stop);

    const router = await startRouter({ ...common, ROUTER_PORT: '0', JIRA_SERVICE_URL: jira.url, VOTING_SERVICE_URL: voting.url });
    stops.push(router.stop);

    const jiraPort = new URL(jira.url).port;
    return {
      url: router.url,
      simulator,
      jiraUrl: jira.url,
      votingUrl: voting.url,
      stopJira: () => jira.stop(),
      restartJira: async () => {
        jira = await startJira({ ...jiraEnvironment, JIRA_PORT: jiraPort });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
