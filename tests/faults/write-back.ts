import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { migratePostgres } from '../../prisma/migrate.ts';
import { type Simulator, startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { storyPointEstimate, storyPoints } from '../../subgraphs/jira/simulator/site.ts';
import { type MainProcess, runMain } from '../federation/process.ts';
import { createDatabase } from '../setup/postgres.ts';
import { createFolder, findFreePort } from '../setup/private-server.ts';

export interface WriteBackFaults {
  /** A Postgres on which databases may be created. */
  readonly adminUrl: string;
  readonly estimates: number;
  readonly kills: number;
}

/** What went wrong in the end; `estimates` and `kills` are what was done. */
export interface WriteBackReport {
  readonly estimates: number;
  readonly kills: number;
  /** Settled issues that never got a value. */
  readonly missing: number;
  /** Issues that hold another value than the one settled last. */
  readonly wrong: number;
  /** Issues that got an older value again after a newer one, or a second comment. */
  readonly doubled: number;
}

interface Issue {
  readonly key: string;
  readonly itemId: string;
  /** Every settled value, the last one last. */
  readonly values: number[];
}

// A killed service has to start again, on a machine that may be busy with other things.
const patienceMs = 120_000;

// Later than an attempt's repetition, and sooner than its lease ends.
const lateMs = 8_000;

const cards = [1, 2, 3, 5, 8, 13, 21];

/**
 * Settles estimates while Jira refuses our login, answers 429 and 500, lacks the field on its screens, cuts connections, hangs after applying and applies late, and while voting (with
 * its worker) and jira are killed at random; then heals everything, waits for the outbox to run dry, and compares Jira with the ledger.
 */
export async function runWriteBackFaults({ adminUrl, estimates, kills }: WriteBackFaults): Promise<WriteBackReport> {
  const { simulator, services, ask, stop } = await startTally(adminUrl);
  try {
    const { token, sessionId, issues } = await prepare(ask, estimates);
    stirUp(simulator);
    const killing = killAtRandom(services, kills);
    for (const [index, issue] of issues.entries()) {
      await settle(ask, { token, sessionId, issue, value: cards[index % cards.length] ?? 1 });
      // A fifth of the issues is estimated twice, at once or some issues later: the first value may be anywhere on its way.
      const [again, offset] = index % 10 === 0 ? [issue, 3] : [issues[index - 4], 2];
      if (index % 5 === 0 && again !== undefined)
        await settle(ask, { token, sessionId, issue: again, value: cards[(index + offset) % cards.length] ?? 1 });
    }
    await killing;
    simulator.faults.clear();
    await waitUntilDry(ask, token, sessionId);
    await sleep(lateMs);
    return { estimates: issues.length, kills, ...compare(simulator, issues) };
  } finally {
    await stop();
  }
}

/** Settles one estimate, and kills jira while Jira is about to make the comment; returns how many comments there are in the end. */
export async function countCommentsAfterKill(adminUrl: string): Promise<number> {
  const { simulator, services, ask, stop } = await startTally(adminUrl);
  try {
    const { token, sessionId, issues } = await prepare(ask, 1);
    const [issue] = issues;
    if (issue === undefined) throw new Error('There is no issue.');
    simulator.faults.add({ kind: 'slow', method: 'POST', path: '/comment', delayMs: lateMs, times: 1 });
    await settle(ask, { token, sessionId, issue, value: 5 });
    while (simulator.requests.total('POST /rest/api/3/issue/{key}/comment') === 0) await sleep(20);
    await services.restart('jira');
    await waitUntilDry(ask, token, sessionId);
    await sleep(lateMs);
    return simulator.world.byKey.get(issue.key)?.comments.length ?? 0;
  } finally {
    await stop();
  }
}

async function startTally(adminUrl: string) {
  const simulator = await startSimulator();
  const database = await createDatabase(adminUrl);
  await migratePostgres(database.url);
  const services = await startServices(simulator.url, database.url);
  const stop = async () => {
    await services.stop();
    await simulator.stop();
    await database.drop();
  };
  return { simulator, services, ask: createClient(services.votingUrl), stop };
}

function stirUp({ faults, world }: Simulator): void {
  // The field is on no screen of the shop: its estimates have to go by the board.
  Object.assign(world.projects.find(({ key }) => key === 'SHOP') ?? {}, { fieldIdsOnScreen: [] });
  faults.add({ kind: 'login', probability: 0.1 });
  faults.add({ kind: 'status', status: 429, retryAfterSeconds: 1, probability: 0.05 });
  faults.add({ kind: 'status', status: 500, probability: 0.1 });
  faults.add({ kind: 'cut', probability: 0.05 });
  faults.add({ kind: 'cut-after-applying', method: 'PUT', probability: 0.1 });
  faults.add({ kind: 'hang-after-applying', method: 'PUT', probability: 0.05 });
  faults.add({ kind: 'apply-late', method: 'PUT', delayMs: lateMs, probability: 0.1 });
  faults.add({ kind: 'cut-after-applying', method: 'POST', path: '/comment', probability: 0.1 });
  faults.add({ kind: 'hang-after-applying', method: 'POST', path: '/comment', probability: 0.05 });
  faults.add({ kind: 'apply-late', method: 'POST', path: '/comment', delayMs: 1_000, probability: 0.1 });
}

async function startServices(jiraUrl: string, databaseUrl: string) {
  const [jiraPort, votingPort] = [await findFreePort(), await findFreePort()];
  const dataDirectory = await createFolder('faults');
  const common = { AUTH: 'open', LOG_LEVEL: 'error' };
  const mains = {
    jira: () =>
      runMain('subgraphs/jira/src/main.ts', {
        ...common,
        JIRA_PORT: String(jiraPort),
        JIRA_URL: jiraUrl,
        JIRA_API_TOKEN: 'simulated',
        JIRA_TIMEOUT_MS: '1000',
        JIRA_COMMENT_ESTIMATES: 'true',
      }),
    voting: () =>
      runMain('subgraphs/voting/src/main.ts', {
        ...common,
        VOTING_PORT: String(votingPort),
        DATABASE_URL: databaseUrl,
        DATA_DIRECTORY: dataDirectory,
        JIRA_SERVICE_URL: `http://127.0.0.1:${jiraPort}`,
        WRITE_BACK_LEASE_SECONDS: '20',
      }),
  };
  const running: Record<keyof typeof mains, MainProcess> = { jira: mains.jira(), voting: mains.voting() };
  return {
    votingUrl: `http://127.0.0.1:${votingPort}/graphql`,
    restart: async (name: keyof typeof mains) => {
      await running[name].end('SIGKILL');
      running[name] = mains[name]();
    },
    stop: async () => {
      await Promise.all(Object.values(running).map((main) => main.end('SIGKILL')));
    },
  };
}

async function killAtRandom(services: Awaited<ReturnType<typeof startServices>>, kills: number): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(500 + Math.random() * 2_000);
    await services.restart(Math.random() < 0.5 ? 'voting' : 'jira');
  }
}

type Ask = (query: string, variables: object, token?: string) => Promise<Readonly<Record<string, never>>>;

/** Asks again until there is an answer: every mutation carries an idempotencyKey, so asking again is harmless. */
function createClient(url: string): Ask {
  return async (query, variables, token) => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
          body: JSON.stringify({ query, variables }),
          signal: AbortSignal.timeout(5_000),
        });
        const { data, errors } = (await response.json()) as { data: Readonly<Record<string, never>>; errors?: unknown };
        if (errors === undefined) return data;
        if (Date.now() > deadline) throw new Error(JSON.stringify(errors));
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await sleep(200);
    }
  };
}

async function prepare(ask: Ask, estimates: number) {
  const create =
    'mutation ($idempotencyKey: ID!) { createSession(title: "Faults", name: "Fay", idempotencyKey: $idempotencyKey) { token session { id } } }';
  const { createSession } = (await ask(create, { idempotencyKey: randomUUID() })) as unknown as {
    createSession: { token: string; session: { id: string } };
  };
  const { token, session } = createSession;
  // Issues of the project whose screen lacks the field cannot be written; they are another test's.
  const add = `mutation ($sessionId: ID!, $idempotencyKey: ID!) {
    addIssues(sessionId: $sessionId, jql: "project in (SHOP, APP) ORDER BY key", idempotencyKey: $idempotencyKey) { session { items { id issue { key } } } } }`;
  const { addIssues } = (await ask(add, { sessionId: session.id, idempotencyKey: randomUUID() }, token)) as unknown as {
    addIssues: { session: { items: { id: string; issue: { key: string } }[] } };
  };
  const items = addIssues.session.items.slice(0, estimates);
  return { token, sessionId: session.id, issues: items.map(({ id, issue }): Issue => ({ key: issue.key, itemId: id, values: [] })) };
}

interface Settling {
  readonly token: string;
  readonly sessionId: string;
  readonly issue: Issue;
  readonly value: number;
}

async function settle(ask: Ask, { token, sessionId, issue, value }: Settling): Promise<void> {
  const start =
    'mutation ($sessionId: ID!, $itemId: ID!, $idempotencyKey: ID!) { startRound(sessionId: $sessionId, itemId: $itemId, idempotencyKey: $idempotencyKey) { id } }';
  const { startRound } = (await ask(start, { sessionId, itemId: issue.itemId, idempotencyKey: randomUUID() }, token)) as unknown as {
    startRound: { id: string };
  };
  const roundId = startRound.id;
  await ask('mutation ($roundId: ID!) { revealRound(roundId: $roundId) { id } }', { roundId }, token);
  const settleRound =
    'mutation ($roundId: ID!, $value: Float!, $idempotencyKey: ID!) { settleRound(roundId: $roundId, estimate: $value, idempotencyKey: $idempotencyKey) { id } }';
  await ask(settleRound, { roundId, value, idempotencyKey: randomUUID() }, token);
  issue.values.push(value);
}

async function waitUntilDry(ask: Ask, token: string, sessionId: string): Promise<void> {
  const query = 'query ($id: ID!) { session(id: $id) { items { estimates { writeBack { state reason } } } } }';
  type Read = { session: { items: { estimates: { writeBack: { state: string } }[] }[] } };
  const deadline = Date.now() + 300_000;
  for (;;) {
    const { session } = (await ask(query, { id: sessionId }, token)) as unknown as Read;
    if (!session.items.some((item) => item.estimates.some((estimate) => estimate.writeBack.state === 'PENDING'))) return;
    if (Date.now() > deadline) return;
    await sleep(500);
  }
}

function compare(simulator: Simulator, issues: readonly Issue[]): Pick<WriteBackReport, 'missing' | 'wrong' | 'doubled'> {
  const written = Map.groupBy(simulator.writes(), (write) => write.key);
  const valuesOf = (issue: Issue) => (written.get(issue.key) ?? []).map((write) => write.value);
  const count = (isBad: (issue: Issue) => boolean) => issues.filter(isBad).length;
  const differs = (issue: Issue) =>
    (simulator.world.byKey.get(issue.key)?.numbers.get(issue.key.startsWith('APP-') ? storyPointEstimate : storyPoints) ?? null) !==
    issue.values.at(-1);
  return {
    missing: count((issue) => differs(issue) && valuesOf(issue).length === 0),
    wrong: count((issue) => differs(issue) && valuesOf(issue).length > 0),
    doubled: count((issue) => {
      // Repeating a value is harmless; going back to an older one is not.
      const distinct = valuesOf(issue).filter((value, index, values) => value !== values[index - 1]);
      const comments = simulator.world.byKey.get(issue.key)?.comments ?? [];
      return new Set(distinct).size < distinct.length || comments.length > 1;
    }),
  };
}
