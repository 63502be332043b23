import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { migratePostgres } from '../../prisma/migrate.ts';
import { startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { runMain } from '../federation/process.ts';
import { createDatabase, startPrivatePostgres } from '../setup/postgres.ts';
import { createFolder, findFreePort } from '../setup/private-server.ts';
import { startPrivateRedis } from '../setup/redis.ts';
import { openValve } from '../setup/valve.ts';
import { startBalancer } from './balancer.ts';

/** Of each fault: how long it lasts; and which of them there are, all unless named. */
export interface DependencyFaults {
  readonly faultMs: number;
  readonly only?: string | undefined;
}

/** What went wrong, and the longest that anybody waited for an answer, of whatever kind, rounded up to tenths of a second. */
export interface DependencyReport {
  readonly faults: number;
  readonly requests: number;
  /** Acknowledged votes that are not there in the end. */
  readonly lostVotes: number;
  /** Answers without a code that says what is wrong. */
  readonly untoldErrors: number;
  /** Faults of which the readiness of the service that suffers from them said nothing, or by which a router was taken out. */
  readonly readinessWrong: number;
  readonly worstAnswerMs: number;
}

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers of many forms, each checked where it is used.
  readonly data?: any;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

interface Health {
  readonly status: string;
  readonly checks: Readonly<Record<string, { readonly status: string; readonly reason?: string }>>;
}

const told = new Set(['STORE_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT', 'JIRA_UNAVAILABLE']);
const voters = 6;
const cards = ['1', '2', '3', '5', '8'];
const castVote = 'mutation ($round: ID!, $card: String!, $key: ID) { castVote(roundId: $round, card: $card, idempotencyKey: $key) { id } }';

/** Hangs, kills, fills and makes read-only each dependency in turn while people vote. Servers are private ones of this run. */
export async function runDependencyFaults({ faultMs, only }: DependencyFaults): Promise<DependencyReport> {
  const world = await startWorld();
  let current = 'before the first fault';
  let [requests, worstMs, untoldErrors, readinessWrong] = [0, 0, 0, 0];
  const ask = async (query: string, variables: object, token?: string): Promise<Answer> => {
    requests += 1;
    const startedAt = performance.now();
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    const answer = (await fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
      .then((response) => response.json())
      .catch(() => ({ errors: [{}] }))) as Answer;
    const ms = performance.now() - startedAt;
    worstMs = Math.max(worstMs, ms);
    if (ms > 2_000)
      process.stderr.write(`${current}: ${Math.round(ms)} ms for ${query.slice(0, 40)}: ${JSON.stringify(answer.errors ?? 'answered')}\n`);
    untoldErrors += (answer.errors ?? []).filter(({ extensions }) => !told.has(extensions?.code ?? '')).length;
    return answer;
  };
  try {
    const table = await openTable(ask);
    const acknowledged = new Map<string, string>();
    const uncertain = new Set<string>();
    let isDone = false;
    const vote = async (token: string, index: number): Promise<void> => {
      for (let count = 0; !isDone; count += 1) {
        const card = cards[(count + index) % cards.length] ?? '1';
        const { errors } = await ask(castVote, { round: table.roundId, card, key: `dependency-faults-${index}-${count}` }, token);
        // A vote of which nobody knows whether it was stored makes the stored one unknown, until the next that is acknowledged.
        if (errors === undefined) {
          acknowledged.set(token, card);
          uncertain.delete(token);
        } else uncertain.add(token);
        await sleep(30);
      }
    };
    const read = async (): Promise<void> => {
      while (!isDone) {
        await ask('query ($id: ID!) { session(id: $id) { revision title } }', { id: table.sessionId }, table.facilitator);
        await ask('{ __typename }', {});
        await sleep(100);
      }
    };
    const load = [...table.tokens.map(vote), read()];
    const faults = world.faults().filter(({ name }) => only === undefined || name === only);
    if (faults.length === 0)
      throw new Error(
        `There is no such fault, but: ${world
          .faults()
          .map(({ name }) => name)
          .join(', ')}.`,
      );
    for (const fault of faults) {
      current = fault.name;
      const end = await fault.begin();
      const seen = await world.watch(fault.suffers, fault.tells, faultMs);
      await end();
      if (!seen.isTold || seen.routerWasOut || !(await world.recovers())) {
        readinessWrong += 1;
        process.stderr.write(`${fault.name}: ${JSON.stringify(seen)}\n`);
      }
    }
    isDone = true;
    await Promise.all(load);
    let lostVotes = 0;
    for (const token of table.tokens) {
      const { data } = await ask('query ($round: ID!) { myVote(roundId: $round) { card { label } } }', { round: table.roundId }, token);
      if (!uncertain.has(token) && data?.myVote[0]?.card.label !== acknowledged.get(token)) lostVotes += 1;
    }
    return { faults: faults.length, requests, lostVotes, untoldErrors, readinessWrong, worstAnswerMs: Math.ceil(worstMs / 100) * 100 };
  } finally {
    await world.stop();
  }
}

async function openTable(ask: (query: string, variables: object, token?: string) => Promise<Answer>) {
  const must = async (query: string, variables: object, token?: string) => {
    const { data, errors } = await ask(query, variables, token);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  const created = await must('mutation { createSession(title: "Faults", name: "Robin") { token session { id inviteCode } } }', {});
  const { token: facilitator, session } = created.createSession;
  const tokens: string[] = [];
  for (let count = 0; count < voters; count += 1) {
    const joining = 'mutation ($code: String!, $name: String!) { joinSession(inviteCode: $code, name: $name) { token } }';
    tokens.push((await must(joining, { code: session.inviteCode, name: `Voter ${count}` })).joinSession.token);
  }
  await must('mutation ($id: ID!) { addTopics(sessionId: $id, topics: ["Pay"]) { added { id } } }', { id: session.id }, facilitator);
  const { startRound } = await must('mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id: session.id }, facilitator);
  return { sessionId: session.id as string, roundId: startRound.id as string, facilitator: facilitator as string, tokens };
}

interface Fault {
  readonly name: string;
  /** The service whose readiness should tell; undefined: a replica that hangs, of which its own readiness cannot. */
  readonly suffers: 'router' | 'voting' | undefined;
  readonly tells: string;
  /** Returns the way to end it. */
  readonly begin: () => Promise<() => Promise<unknown> | unknown>;
}

/** Two votings, one jira and one router in processes of their own, with valves before what they depend on. */
async function startWorld() {
  const [simulator, postgres, redis] = await Promise.all([startSimulator(), startPrivatePostgres(), startPrivateRedis()]);
  const database = await createDatabase(postgres.url);
  await migratePostgres(database.url);
  const [toPostgres, toRedis, toJira] = await Promise.all([openValve(database.url), openValve(redis.url), openValve(simulator.url)]);
  const balancer = await startBalancer();
  const directory = await createFolder('dependencies');
  const [jiraPort, routerPort, routerManagement] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const common = {
    LOG_LEVEL: 'error',
    AUTH: 'open',
    JIRA_SERVICE_URL: `http://127.0.0.1:${jiraPort}`,
    VOTING_SERVICE_URL: `http://127.0.0.1:${balancer.port}`,
  };
  const programs = [
    runMain('subgraphs/jira/src/main.ts', {
      ...common,
      JIRA_PORT: String(jiraPort),
      JIRA_URL: toJira.url,
      JIRA_API_TOKEN: 'simulated',
      CACHE_REDIS_URL: toRedis.url,
    }),
  ];
  const votings: { readonly port: number; readonly management: number; readonly valve: Awaited<ReturnType<typeof openValve>> }[] = [];
  for (let count = 0; count < 2; count += 1) {
    const [port, management] = [await findFreePort(), await findFreePort()];
    const ports = { VOTING_PORT: String(port), MANAGEMENT_PORT: String(management) };
    programs.push(
      runMain('subgraphs/voting/src/main.ts', { ...common, ...ports, DATABASE_URL: toPostgres.url, DATA_DIRECTORY: directory }),
    );
    const valve = await openValve(`http://127.0.0.1:${port}`);
    votings.push({ port, management, valve });
    balancer.endpoints.add({ port: valve.port, takesConnections: () => true });
    // The first makes the signing keys that both use.
    if (count === 0) await until(() => isReady(management));
  }
  programs.push(
    runMain('router/src/main.ts', {
      ...common,
      ROUTER_PORT: String(routerPort),
      MANAGEMENT_PORT: String(routerManagement),
      REDIS_URL: toRedis.url,
      RATE_LIMIT_IP: '1000000',
      RATE_LIMIT_IDENTITY: '1000000',
    }),
  );
  const managements = { router: routerManagement, voting: votings[0]?.management ?? 0 };
  const allReady = async () =>
    (await Promise.all([routerManagement, ...votings.map(({ management }) => management)].map(isOk))).every(Boolean);
  await until(allReady);
  const [firstVoting] = votings;
  if (firstVoting === undefined) throw new Error('There is no voting.');

  const shut = (valve: { readonly shut: () => void; readonly open: () => void }) => async () => {
    valve.shut();
    return valve.open;
  };
  const faults = (): readonly Fault[] => [
    { name: 'Redis hangs', suffers: 'router', tells: 'rateLimits', begin: shut(toRedis) },
    {
      name: 'Redis is killed',
      suffers: 'router',
      tells: 'rateLimits',
      begin: async () => {
        await redis.kill();
        return redis.restart;
      },
    },
    { name: 'Redis is full', suffers: 'router', tells: 'rateLimits', begin: () => fillRedis(redis.url) },
    { name: 'Postgres hangs', suffers: 'voting', tells: 'store', begin: shut(toPostgres) },
    {
      name: 'Postgres is killed',
      suffers: 'voting',
      tells: 'store',
      begin: async () => {
        await postgres.kill();
        return postgres.restart;
      },
    },
    { name: 'Postgres is read-only', suffers: 'voting', tells: 'store', begin: () => makeReadOnly(postgres.url, database.url) },
    { name: 'Jira hangs', suffers: undefined, tells: '', begin: shut(toJira) },
    { name: 'a voting replica hangs', suffers: undefined, tells: '', begin: shut(firstVoting.valve) },
    {
      name: 'all voting replicas hang',
      suffers: undefined,
      tells: '',
      begin: async () => {
        for (const { valve } of votings) valve.shut();
        return () => {
          for (const { valve } of votings) valve.open();
        };
      },
    },
  ];

  return {
    url: `http://127.0.0.1:${routerPort}/graphql`,
    faults,
    /** Looks at readiness for as long as the fault lasts. */
    watch: async (suffers: Fault['suffers'], check: string, forMs: number) => {
      let isTold = suffers === undefined;
      let routerWasOut = false;
      for (const endsAt = Date.now() + forMs; Date.now() < endsAt; await sleep(200)) {
        routerWasOut ||= (await readHealth(managements.router)).code !== 200;
        if (suffers === undefined) continue;
        const { body } = await readHealth(managements[suffers]);
        const found = body?.checks[check];
        isTold ||= found !== undefined && found.status !== 'ok' && (found.reason ?? '') !== '' && !found.reason?.includes('\n');
      }
      return { isTold, routerWasOut };
    },
    recovers: () =>
      until(allReady).then(
        () => true,
        () => false,
      ),
    stop: async () => {
      for (const valve of [toPostgres, toRedis, toJira, ...votings.map((voting) => voting.valve)]) valve.open();
      await Promise.all(programs.map((program) => program.end('SIGKILL')));
      await Promise.all([toPostgres, toRedis, toJira, ...votings.map((voting) => voting.valve)].map((valve) => valve.stop()));
      await balancer.stop();
      await Promise.all([simulator.stop(), redis.stop(), postgres.stop()]);
    },
  };
}

async function readHealth(port: number): Promise<{ readonly code: number; readonly body?: Health }> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    return { code: response.status, body: (await response.json()) as Health };
  } catch {
    return { code: 0 };
  }
}

const isReady = async (port: number): Promise<boolean> => (await readHealth(port)).code === 200;
const isOk = async (port: number): Promise<boolean> => (await readHealth(port)).body?.status === 'ok';

/** @throws Error when it is not so within a minute. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const givenUpAt = Date.now() + 60_000; !(await isSo()); await sleep(100)) {
    if (Date.now() > givenUpAt) throw new Error('It did not become ready within a minute.');
  }
}

/** Lets Redis refuse every write for want of memory. */
async function fillRedis(url: string) {
  const { createClient } = await import('@redis/client');
  const client = createClient({ url });
  await client.connect();
  await client.configSet('maxmemory', '1');
  return async () => {
    await client.configSet('maxmemory', '0');
    client.destroy();
  };
}

/** Makes the database read-only for everybody who connects from now on, and closes what is open, as a failover does. */
async function makeReadOnly(adminUrl: string, databaseUrl: string) {
  const name = new URL(databaseUrl).pathname.slice(1);
  const turn = async (statement: string): Promise<void> => {
    const client = new pg.Client(adminUrl);
    await client.connect();
    await client.query(`ALTER DATABASE ${name} ${statement}`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    await client.end();
  };
  await turn('SET default_transaction_read_only = on');
  return () => turn('RESET default_transaction_read_only');
}
