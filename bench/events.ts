import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionAggregate } from '../subgraphs/voting/src/domain/model.ts';
import { startRound } from '../subgraphs/voting/src/domain/rounds.ts';
import { createSessionFeed, type SessionFeed } from '../subgraphs/voting/src/events/session-feed.ts';
import { ballot, facilitatorOf, newId, openTable, play, queue } from '../subgraphs/voting/src/store/testing/play.ts';
import type { VotingStore } from '../subgraphs/voting/src/store/voting-store.ts';
import { type StoreName, storeNames, withStores } from './stores.ts';

const sessions = 20;
const voters = 7;
const votesPerSecond = 100;
const seconds = 10;

/**
 * Measures how long a vote that one replica takes is on its way to a follower of another: from the moment it is handed to the store,
 * its commit included, until the event comes out of the feed. The embedded store has one replica.
 */
export async function benchEvents(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  const figures: Record<string, number> = {};
  for (const name of storeNames) {
    const latencies = await withStores(name, ({ stores: [writer, reader = writer] }) => measure(writer, reader));
    const [median, p95, most] = [0.5, 0.95, 1].map((share) => quantile(latencies, share));
    say(`${name}: ${latencies.length} events, median ${median} ms, p95 ${p95} ms, at most ${most} ms`);
    figures[toFigure(name, 'MedianMs')] = median ?? 0;
    figures[toFigure(name, 'P95Ms')] = p95 ?? 0;
  }
  return { bench: 'events', ...figures };
}

const toFigure = (name: StoreName, what: string) => `${name}${what}`;

/** The latency of every event, in ms. */
async function measure(writer: VotingStore, reader: VotingStore): Promise<readonly number[]> {
  const feed = createSessionFeed(reader, () => new Date());
  try {
    const tables = await Promise.all(Array.from({ length: sessions }, () => openVoting(writer)));
    const sentAt = new Map<string, number>();
    const latencies: number[] = [];
    const followers = tables.map((table) =>
      follow(feed, table, (revision) => {
        const sent = sentAt.get(`${table.session.id}/${revision}`);
        if (sent !== undefined) latencies.push(performance.now() - sent);
      }),
    );
    // Until the reader listens, and both have their connections.
    await sleep(1_000);
    const sending: Promise<void>[] = [];
    const count = votesPerSecond * seconds;
    for (let turn = 0; turn < count; turn += 1) {
      const table = tables[turn % sessions];
      if (table === undefined) break;
      // The only writer: the revision is known beforehand.
      const revision = table.session.revision + Math.floor(turn / sessions) + 1;
      sentAt.set(`${table.session.id}/${revision}`, performance.now());
      sending.push(vote(writer, table, turn));
      await sleep(1_000 / votesPerSecond);
    }
    await Promise.all(sending);
    for (let waits = 0; latencies.length < count && waits < 100; waits += 1) await sleep(50);
    if (latencies.length < count) throw new Error(`${count - latencies.length} of ${count} events did not come.`);
    feed.stop();
    await Promise.all(followers);
    return latencies;
  } finally {
    feed.stop();
  }
}

async function openVoting(store: VotingStore): Promise<SessionAggregate> {
  const state = await queue(store, await openTable(store, { voters }));
  return play(store, state, startRound(state, { actorId: facilitatorOf(state), now: new Date() }, { id: newId('round') }));
}

async function vote(store: VotingStore, table: SessionAggregate, turn: number): Promise<void> {
  const voter = table.participants[turn % table.participants.length];
  const { kind } = await store.castVote(ballot(table, voter?.id ?? ''));
  if (kind !== 'committed') throw new Error(`A vote was not committed: ${kind}.`);
}

async function follow(feed: SessionFeed, { session }: SessionAggregate, onEvent: (revision: number) => void): Promise<void> {
  for await (const { revision } of feed.follow(session.id, session.revision)) onEvent(revision);
}

function quantile(values: readonly number[], share: number): number {
  const ascending = [...values].sort((one, other) => one - other);
  return Number((ascending[Math.ceil(share * ascending.length) - 1] ?? 0).toFixed(1));
}
