import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { toMessage } from '../../kit/process/errors.ts';
import { start as startRouter } from '../../router/src/main.ts';
import { type Simulator, startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { start as startJira } from '../../subgraphs/jira/src/main.ts';
import { start as startVoting } from '../../subgraphs/voting/src/main.ts';
import { createDataDirectory } from '../setup/data-directory.ts';
import { findFreePort } from '../setup/private-server.ts';
import { createRunner, operationsFile } from './crowd.ts';

/**
 * The product as `npm start` composes it, on free ports and a folder of its own; voting can go away and come back.
 * Stricter in one thing: the router answers nothing but the operations of the page's own manifest.
 */
export interface PageWorld {
  /** Where the page is, without a slash at the end. */
  readonly url: string;
  readonly simulator: Simulator;
  readonly stopVoting: () => Promise<void>;
  readonly restartVoting: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Tells the simulated Jira what to do, e.g. `issues/SHOP-20` to have another summary. */
export async function control(simulator: Simulator, path: string, body: object): Promise<void> {
  const response = await fetch(`${simulator.url}/__simulator/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The simulator answers ${response.status} to ${path}.`);
}

/**
 * Creates one session that nobody sees. The first change of a cold product, while others start theirs, may stand still for the two seconds after which
 * the router takes a subgraph for hung (decision 0096), and people come to a product that has run for a while.
 */
async function warmUp(url: string): Promise<void> {
  const run = createRunner(url);
  const variables = { title: 'Before all others', name: 'Nobody', role: 'SPECTATOR', deck: 'fibonacci', idempotencyKey: randomUUID() };
  const tries = 5;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const failure = await run('CreateSession', variables).then(() => '', toMessage);
    if (!failure.includes('SUBGRAPH_TIMEOUT')) return;
  }
}

/** Starts simulator, jira, voting (embedded store) and router; `environment` goes to all three services. Jira tells by webhook what changes. */
export async function startPageWorld(environment: Readonly<Record<string, string>> = {}): Promise<PageWorld> {
  const directory = await createDataDirectory();
  const common = { LOG_LEVEL: 'silent', AUTH: 'open', DATA_DIRECTORY: directory, ...environment };
  const webhook = { secret: 'webhook-secret-webhook', port: await findFreePort() };
  const simulator = await startSimulator();
  const jira = await startJira({
    ...common,
    JIRA_PORT: '0',
    JIRA_URL: simulator.url,
    JIRA_USERNAME: 'tally@example.com',
    JIRA_API_TOKEN: 'simulated',
    JIRA_WEBHOOK_SECRET: webhook.secret,
    JIRA_WEBHOOK_PORT: String(webhook.port),
  });
  await control(simulator, 'webhooks', { url: `http://127.0.0.1:${webhook.port}/webhooks/jira`, secret: webhook.secret });
  const startVotingOn = (port: string) =>
    startVoting({ ...common, VOTING_STORAGE: 'embedded', VOTING_PORT: port, JIRA_SERVICE_URL: jira.url });
  let voting = await startVotingOn('0');
  const votingPort = new URL(voting.url).port;
  const router = await startRouter({
    ...common,
    PERSISTED_OPERATIONS: 'required',
    PERSISTED_OPERATIONS_FILES: operationsFile,
    ROUTER_PORT: '0',
    JIRA_SERVICE_URL: jira.url,
    VOTING_SERVICE_URL: voting.url,
  });
  await warmUp(router.url);
  return {
    url: new URL('/', router.url).href.slice(0, -1),
    simulator,
    stopVoting: () => voting.stop(),
    restartVoting: async () => {
      voting = await startVotingOn(votingPort);
    },
    stop: async () => {
      await router.stop();
      await voting.stop();
      await jira.stop();
      await simulator.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
