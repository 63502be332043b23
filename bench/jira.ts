import { type ChildProcess, fork } from 'node:child_process';
import { Pool } from 'undici';
import { startSimulator } from '../subgraphs/jira/simulator/simulator.ts';
import type { Served } from './jira-server.ts';

export interface JiraBench {
  readonly bench: 'jira';
  /** Requests in a second of CPU time for 100 warm issues, as a share of those when the same server answers the same query from constants. */
  readonly warmEntitiesVsConstant: number;
  /** The same, as a share of those for one text of the same size: what executing GraphQL costs at all. */
  readonly warmEntitiesVsText: number;
  readonly callsFor1000Cold: number;
  readonly callsFor1000Warm: number;
  /** The heap's growth per cached issue when 100 000 distinct keys pass through a cache of 20 000, in bytes. */
  readonly bytesPerCachedIssue: number;
}

const query =
  'query($r: [_Any!]!) { _entities(representations: $r) { ... on Issue { key summary url storyPoints type { name } status { name category } } } }';
const seconds = 2;
const concurrency = 8;

/** Measures the jira subgraph in a process of its own; `say` gets the figures as they come. */
export async function benchJira(say: (line: string) => void): Promise<JiraBench> {
  const simulator = await startSimulator({ issueCount: 1_100 });
  const child = fork(new URL('./jira-server.ts', import.meta.url), {
    execArgv: ['--expose-gc'],
    env: { ...process.env, NODE_ENV: 'production', JIRA_URL: simulator.url },
  });
  try {
    const served = await receive<Served>(child);
    const keys = simulator.world.issues.slice(0, 1_000).map(({ key }) => key);
    const entities = (some: readonly string[]) =>
      JSON.stringify({ query, variables: { r: some.map((key) => ({ __typename: 'Issue', key })) } });
    const jira = new Pool(new URL(served.jiraUrl).origin, { connections: concurrency });
    const constant = new Pool(new URL(served.constantUrl).origin, { connections: concurrency });

    const text = new Pool(new URL(served.textUrl).origin, { connections: concurrency });

    const bulkCalls = () => simulator.requests.total('bulkfetch');
    await post(jira, entities(keys));
    const callsFor1000Cold = bulkCalls();
    await post(jira, entities(keys));
    const callsFor1000Warm = bulkCalls() - callsFor1000Cold;

    const warm = entities(keys.slice(0, 100));
    const size = (await post(jira, warm)).length;
    const asked = JSON.stringify({ query: 'query($size: Int!) { constant(size: $size) }', variables: { size } });
    const rates = { jira: 0, constant: 0, text: 0 };
    // In turns: what the machine does meanwhile hits all alike. The first round warms the compiler up.
    for (const round of [0, 1, 2, 3]) {
      const [ofConstant, ofText, ofJira] = [
        await measure(child, constant, warm),
        await measure(child, text, asked),
        await measure(child, jira, warm),
      ];
      say(
        `round ${round}: ${Math.round(ofJira)} requests per CPU second for 100 issues, ${Math.round(ofConstant)} from constants, ${Math.round(ofText)} for a text`,
      );
      if (round === 0) continue;
      rates.jira += ofJira;
      rates.constant += ofConstant;
      rates.text += ofText;
    }
    child.send('memory');
    const bytesPerCachedIssue = await receive<number>(child);
    await Promise.all([jira.close(), constant.close(), text.close()]);
    const share = (of: number) => Number((rates.jira / of).toFixed(2));
    const shares = { warmEntitiesVsConstant: share(rates.constant), warmEntitiesVsText: share(rates.text) };
    return { bench: 'jira', ...shares, callsFor1000Cold, callsFor1000Warm, bytesPerCachedIssue };
  } finally {
    child.kill();
    await simulator.stop();
  }
}

function receive<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the measured process has ended'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Message);
    });
  });
}

async function cpuSeconds(child: ChildProcess): Promise<number> {
  child.send('cpu');
  return receive<number>(child);
}

async function post(pool: Pool, body: string): Promise<string> {
  const response = await pool.request({ method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json' }, body });
  const text = await response.body.text();
  if (response.statusCode !== 200 || text.includes('"errors"')) throw new Error(`unexpected answer: ${text.slice(0, 300)}`);
  return text;
}

/** Requests in a second of the measured process's CPU time: what else runs on the machine does not count. */
async function measure(child: ChildProcess, pool: Pool, body: string): Promise<number> {
  const startedAt = performance.now();
  const before = await cpuSeconds(child);
  const until = startedAt + seconds * 1_000;
  let count = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) {
        await post(pool, body);
        count++;
      }
    }),
  );
  return count / ((await cpuSeconds(child)) - before);
}

if (import.meta.main) {
  const result = await benchJira((line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
