import { setTimeout as sleep } from 'node:timers/promises';
import { type Service, services } from '../../kit/process/services.ts';
import { start as startRouter } from '../../router/src/main.ts';
import { type Simulator, startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { start as startJira } from '../../subgraphs/jira/src/main.ts';
import { start as startVoting } from '../../subgraphs/voting/src/main.ts';
import { runMain } from '../federation/process.ts';
import { createFolder, findFreePort } from '../setup/private-server.ts';
import { type Endpoint, startBalancer } from './balancer.ts';

type Environment = Readonly<Record<string, string>>;

/** Starts one replica. */
export type Launch = (name: Service, environment: Environment) => Promise<Launched>;

interface Launched {
  /** As SIGTERM does. @throws Error with what it has printed when it does not go well. */
  readonly end: () => Promise<void>;
  /** As a crash. */
  readonly kill: () => Promise<unknown>;
  /** As `MainProcess.hang`; only of a process of its own. */
  readonly hang?: () => () => void;
}

/** In processes of their own, of the code in a folder; this repository's unless given. */
export const inProcessesOf =
  (folder?: string): Launch =>
  async (name, environment) => {
    const main = runMain(`${name === 'router' ? 'router' : `subgraphs/${name}`}/src/main.ts`, environment, folder);
    return {
      end: async () => {
        const code = await Promise.race([main.end('SIGTERM'), sleep(patienceMs, 'no end', { ref: false })]);
        if (code !== 0) throw new Error(`${name} ended with ${code}:\n${main.output()}`);
      },
      kill: () => main.end('SIGKILL'),
      hang: main.hang,
    };
  };
export const inProcesses: Launch = inProcessesOf();

/** All in this process: a start takes a tenth of the time. */
export const inThisProcess: Launch = async (name, environment) => {
  const { stop } = await { jira: startJira, voting: startVoting, router: startRouter }[name](environment);
  return { end: stop, kill: stop };
};

interface Replica extends Endpoint, Pick<Launched, 'hang'> {
  readonly kill: () => Promise<unknown>;
  /** Takes it out of the balancer, as a pod that ends is taken out of its Service, then tells it to stop. */
  readonly retire: () => Promise<void>;
}

const patienceMs = 60_000;
/** Until every proxy has heard that a pod goes: the manifests' preStop, shorter. */
const announcedMs = 300;

/** The three services, several processes of each behind a balancer that follows their readiness. */
export interface Services {
  /** The routers' GraphQL endpoint. */
  readonly url: string;
  /** Of each service. */
  readonly replicas: number;
  /** Replaces one process after the other, by others of the same release or of another one: the new one is ready before an old one goes. */
  readonly roll: (name: Service, release?: Launch) => Promise<void>;
  /** Of its replicas, past the balancer. */
  readonly urls: (name: Service) => readonly string[];
  /** The first of its replicas hangs, and is left in the balancer, until what is returned is called. */
  readonly hang: (name: Service) => () => void;
  /** The Jira of all of them. */
  readonly simulator: Simulator;
  readonly stop: () => Promise<void>;
}

/** @throws Error when a replica does not become ready within a minute, or does not end by itself. */
export async function startServices(databaseUrl: string, replicas: number, launch: Launch): Promise<Services> {
  const simulator = await startSimulator();
  const directory = await createFolder('rolling');
  const balancers = { jira: await startBalancer(), voting: await startBalancer(), router: await startBalancer() };
  const at = (name: Service) => `http://127.0.0.1:${balancers[name].port}`;
  const common = { LOG_LEVEL: 'error', AUTH: 'open', JIRA_SERVICE_URL: at('jira'), VOTING_SERVICE_URL: at('voting') };
  const environments: Readonly<Record<Service, Environment>> = {
    jira: { JIRA_URL: simulator.url, JIRA_API_TOKEN: 'simulated' },
    // The signing keys are the same for all.
    voting: { DATABASE_URL: databaseUrl, DATA_DIRECTORY: directory },
    router: { STARTUP_WAIT_SECONDS: '60' },
  };
  const running: Readonly<Record<Service, Replica[]>> = { jira: [], voting: [], router: [] };

  const start = async (name: Service, release = launch): Promise<void> => {
    const [port, managementPort] = [await findFreePort(), await findFreePort()];
    const ports = { [services[name].portVariable]: String(port), MANAGEMENT_PORT: String(managementPort) };
    const launched = await release(name, { ...common, ...environments[name], ...ports });
    const isReady = () =>
      fetch(`http://127.0.0.1:${managementPort}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    let takesConnections = false;
    const replica: Replica = {
      port,
      takesConnections: () => takesConnections,
      retire: async () => {
        takesConnections = false;
        await sleep(announcedMs);
        await launched.end();
      },
      kill: launched.kill,
      ...(launched.hang && { hang: launched.hang }),
    };
    running[name].push(replica);
    balancers[name].endpoints.add(replica);
    const givenUpAt = Date.now() + patienceMs;
    while (!(await isReady())) {
      if (Date.now() > givenUpAt) throw new Error(`${name} does not become ready.`);
      await sleep(100);
    }
    takesConnections = true;
  };

  const stop = async () => {
    for (const name of ['router', 'voting', 'jira'] as const) {
      await Promise.all(running[name].map(({ kill }) => kill()));
      await balancers[name].stop();
    }
    await simulator.stop();
  };
  try {
    for (const name of ['jira', 'voting', 'router'] as const) for (let count = 0; count < replicas; count += 1) await start(name);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `${at('router')}/graphql`,
    replicas,
    simulator,
    urls: (name) => running[name].map(({ port }) => `http://127.0.0.1:${port}/graphql`),
    hang: (name) => {
      const resume = running[name][0]?.hang?.();
      if (resume === undefined) throw new Error(`No ${name} runs in a process of its own.`);
      return resume;
    },
    roll: async (name, release) => {
      for (const old of [...running[name]]) {
        await start(name, release);
        await old.retire();
        running[name].splice(running[name].indexOf(old), 1);
        balancers[name].endpoints.delete(old);
      }
    },
    stop,
  };
}
