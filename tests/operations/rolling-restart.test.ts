import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { describe, expect, inject, it } from 'vitest';
import WebSocket from 'ws';
import { migratePostgres } from '../../prisma/migrate.ts';
import { start as startRouter } from '../../router/src/main.ts';
import { startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { start as startJira } from '../../subgraphs/jira/src/main.ts';
import { start as startVoting } from '../../subgraphs/voting/src/main.ts';
import { createDatabase } from '../setup/postgres.ts';
import { findFreePort } from '../setup/private-server.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const voters = 6;
const cards = ['1', '2', '3', '5', '8'];

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers of many forms, each checked where it is used.
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** What says that a service was away, and not that a rule was broken. */
const passing = new Set(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT', 'STORE_UNAVAILABLE', 'ROUTER_STOPPING']);

/** The three services on ports that stay theirs over restarts. */
async function startServices(databaseUrl: string, directory: string) {
  const simulator = await startSimulator();
  const [routerPort, jiraPort, votingPort] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const common = { LOG_LEVEL: 'silent', AUTH: 'open', JIRA_SERVICE_URL: at(jiraPort), VOTING_SERVICE_URL: at(votingPort) };
  const starters = {
    jira: () => startJira({ ...common, JIRA_PORT: String(jiraPort), JIRA_URL: simulator.url, JIRA_API_TOKEN: 'simulated' }),
    voting: () => startVoting({ ...common, VOTING_PORT: String(votingPort), DATABASE_URL: databaseUrl, DATA_DIRECTORY: directory }),
    router: () => startRouter({ ...common, ROUTER_PORT: String(routerPort) }),
  };
  const running = { jira: await starters.jira(), voting: await starters.voting(), router: await starters.router() };
  return {
    url: `${at(routerPort)}/graphql`,
    restart: async (name: keyof typeof starters) => {
      await running[name].stop();
      Object.assign(running, { [name]: await starters[name]() });
    },
    stop: async () => {
      for (const name of ['router', 'voting', 'jira'] as const) await running[name].stop();
      await simulator.stop();
    },
  };
}

/** Asks until there is an answer that no restart caused; the same request id makes that harmless. */
async function askUntilAnswered(url: string, body: object, token?: string): Promise<{ readonly answer: Answer; readonly retries: number }> {
  for (let retries = 0; ; retries += 1) {
    try {
      const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const answer = (await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as Answer;
      if (answer.errors?.every(({ extensions }) => passing.has(extensions.code)) !== true) return { answer, retries };
    } catch {
      // The connection was refused or cut.
    }
    if (retries > 300) throw new Error('There was no answer for a whole minute.');
    await sleep(200);
  }
}

describe.skipIf(adminUrl === undefined)('restarting every service under load', () => {
  it('loses no vote, fails no request that is tried again, and streams go on without a gap', async () => {
    const database = await createDatabase(adminUrl ?? '');
    await migratePostgres(database.url);
    const directory = await mkdtemp(join(tmpdir(), 'tally-rolling-'));
    const services = await startServices(database.url, directory);
    const ask = (query: string, variables: object, token?: string) => askUntilAnswered(services.url, { query, variables }, token);
    const must = async (query: string, variables: object, token?: string) => {
      const { answer } = await ask(query, variables, token);
      expect(answer.errors).toBeUndefined();
      return answer.data;
    };
    const { createSession } = await must(
      'mutation { createSession(title: "Rolling", name: "Robin", deck: "fibonacci") { token session { id inviteCode } } }',
      {},
    );
    const { id: sessionId, inviteCode } = createSession.session;
    const tokens: string[] = [];
    for (let count = 0; count < voters; count += 1) {
      const joined = await must('mutation ($code: String!, $name: String!) { joinSession(inviteCode: $code, name: $name) { token } }', {
        code: inviteCode,
        name: `Voter ${count}`,
      });
      tokens.push(joined.joinSession.token);
    }
    await must(
      'mutation ($id: ID!) { addIssues(sessionId: $id, keys: ["SHOP-1"]) { added { id } } }',
      { id: sessionId },
      createSession.token,
    );
    const { startRound } = await must('mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id: sessionId }, createSession.token);
    const roundId: string = startRound.id;

    const revisions: number[] = [];
    let isDone = false;
    let lastRevision = Number.POSITIVE_INFINITY;
    const isBehind = () => (revisions.at(-1) ?? 0) < lastRevision;
    const follow = async () => {
      while (isBehind()) {
        const client = createClient({
          url: services.url.replace('http', 'ws'),
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          connectionParams: { authorization: `Bearer ${tokens[0]}` },
        });
        const variables = { id: sessionId, after: revisions.at(-1) ?? 0 };
        const query = 'subscription ($id: ID!, $after: Int) { sessionEvents(sessionId: $id, after: $after) { revision } }';
        try {
          for await (const { data } of client.iterate<{ sessionEvents: { revision: number } }>({ query, variables })) {
            if (data != null) revisions.push(data.sessionEvents.revision);
            if (!isBehind()) break;
          }
        } catch {
          // The router or its upstream went away: again from the last revision.
        }
        await client.dispose();
        await sleep(100);
      }
    };
    const following = follow();

    const last = new Map<string, string>();
    let [acknowledged, retried] = [0, 0];
    const failures: unknown[] = [];
    const vote = async (token: string, index: number) => {
      for (let count = 0; !isDone; count += 1) {
        const card = cards[(count + index) % cards.length] ?? '1';
        const requestId = `rolling-restart-${index}-${count}`;
        const query =
          'mutation ($round: ID!, $card: String!, $request: ID) { castVote(roundId: $round, card: $card, requestId: $request) { id } }';
        const { answer, retries } = await ask(query, { round: roundId, card, request: requestId }, token);
        if (answer.errors === undefined) last.set(token, card);
        else failures.push(answer.errors);
        acknowledged += 1;
        retried += retries;
        await sleep(20);
      }
    };
    const voting = tokens.map(vote);
    try {
      for (const name of ['voting', 'jira', 'router'] as const) {
        await sleep(700);
        await services.restart(name);
      }
      await sleep(1_500);
      isDone = true;
      await Promise.all(voting);
      // One more change, so that the stream that waits for its last event gets one after it is known which it is.
      const { session } = await must('query ($id: ID!) { session(id: $id) { revision } }', { id: sessionId }, createSession.token);
      lastRevision = session.revision + 1;
      await must('mutation ($round: ID!) { revealRound(roundId: $round) { id } }', { round: roundId }, createSession.token);
      await following;
      expect(failures).toEqual([]);
      expect(acknowledged).toBeGreaterThan(voters * 10);
      expect(retried).toBeGreaterThan(0);
      for (const token of tokens) {
        const { myVote } = await must('query ($round: ID!) { myVote(roundId: $round) { card { label } } }', { round: roundId }, token);
        expect(myVote[0].card.label).toBe(last.get(token));
      }
      expect(revisions).toEqual(revisions.map((_, index) => index + 1));
      expect(revisions.at(-1)).toBe(lastRevision);
    } finally {
      lastRevision = 0;
      isDone = true;
      await services.stop();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    }
  }, 120_000);
});
