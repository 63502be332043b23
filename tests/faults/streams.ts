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
const events = 'subscription Events($id: ID!) { sessionEvents(sessionId: $id, after: 0) { revision type item { issue { summary } } } }';
// From now on: what comes while voting is away is for the router to resume.
const results = 'subscription Results($id: ID!) { voteResults(sessionId: $id) { revision state item { issue { summary } } } }';
const transports = [followByWebSocket, followByEventStream, followByMultipart];

/** Follows a session's events and results over graphql-ws, SSE and multipart while rounds are played in it and voting is killed again and again. */
export async function runStreamFaults({ adminUrl, kills }: StreamFaults): Promise<StreamReport> {
  const simulator = await startSimulator();
  const database = await createDatabase(adminUrl);
  await migratePostgres(database.url);
  const services = await startServices(simulator.url, database.url);
  const followers: Following[] = [];
  try {
    const ask = createAsk(services.url);
    const { createSession } = await ask('mutation { createSession(title: "Faults", name: "Fay") { token session { id } } }');
    const token: string = createSession.token;
    const id: string = createSession.session.id;
    const follow = (query: string) => transports.map((by) => by({ url: services.url, query, variables: { id }, token }));
    const followed = { events: follow(events), results: follow(results) };
    followers.push(...followed.events, ...followed.results);
    await waitFor(() => followed.events.every((client) => client.payloads.length > 0));
    const play = createPlay(ask, id, token);
    await play.addTopics(kills);
    for (let kill = 0; kill < kills; kill += 1) {
      const round = await play.vote();
      // Killed in the middle of a change: whether it was made is for the retry to find out.
      const revealing = play.reveal(round);
      await sleep(Math.random() * 30);
      await services.killVoting();
      await revealing;
      await play.settle(round);
    }
    const { session } = await ask('query S($id: ID!) { session(id: $id) { revision } }', { id }, token);
    const last: number = session.revision;
    const all = Array.from({ length: last }, (_, index) => index + 1);
    await waitFor(() => followed.events.every((client) => eventsOf(client).some(({ revision }) => revision === last)));
    const decided =
      followed.events[0] === undefined ? [] : eventsOf(followed.events[0]).filter(({ type }) => /ROUND_(REVEALED|SETTLED)/.test(type));
    const expected = decided.map(({ revision }) => revision);
    if (expected.length !== 2 * kills) throw new Error(`${kills} rounds were revealed and settled, and ${expected.length} events say so.`);
    await waitFor(() => followed.results.every((client) => resultsOf(client).length >= expected.length));
    const lists = [
      ...followed.events.map((client) => ({ seen: eventsOf(client).map(({ revision }) => revision), expected: all })),
      ...followed.results.map((client) => ({ seen: resultsOf(client), expected })),
    ];
    return {
      kills,
      eventsLost: lists.reduce((sum, list) => sum + list.expected.filter((revision) => !list.seen.includes(revision)).length, 0),
      eventsDoubled: lists.reduce((sum, { seen }) => sum + seen.length - new Set(seen).size, 0),
      streamsEnded: followers.filter((client) => client.isDone()).length,
    };
  } finally {
    await Promise.all(followers.map((client) => client.stop()));
    await services.stop();
    await simulator.stop();
    await database.drop();
  }
}

async function waitFor(isSo: () => boolean): Promise<void> {
  const givenUpAt = Date.now() + patienceMs;
  while (!isSo() && Date.now() < givenUpAt) await sleep(100);
}

function eventsOf({ payloads }: Following): ReadonlyArray<{ readonly revision: number; readonly type: string }> {
  return payloads.flatMap(({ data }) => (typeof data?.sessionEvents?.revision === 'number' ? [data.sessionEvents] : []));
}

function resultsOf({ payloads }: Following): readonly number[] {
  return payloads.flatMap(({ data }) => (typeof data?.voteResults?.revision === 'number' ? [data.voteResults.revision] : []));
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

/** A facilitator who plays rounds, each command with an idempotency key so that a retry is harmless. */
function createPlay(ask: Ask, sessionId: string, token: string) {
  const change = (text: string, variables: Record<string, unknown>) => ask(text, { ...variables, idempotencyKey: randomUUID() }, token);
  return {
    addTopics: (count: number) =>
      change(
        'mutation T($sessionId: ID!, $topics: [String!]!, $idempotencyKey: ID!) { addTopics(sessionId: $sessionId, topics: $topics, idempotencyKey: $idempotencyKey) { added { id } } }',
        { sessionId, topics: Array.from({ length: count }, (_, index) => `Topic ${index + 1}`) },
      ),
    /** The id of a round with a vote in it. */
    vote: async (): Promise<string> => {
      const { startRound } = await change(
        'mutation S($sessionId: ID!, $idempotencyKey: ID!) { startRound(sessionId: $sessionId, idempotencyKey: $idempotencyKey) { id } }',
        { sessionId },
      );
      const roundId: string = startRound.id;
      await change(
        'mutation V($roundId: ID!, $idempotencyKey: ID!) { castVote(roundId: $roundId, card: "5", idempotencyKey: $idempotencyKey) { id } }',
        {
          roundId,
        },
      );
      return roundId;
    },
    reveal: (roundId: string) =>
      change('mutation R($roundId: ID!, $idempotencyKey: ID!) { revealRound(roundId: $roundId, idempotencyKey: $idempotencyKey) { id } }', {
        roundId,
      }),
    settle: (roundId: string) =>
      change(
        'mutation E($roundId: ID!, $idempotencyKey: ID!) { settleRound(roundId: $roundId, estimate: 5, idempotencyKey: $idempotencyKey) { id } }',
        {
          roundId,
        },
      ),
  };
}
