import { createClient } from '@redis/client';
import { Client } from 'pg';
import type { SessionAggregate } from '../subgraphs/voting/src/domain/model.ts';
import { revealRound, startRound } from '../subgraphs/voting/src/domain/rounds.ts';
import { settleRound } from '../subgraphs/voting/src/domain/settlements.ts';
import { keysOf } from '../subgraphs/voting/src/store/redis/keys.ts';
import {
  ballot,
  facilitatorOf,
  newId,
  open,
  openRoundOf,
  openTable,
  play,
  queue,
  requestOf,
} from '../subgraphs/voting/src/store/testing/play.ts';
import type { VotingStore } from '../subgraphs/voting/src/store/voting-store.ts';
import { query } from '../tests/setup/postgres.ts';
import { withStores } from './stores.ts';

const voters = 99;
const changes = 20;
/** For the bytes of a whole round: as many are played by as many people. */
const rounds = 200;
const team = 8;

/**
 * What votes weigh in a store, in bytes: cast once, and each time that its voter changes it while the round is open, without an
 * idempotency key and with one, which is kept for a day; and each time that it is taken back and cast again. And what a thousand rounds weigh of
 * eight people each, on an issue each, in gigabytes, with the keys of their votes and without.
 */
export async function benchBytes(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  const figures: Record<string, number> = {};
  for (const name of ['postgres', 'redis'] as const) {
    await withStores(name, async ({ stores: [store], url }) => {
      const state = await open(store, await queue(store, await openTable(store, { voters })));
      let size = await sizeOf(name, url, state);
      const measure = async (times: number, act: () => Promise<void>) => {
        const before = size;
        for (let time = 0; time < times; time += 1) await act();
        size = await sizeOf(name, url, state);
        return Math.round((size - before) / (times * state.participants.length));
      };
      figures[`${name}PerVote`] = await measure(1, () => voteAll(store, state, false));
      figures[`${name}PerChange`] = await measure(changes, () => voteAll(store, state, false));
      figures[`${name}PerChangeWithKey`] = await measure(changes, () => voteAll(store, state, true));
      // The first takes the vote's own event out and leaves one of its own; what counts is that the others leave none.
      await measure(1, () => takeBackAndVote(store, state));
      figures[`${name}PerRetraction`] = await measure(changes, () => takeBackAndVote(store, state));
      say(`${name}: ${figures[`${name}PerVote`]} bytes a vote, ${figures[`${name}PerChange`]} each change of it`);
    });
    figures[`${name}GBPer1000Rounds`] = await measureRounds(name, false);
    figures[`${name}GBPer1000RoundsOfToday`] = await measureRounds(name, true);
  }
  return { bench: 'bytes', ...figures };
}

/** Of a store of their own, whole: tables and indexes, or keys. */
async function measureRounds(name: 'postgres' | 'redis', isKeyed: boolean): Promise<number> {
  return withStores(name, async ({ stores: [store], url }) => {
    let state = await openTable(store, { voters: team - 1 });
    const before = await sizeOfAll(name, url);
    for (let number = 1; number <= rounds; number += 1) {
      state = await queue(store, state, { issueKey: `SHOP-${number}`, seenInJira: { estimate: null } });
      const acting = { actorId: facilitatorOf(state), now: new Date() };
      state = await play(store, state, startRound(state, acting, { id: newId('round'), itemId: state.items.at(-1)?.id ?? null }));
      await voteAll(store, state, isKeyed);
      const roundId = openRoundOf(state);
      state = (await store.load(state.session.id)) ?? state;
      state = await play(store, state, revealRound(state, acting, roundId));
      state = await play(store, state, settleRound(state, acting, { roundId, estimate: 5 }));
    }
    const bytesPerRound = ((await sizeOfAll(name, url)) - before) / rounds;
    return Math.round(bytesPerRound / 1_000) / 1_000;
  });
}

async function voteAll(store: VotingStore, state: SessionAggregate, isKeyed: boolean): Promise<void> {
  for (const { id } of state.participants) {
    const { kind } = await store.castVote({ ...ballot(state, id), request: isKeyed ? requestOf(id, 'castVote') : undefined });
    if (kind !== 'committed') throw new Error(`A vote was not committed: ${kind}.`);
  }
}

async function takeBackAndVote(store: VotingStore, state: SessionAggregate): Promise<void> {
  for (const { id } of state.participants) {
    const { vote, ...rest } = ballot(state, id);
    const { card, note, ...place } = vote;
    const { kind } = await store.retractVote({ ...rest, vote: place });
    if (kind !== 'committed') throw new Error(`A retraction was not committed: ${kind}.`);
  }
  await voteAll(store, state, false);
}

/** Tables and indexes of votes, events and requests; on Redis the session's keys of them. */
function sizeOf(name: 'postgres' | 'redis', url: string, state: SessionAggregate): Promise<number> {
  if (name === 'postgres') return sizeOfTables(url, "oid = ANY('{vote,event,request}'::regclass[])");
  const { votes, events, requests } = keysOf(state.session.id);
  return sizeOfKeys(url, [votes(openRoundOf(state)), events, requests]);
}

function sizeOfAll(name: 'postgres' | 'redis', url: string): Promise<number> {
  if (name === 'postgres') return sizeOfTables(url, "relkind = 'r' AND relnamespace = 'public'::regnamespace");
  return sizeOfKeys(url);
}

/** Without what the next vacuum frees. */
async function sizeOfTables(url: string, condition: string): Promise<number> {
  await query(url, 'VACUUM FULL');
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`SELECT sum(pg_total_relation_size(oid)) AS size FROM pg_class WHERE ${condition}`);
  await client.end();
  return Number(rows[0]?.size);
}

/** Of all keys unless some are given. */
async function sizeOfKeys(url: string, given?: readonly string[]): Promise<number> {
  const client = await createClient({ url }).connect();
  const keys = given ?? (await Array.fromAsync(client.scanIterator())).flat();
  const sizes = await Promise.all(keys.map((key) => client.sendCommand(['MEMORY', 'USAGE', key, 'SAMPLES', '0'])));
  await client.close();
  return sizes.reduce((sum: number, each) => sum + Number(each ?? 0), 0);
}
