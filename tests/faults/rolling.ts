import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { migratePostgres } from '../../prisma/migrate.ts';
import { createDatabase } from '../setup/postgres.ts';
import { type Launch, type Services, startServices } from './replicas.ts';

export interface RollingRestart {
  /** A Postgres on which databases may be created. */
  readonly adminUrl: string;
  /** Of each service. */
  readonly replicas: number;
  readonly launch: Launch;
  /** Replaces processes, while people vote and follow; returns how many. */
  readonly roll: (services: Services) => Promise<number>;
}

/** Every process of every service, one after the other, so many times. */
export const allInTurn =
  (rounds: number) =>
  async ({ roll, replicas }: Services): Promise<number> => {
    for (let round = 0; round < rounds; round += 1) for (const name of ['voting', 'jira', 'router'] as const) await roll(name);
    return rounds * replicas * 3;
  };

/** What went wrong, and before it what was done: `retried` were answered when they were sent again, with the same idempotency key. */
export interface RollingReport {
  readonly restarts: number;
  readonly requests: number;
  readonly retried: number;
  readonly requestsFailed: number;
  readonly votesLost: number;
  readonly eventsLost: number;
  readonly eventsDoubled: number;
}

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers of many forms, each checked where it is used.
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

const voters = 6;
const cards = ['1', '2', '3', '5', '8'];
/** What says that a service was away, and not that a rule was broken. */
const passing = new Set(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT', 'STORE_UNAVAILABLE', 'ROUTER_STOPPING']);
const castVote =
  'mutation ($round: ID!, $card: String!, $request: ID) { castVote(roundId: $round, card: $card, idempotencyKey: $request) { id } }';

/** Replaces processes while people vote and follow the session. */
export async function runRollingRestart({ adminUrl, replicas, launch, roll }: RollingRestart): Promise<RollingReport> {
  const database = await createDatabase(adminUrl);
  await migratePostgres(database.url);
  const services = await startServices(database.url, replicas, launch);
  let [requests, retried] = [0, 0];

  /** Asks until there is an answer that no restart caused; the same idempotency key makes that harmless. */
  const ask = async (query: string, variables: object, token?: string): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    requests += 1;
    for (const givenUpAt = Date.now() + 60_000; Date.now() < givenUpAt; retried += 1) {
      const answer = await fetch(services.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
        .then((response) => response.json() as Promise<Answer>)
        .catch(() => undefined);
      if (answer !== undefined && answer.errors?.every(({ extensions }) => passing.has(extensions.code)) !== true) return answer;
      await sleep(100);
    }
    throw new Error('There was no answer for a whole minute.');
  };
  const must = async (query: string, variables: object, token?: string) => {
    const { data, errors } = await ask(query, variables, token);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };

  try {
    const table = await openTable(must);
    const followers = table.tokens.slice(0, 3).map((token) => follow(services.url, table.sessionId, token));
    const last = new Map<string, string>();
    let requestsFailed = 0;
    let isDone = false;
    const vote = async (token: string, index: number) => {
      for (let count = 0; !isDone; count += 1) {
        const card = cards[(count + index) % cards.length] ?? '1';
        const { errors } = await ask(castVote, { round: table.roundId, card, request: `rolling-restart-${index}-${count}` }, token);
        if (errors === undefined) last.set(token, card);
        else requestsFailed += 1;
        await sleep(20);
      }
    };
    const voting = table.tokens.map(vote);
    const restarts = await roll(services);
    isDone = true;
    await Promise.all(voting);

    let votesLost = 0;
    for (const token of table.tokens) {
      const { myVote } = await must('query ($round: ID!) { myVote(roundId: $round) { card { label } } }', { round: table.roundId }, token);
      if (myVote[0]?.card.label !== last.get(token)) votesLost += 1;
    }
    const { session } = await must('query ($id: ID!) { session(id: $id) { revision } }', { id: table.sessionId }, table.facilitator);
    // One more change, so that the streams that wait for their last event get one after it is known which it is.
    const lastRevision = session.revision + 1;
    await must('mutation ($round: ID!) { revealRound(roundId: $round) { id } }', { round: table.roundId }, table.facilitator);
    const seen = await Promise.all(followers.map((follower) => follower.until(lastRevision)));
    // The log keeps the newest event of a vote that was changed; who follows may have seen those before it, too.
    const log = await follow(services.url, table.sessionId, table.facilitator).until(lastRevision);
    const missing = (revisions: readonly number[]) => log.filter((revision) => !revisions.includes(revision)).length;
    return {
      restarts,
      requests,
      retried,
      requestsFailed,
      votesLost,
      eventsLost: seen.reduce((sum, revisions) => sum + missing(revisions), 0),
      eventsDoubled: seen.reduce((sum, revisions) => sum + revisions.length - new Set(revisions).size, 0),
    };
  } finally {
    await services.stop();
    await database.drop();
  }
}

/** A session with an open round and its voters. */
async function openTable(must: (query: string, variables: object, token?: string) => Promise<Answer['data']>) {
  const { createSession } = await must(
    'mutation { createSession(title: "Rolling", name: "Robin", deck: "fibonacci") { token session { id inviteCode } } }',
    {},
  );
  const { token: facilitator, session } = createSession;
  const tokens: string[] = [];
  for (let count = 0; count < voters; count += 1) {
    const joining = 'mutation ($code: String!, $name: String!) { joinSession(inviteCode: $code, name: $name) { token } }';
    tokens.push((await must(joining, { code: session.inviteCode, name: `Voter ${count}` })).joinSession.token);
  }
  const adding = 'mutation ($id: ID!) { addIssues(sessionId: $id, keys: ["SHOP-1"]) { added { id } } }';
  await must(adding, { id: session.id }, facilitator);
  const { startRound } = await must('mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id: session.id }, facilitator);
  return { sessionId: session.id as string, roundId: startRound.id as string, facilitator: facilitator as string, tokens };
}

/** Follows every event of a session from its first, connecting again after the last one whenever the router goes away. */
function follow(url: string, id: string, token: string) {
  const revisions: number[] = [];
  let last = Number.POSITIVE_INFINITY;
  const isBehind = () => (revisions.at(-1) ?? 0) < last;
  const query = 'subscription ($id: ID!, $after: Int) { sessionEvents(sessionId: $id, after: $after) { revision } }';
  const following = (async () => {
    while (isBehind()) {
      const client = createClient({
        url: url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization: `Bearer ${token}` },
      });
      const variables = { id, after: revisions.at(-1) ?? 0 };
      try {
        for await (const { data } of client.iterate<{ sessionEvents: { revision: number } }>({ query, variables })) {
          if (data != null) revisions.push(data.sessionEvents.revision);
          if (!isBehind()) break;
        }
      } catch {
        // The router went away.
      }
      await client.dispose();
      await sleep(50);
    }
  })();
  return {
    /** All revisions, in the order in which they came, once the given one is there; what there is after 30 s. */
    until: async (revision: number): Promise<readonly number[]> => {
      last = revision;
      await Promise.race([following, sleep(30_000, undefined, { ref: false })]);
      last = 0;
      return revisions;
    },
  };
}
