import { mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { sayHeld } from '../../router/test/misbehaving.ts';
import { startScriptedSubgraphs } from '../../router/test/scripted.ts';
import { composeToy } from '../../router/test/world.ts';
import { runMain } from '../federation/process.ts';
import { createRandom, createRequests, type HostileRequest } from './hostile-requests.ts';

export interface HostileRun {
  readonly requests: number;
  /** What the router should not have done, and by which request. */
  readonly findings: readonly string[];
  readonly slowestMs: number;
  readonly lagMs: number;
  readonly rssMb: { readonly first: number; readonly last: number };
}

const mostCpuMs = 200;
const mostGrowthMb = 250;
const longestAnswer = 1024 * 1024;
const waitMs = 20_000;
/** Nothing of ours may be in an answer: no stack, no path, no word of the runtime's. */
const unmasked = /node_modules|\bat [\w.<>]+ \(|\.ts:\d+|TypeError|RangeError|Maximum call stack|Cannot read propert|ECONN/;

/** Sends hostile requests to a router in a process of its own until `isOver`, one after the other; the same seed gives the same requests. */
export async function fuzzHostile(
  seed: number,
  isOver: (requests: number) => boolean,
  say: (line: string) => void = () => {},
): Promise<HostileRun> {
  const subgraphs = await startScriptedSubgraphs();
  const session = {
    __typename: 'Session',
    id: 's1',
    title: 'One',
    revision: 1,
    items: [{ id: 'i1', revision: 1, issue: { __typename: 'Issue', key: 'T-1' } }],
  };
  const issue = { key: 'T-1', summary: 'About it', status: 'To Do' };
  const roots = {
    session,
    me: { id: 'p1' },
    broken: 'no',
    slow: 'done',
    createSession: session,
    joinSession: session,
    addVote: session,
    issue,
    search: [issue],
  };
  subgraphs.answer = (asked) => sayHeld({ roots, issues: new Map([['T-1', issue]]) }, asked);
  const port = await freePort();
  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'tally-fuzz-')), 'supergraph.graphql');
  writeFileSync(supergraphFile, composeToy());
  const router = runMain('router/src/main.ts', {
    ROUTER_PORT: String(port),
    LOG_LEVEL: 'error',
    JIRA_SERVICE_URL: subgraphs.urls.jira,
    VOTING_SERVICE_URL: subgraphs.urls.voting,
    SUPERGRAPH_FILE: supergraphFile,
    RATE_LIMIT_IP: '100000000',
    RATE_LIMIT_IDENTITY: '100000000',
    RATE_LIMIT_ENTRANCE: '100000000',
    RATE_LIMIT_JOIN: '100000000',
  });
  const origin = `http://127.0.0.1:${port}`;
  const findings: string[] = [];
  let [requests, slowestMs, lagMs, firstMb, lastMb] = [0, 0, 0, 0, 0];
  try {
    await untilUp(origin, router.output);
    const next = createRequests(createRandom(seed));
    const cpuOf = async (hostile: HostileRequest): Promise<{ readonly cpuMs: number; readonly problem: string | undefined }> => {
      const before = await readFigures(origin);
      const problem = await send(origin, hostile);
      const after = await readFigures(origin);
      lagMs = Math.max(lagMs, after.lagMs);
      lastMb = after.rssMb;
      return { cpuMs: after.cpuMs - before.cpuMs, problem };
    };
    while (!isOver(requests)) {
      const hostile = next();
      requests += 1;
      let { cpuMs, problem } = await cpuOf(hostile);
      // What is slow once may have met a garbage collection, or have been compiled; the same thing again tells.
      for (let again = 0; again < 2 && cpuMs > mostCpuMs; again += 1) cpuMs = Math.min(cpuMs, (await cpuOf(hostile)).cpuMs);
      slowestMs = Math.max(slowestMs, cpuMs);
      if (cpuMs > mostCpuMs) problem ??= `${Math.round(cpuMs)} ms of CPU`;
      if (problem !== undefined) findings.push(`request ${requests} of seed ${seed}: ${problem}: ${JSON.stringify(hostile).slice(0, 400)}`);
      if (requests === 300) firstMb = lastMb;
      if (requests % 1_000 === 0)
        say(`${requests} requests, ${findings.length} findings, slowest ${Math.round(slowestMs)} ms, ${Math.round(lastMb)} MB`);
    }
    if (firstMb > 0 && lastMb - firstMb > mostGrowthMb)
      findings.push(`it has grown from ${Math.round(firstMb)} to ${Math.round(lastMb)} MB`);
    if (router.output().trim() !== '') findings.push(`it logged: ${router.output().slice(0, 1_000)}`);
  } finally {
    await router.end();
    await subgraphs.stop();
  }
  return { requests, findings, slowestMs, lagMs, rssMb: { first: firstMb, last: lastMb } };
}

/** What is wrong with the answer; undefined when nothing is. */
function send(origin: string, hostile: HostileRequest): Promise<string | undefined> {
  return hostile.kind === 'http' ? sendHttp(origin, hostile) : sendMessages(origin, hostile.messages);
}

function sendHttp(origin: string, { method, path, headers, body }: HostileRequest & { kind: 'http' }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(origin);
    const sent = request({ hostname, port, method, path, headers, timeout: waitMs }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('end', () => resolve(findProblem(response.statusCode ?? 0, text)));
      response.on('error', () => resolve('the answer was cut off'));
    });
    sent.on('timeout', () => {
      sent.destroy();
      resolve('no answer');
    });
    sent.on('error', (error) => resolve(/ECONNREFUSED/.test(error.message) ? 'it is down' : undefined));
    sent.end(body);
  });
}

function findProblem(status: number, text: string): string | undefined {
  if (status >= 500) return `status ${status}: ${text.slice(0, 200)}`;
  if (text.includes('INTERNAL_SERVER_ERROR')) return `an error of ours: ${text.slice(0, 300)}`;
  const [found] = unmasked.exec(text) ?? [];
  if (found !== undefined) return `unmasked text: ${found}`;
  return text.length > longestAnswer ? `an answer of ${text.length} characters` : undefined;
}

/** Sends all at once, and hears what comes within a moment after the last answer. */
function sendMessages(origin: string, messages: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    let text = '';
    const finish = (): void => {
      clearTimeout(timer);
      socket.terminate();
      resolve(findProblem(0, text));
    };
    const timer = setTimeout(finish, 300);
    socket.on('open', () => {
      for (const message of messages) socket.send(message);
    });
    socket.on('message', (data) => {
      text += String(data);
    });
    socket.on('close', finish);
    socket.on('error', () => {});
  });
}

async function readFigures(origin: string): Promise<{ readonly cpuMs: number; readonly rssMb: number; readonly lagMs: number }> {
  const read = async () => (await fetch(`${origin}/metrics`)).text();
  // A kept connection may be closed in the moment in which it is used again.
  const text = await read().catch(read);
  const figure = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    cpuMs: figure('process_cpu_seconds_total') * 1_000,
    rssMb: figure('process_resident_memory_bytes') / 2 ** 20,
    lagMs: figure('nodejs_eventloop_lag_max_seconds') * 1_000,
  };
}

export async function untilUp(origin: string, output: () => string): Promise<void> {
  for (const startedAt = Date.now(); Date.now() - startedAt < 60_000; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const response = await fetch(`${origin}/health/live`).catch(() => undefined);
    if (response?.ok === true) return;
  }
  throw new Error(`The router did not start: ${output()}`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
