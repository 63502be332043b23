import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import pg from 'pg';
import { Pool } from 'undici';
import { createLogger } from '../kit/process/logging.ts';
import { plannerSettings } from '../subgraphs/voting/src/store/postgres/planner-settings.ts';
import { voteStatements } from '../subgraphs/voting/src/store/postgres/votes.ts';
import { requestOf } from '../subgraphs/voting/src/store/testing/play.ts';
import { openStoreAt } from '../subgraphs/voting/src/stores.ts';
import { startServices } from './load/services.ts';
import { ask, castVote, openSitting, quantile, round, type Sitting } from './load/sessions.ts';

const slices = 40;
const turnsOfSlice = 50;
const warmUp = 20;
const cards = ['1', '2', '3', '5', '8', '13'];

/** Somebody who votes in the open round of a session. */
interface Voter {
  readonly sessionId: string;
  readonly roundId: string;
  readonly participantId: string;
  readonly track: string;
}

/**
 * What a vote with an idempotency key takes through the voting subgraph's HTTP, one at a time, beside its bare statement on a pool like voting's, in turns; and
 * what lies between them: the store without HTTP, and an HTTP request that votes nothing. Medians in milliseconds, CPU for each vote.
 */
export async function benchVote(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  const services = await startServices();
  const server = new Pool(new URL(services.voting.url).origin, { connections: 1 });
  const pool = new pg.Pool({
    connectionString: services.databaseUrl,
    max: 10,
    onConnect: async (client) => void (await client.query(plannerSettings)),
  });
  const store = await openStoreAt(services.databaseUrl, { log: createLogger('bench', 'warn') });
  try {
    const sittings: Sitting[] = [];
    for (let count = 0; count < 3; count += 1) sittings.push(await openSitting(services.router.url, { voters: 8, items: 12 }));
    const [byHttp, forStatement, forStore] = sittings;
    if (byHttp === undefined || forStatement === undefined || forStore === undefined) throw new Error('Three sessions are voted in.');
    const [one, other] = [await findVoter(pool, forStatement), await findVoter(pool, forStore)];
    const bareVote = async (turn: number) => {
      const { sessionId, roundId, participantId, track } = one;
      const once = ['castVote', randomUUID(), 'hash', cards[turn % cards.length], null];
      const { rows } = await pool.query({
        ...voteStatements.castOnce,
        values: [sessionId, roundId, participantId, track, new Date(), null, ...once],
      });
      if (rows.length !== 1) throw new Error('The bare statement took no vote.');
    };
    const storeVote = async (turn: number) => {
      const { sessionId, roundId, participantId, track } = other;
      const vote = { roundId, participantId, track, card: cards[turn % cards.length] ?? '', note: null };
      const { kind } = await store.castVote({ sessionId, vote, at: new Date(), request: requestOf(participantId, 'castVote') });
      if (kind !== 'committed') throw new Error(`The store took no vote: ${kind}.`);
    };
    const acts = {
      vote: (turn: number) => castVote(server, byHttp, turn),
      statement: bareVote,
      store: storeVote,
      http: () => ask(server, '{ __typename }', {}, byHttp.tokens[0]),
    };
    say(`one vote at a time; load average ${loadavg()[0]?.toFixed(1)}`);
    const names = Object.keys(acts) as (keyof typeof acts)[];
    const times = { vote: [] as number[], statement: [] as number[], store: [] as number[], http: [] as number[] };
    const micros = { voting: 0, postgres: 0 };
    for (let slice = -warmUp; slice < slices; slice += 1) {
      // Another one comes first each time.
      for (const name of [...names.slice((slice + warmUp) % names.length), ...names.slice(0, (slice + warmUp) % names.length)]) {
        const before = { voting: services.voting.cpuMicros(), postgres: await services.postgresMicros() };
        for (let turn = 0; turn < turnsOfSlice; turn += 1) {
          const startedAt = performance.now();
          await acts[name](turn);
          if (slice >= 0) times[name].push(performance.now() - startedAt);
        }
        if (slice < 0 || name !== 'vote') continue;
        micros.voting += services.voting.cpuMicros() - before.voting;
        micros.postgres += (await services.postgresMicros()) - before.postgres;
      }
    }
    const p50 = (name: keyof typeof acts) => quantile(times[name], 0.5);
    for (const name of names)
      say(`  ${name}: p10 ${quantile(times[name], 0.1)} ms, p50 ${p50(name)} ms, p99 ${quantile(times[name], 0.99)} ms`);
    return {
      bench: 'vote',
      voteP50Ms: p50('vote'),
      statementP50Ms: p50('statement'),
      storeP50Ms: p50('store'),
      httpP50Ms: p50('http'),
      ratio: round(p50('vote') / p50('statement')),
      ratioWithoutHttp: round((p50('vote') - p50('http')) / p50('statement')),
      ratioOfBestTenth: round(quantile(times.vote, 0.1) / quantile(times.statement, 0.1)),
      votingCpuMs: round(micros.voting / slices / turnsOfSlice / 1_000),
      postgresCpuMs: round(micros.postgres / slices / turnsOfSlice / 1_000),
    };
  } finally {
    await store.close();
    await pool.end();
    await server.close();
    await services.stop();
  }
}

/** The first of those who may vote in a sitting's round. */
async function findVoter(pool: pg.Pool, { roundId }: Sitting): Promise<Voter> {
  const { rows } = await pool.query('SELECT id, open_round_voters, tracks FROM session WHERE open_round_id = $1', [roundId]);
  const [row] = rows;
  return { sessionId: row.id, roundId, participantId: row.open_round_voters[0], track: row.tracks[0].id };
}
