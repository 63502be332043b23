import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { migratePostgres } from '../../prisma/migrate.ts';
import { type Following, followByEventStream, followByMultipart, followByWebSocket } from '../../router/test/clients.ts';
import { startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { type MainProcess, runMain } from '../federation/process.ts';
import { createDatabase } from '../setup/postgres.ts';
import { createFolder, findFreePort } from '../setup/private-server.ts';

export interface StreamFaults {
  /** A Postgres on which databases may be created. */
  readonly adminUrl: string;
  readonly kills: number;
}

/** What went wrong, over all clients; `kills` is what was done. */
export interface StreamReport {
  readonly kills: number;
  readonly eventsLost: number;
  readonly eventsDoubled: number;
  readonly streamsEnded: number;
}

// A killed service has to start again, on a machine that may be busy with other things.
const patienceMs = 120_000;
const query = 'subscription Follow($id: ID!) { sessionEvents(sessionId: $id, after: 0) { revision type item { issue { summary } } } }';

/** Follows a session over graphql-ws, SSE and multipart while it changes and voting is killed again and again. */
export async function runStreamFaults({ adminUrl, kills }: StreamFaults): Promise<StreamReport> {
  const simulator = await startSimulator();
  const database = await createDatabase(adminUrl);
  await migratePostgres(database.url);
  const services = await startServices(simulator.url, database.url);
  const clients: Following[] = [];
  try {
    const ask = createAsk(services.url);
    const { createSession } = await ask('mutation { createSession(title: "Faults", name: "Fay") { token session { id } } }');
    const token: string = createSession.token;
    const id: string = createSession.session.id;
    for (const by of [followByWebSocket, followByEventStream, followByMultipart])
      clients.push(by({ url: services.url, query, variables: { id }, token }));
    for (let kill = 0; kill < kills; kill += 1) {
      await change(ask, token, `before kill ${kill}`);
      // Killed in the middle of a change: whether it was made is for the retry to find out.
      const changing = change(ask, token, `during kill ${kill}`);
      await sleep(Math.random() * 30);
      await services.killVoting();
      await changing;
    }
    const { session } = await ask('query S($id: ID!) { session(id: $id) { revision } }', { id }, token);
    const last: number = session.revision;
    const givenUpAt = Date.now() + patienceMs;
    while (clients.some((client) => !revisionsOf(client).includes(last)) && Date.now() < givenUpAt) await sleep(100);
    return { kills, ...compare(clients, last) };
  } finally {
    await Promise.all(clients.map((client) => client.stop()));
    await services.stop();
    await simulator.stop();
    await database.drop();
  }
}

function compare(clients: readonly Following[], last: number): Omit<StreamReport, 'kills'> {
  const lists = clients.map(revisionsOf);
  return {
    eventsLost: lists.reduce(
      (sum, list) => sum + Array.from({ length: last }, (_, index) => index + 1).filter((revision) => !list.includes(revision)).length,
      0,
    ),
    eventsDoubled: lists.reduce((sum, list) => sum + list.length - new Set(list).size, 0),
    streamsEnded: clients.filter((client) => client.isDone()).length,
  };
}

function revisionsOf({ payloads }: Following): number[] {
  return payloads.flatMap(({ data }) => (typeof data?.sessionEvents?.revision === 'number' ? [data.sessionEvents.revision] : []));
}

async function startServices(jiraUrl: string, databaseUrl: string) {
  const [jiraPort, votingPort, routerPort] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const dataDirectory = await createFolder('stream-faults');
  const common = { AUTH: 'open', LOG_LEVEL: 'error' };
  const jiraServiceUrl = `http://127.0.0.1:${jiraPort}`;
  const startVoting = (): MainProcess =>
    runMain('subgraphs/voting/src/main.ts', {
      ...common,
      VOTING_PORT: String(votingPort),
      DATABASE_URL: databaseUrl,
      DATA_DIRECTORY: dataDirectory,
      JIRA_SERVICE_URL: jiraServiceUrl,
    });
  let voting = startVoting();
  const others = [
    runMain('subgraphs/jira/src/main.ts', { ...common, JIRA_PORT: String(jiraPort), JIRA_URL: jiraUrl, JIRA_API_TOKEN: 'simulated' }),
    runMain('router/src/main.ts', {
      LOG_LEVEL: 'error',
      ROUTER_PORT: String(routerPort),
      JIRA_SERVICE_URL: jiraServiceUrl,
      VOTING_SERVICE_URL: `http://127.0.0.1:${votingPort}`,
      STARTUP_WAIT_SECONDS: '60',
    }),
  ];
  return {
    url: `http://127.0.0.1:${routerPort}/graphql`,
    killVoting: async () => {
      await voting.end('SIGKILL');
      voting = startVoting();
    },
    stop: async () => {
      await Promise.all([voting, ...others].map((main) => main.end('SIGKILL')));
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape.
type Ask = (text: string, variables?: Record<string, unknown>, token?: string) => Promise<any>;

/** Asks the router until it gets an answer without errors: services are being killed. */
function createAsk(url: string): Ask {
  return async (text, variables, token) => {
    const givenUpAt = Date.now() + patienceMs;
    for (;;) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query: text, variables }),
      })
        .then((response) => response.json() as Promise<{ data?: unknown; errors?: unknown }>)
        .catch((error: unknown) => ({ errors: String(error) }));
      if (!('errors' in answer) && 'data' in answer) return answer.data;
      if (Date.now() > givenUpAt)
        throw new Error(`No answer without errors: ${JSON.stringify('errors' in answer ? answer.errors : answer)}`);
      await sleep(100);
    }
  };
}

async function change(ask: Ask, token: string, title: string): Promise<void> {
  await ask(
    'mutation U($title: String!, $requestId: ID!) { updateSession(title: $title, requestId: $requestId) { revision } }',
    { title, requestId: randomUUID() },
    token,
  );
}
