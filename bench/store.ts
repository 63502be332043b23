import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionAggregate } from '../subgraphs/voting/src/domain/model.ts';
import { startRound } from '../subgraphs/voting/src/domain/rounds.ts';
import { voteStatements } from '../subgraphs/voting/src/store/postgres/votes.ts';
import { voteKeysOf } from '../subgraphs/voting/src/store/redis/keys.ts';
import { ballot, facilitatorOf, openTable, play, queue } from '../subgraphs/voting/src/store/testing/play.ts';
import type { VotingStore } from '../subgraphs/voting/src/store/voting-store.ts';
import { findPostgres, query } from '../tests/setup/postgres.ts';
import { run } from '../tests/setup/private-server.ts';
import { withStores } from './stores.ts';

export interface StoreBench extends Readonly<Record<string, string | number>> {
  readonly bench: 'store';
  /** Votes with their event per second through the store, as a share of pgbench with the same statement, connections and server. */
  readonly postgresVsPgbench: number;
  /** The same against redis-benchmark with the same script, not pipelined. */
  readonly redisVsBenchmark: number;
  readonly embeddedVotesPerSecond: number;
}

const sessions = 16;
const voters = 7;
const concurrency = 16;
const connections = 10;
const seconds = 2;
const rounds = 5;

/** Measures how fast each store takes votes; needs pgbench and redis-benchmark. */
export async function benchStore(say: (line: string) => void): Promise<StoreBench> {
  const postgresVsPgbench = await withStores('postgres', async ({ stores: [store], url }) => {
    // As in production: a vote that was acknowledged is on the disk. (Servers for tests do without.)
    await query(url, "ALTER SYSTEM SET fsync = 'on'");
    await query(url, 'SELECT pg_reload_conf()');
    const tables = await openTables(store);
    return compare({ say, name: 'postgres', ours: () => measure(store, tables), yardstick: 'pgbench', theirs: () => pgbench(url, tables) });
  });
  const redisVsBenchmark = await withStores('redis', async ({ stores: [store], url }) => {
    const tables = await openTables(store);
    const [table] = tables;
    if (table === undefined) throw new Error('There is no session to vote in.');
    return compare({
      say,
      name: 'redis',
      ours: () => measure(store, tables),
      yardstick: 'redis-benchmark',
      theirs: () => redisBenchmark(url, table),
    });
  });
  const embeddedVotesPerSecond = await withStores('embedded', async ({ stores: [store] }) => {
    const tables = await openTables(store);
    await measure(store, tables);
    return Math.round(await measure(store, tables));
  });
  say(`embedded: ${embeddedVotesPerSecond} votes/s`);
  return { bench: 'store', postgresVsPgbench, redisVsBenchmark, embeddedVotesPerSecond };
}

interface Comparison {
  readonly say: (line: string) => void;
  readonly name: string;
  readonly ours: () => Promise<number>;
  readonly yardstick: string;
  readonly theirs: () => Promise<number>;
}

/** In turns, since the machine is never as quiet twice; the first round warms up and does not count. */
async function compare({ say, name, ours, yardstick, theirs }: Comparison): Promise<number> {
  const total = { ours: 0, theirs: 0 };
  for (let round = 0; round <= rounds; round += 1) {
    // Ours first: it brings the scripts to a new Redis.
    const [our, their] = [await ours(), await theirs()];
    if (round === 0) continue;
    say(`${name}: ${Math.round(our)} votes/s, ${yardstick} ${Math.round(their)}`);
    total.ours += our;
    total.theirs += their;
  }
  return Number((total.ours / total.theirs).toFixed(2));
}

function openTables(store: VotingStore): Promise<readonly SessionAggregate[]> {
  return Promise.all(
    Array.from({ length: sessions }, async () => {
      const state = await queue(store, await openTable(store, { voters }));
      return play(store, state, startRound(state, { actorId: facilitatorOf(state), now: new Date() }, { id: `round-${state.session.id}` }));
    }),
  );
}

/** Votes per second. */
async function measure(store: VotingStore, tables: readonly SessionAggregate[]): Promise<number> {
  let count = 0;
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const vote = async (first: number) => {
    for (let next = first; performance.now() < until; next += 1) {
      const state = tables[next % tables.length];
      const voter = state?.participants[next % state.participants.length];
      if (state === undefined || voter === undefined) throw new Error('There is nobody to vote.');
      const { kind } = await store.castVote(ballot(state, voter.id));
      if (kind !== 'committed') throw new Error(`A vote was not committed: ${kind}.`);
      count += 1;
    }
  };
  // Far apart, so that the voters do not walk through the sessions in step.
  await Promise.all(Array.from({ length: concurrency }, (_, worker) => vote(worker * 7)));
  return count / ((performance.now() - startedAt) / 1000);
}

async function pgbench(url: string, tables: readonly SessionAggregate[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'tally-pgbench-'));
  try {
    const scripts = await Promise.all(tables.map((state, index) => writeVote(join(folder, `${index}.sql`), state)));
    const args = [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(connections),
      '-j',
      '2',
      '-T',
      String(seconds),
      ...scripts.flatMap((script) => ['-f', script]),
    ];
    const { stdout } = await run(await findTool('pgbench'), [...args, url]);
    return toNumber(/tps = ([\d.]+)/.exec(stdout)?.[1], stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The store's own statement with a vote of this session in it: pgbench draws one of such scripts each time. */
async function writeVote(path: string, state: SessionAggregate): Promise<string> {
  const { sessionId, vote } = ballot(state, facilitatorOf(state));
  const texts = [sessionId, vote.roundId, vote.participantId, vote.track, 'now'].map((value) => `'${value}'`);
  const values = [...texts, String(state.session.structure), `'${vote.card}'`];
  const statement = voteStatements.cast.text.replace(/\$(\d)/g, (_, place: string) => values[Number(place) - 1] ?? '').replace(/\s+/g, ' ');
  await writeFile(path, `${statement.replaceAll("'now'", 'now()')};\n`);
  return path;
}

async function findTool(name: string): Promise<string> {
  const folder = await findPostgres();
  const besides = folder === undefined ? name : join(folder, name);
  return run(besides, ['--version']).then(
    () => besides,
    () => name,
  );
}

async function redisBenchmark(url: string, state: SessionAggregate): Promise<number> {
  const { hostname, port } = new URL(url);
  const source = await readFile(new URL('../subgraphs/voting/src/store/redis/lua/vote.lua', import.meta.url), 'utf8');
  const sha = createHash('sha1').update(source).digest('hex');
  const { sessionId, vote, at } = ballot(state, facilitatorOf(state));
  const { roundId, participantId, track } = vote;
  const event = JSON.stringify({ type: 'VOTE_CAST', at, actorId: participantId, roundId, participantId });
  const row = JSON.stringify({ ...vote, castAt: at });
  const keys = voteKeysOf(sessionId, roundId);
  const call = [
    'EVALSHA',
    sha,
    String(keys.length),
    ...keys,
    sessionId,
    roundId,
    participantId,
    `${participantId}/${track}`,
    row,
    event,
    String(state.session.structure),
  ];
  const settings = ['-h', hostname, '-p', port, '-c', String(concurrency), '-n', '60000', '-q'];
  const { stdout } = await run('redis-benchmark', [...settings, ...call]);
  return toNumber(/([\d.]+) requests per second/.exec(stdout.split('\r').at(-1) ?? '')?.[1], stdout);
}

function toNumber(text: string | undefined, output: string): number {
  if (text === undefined) throw new Error(`There is no figure in:\n${output}`);
  return Number(text);
}
