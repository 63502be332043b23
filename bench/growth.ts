import { randomUUID } from 'node:crypto';
import { runCommand } from '../subgraphs/voting/src/commands/commands.ts';
import type { Round, SessionAggregate } from '../subgraphs/voting/src/domain/model.ts';
import { addTopics, moveItem } from '../subgraphs/voting/src/domain/queue.ts';
import { maxAtOnce } from '../subgraphs/voting/src/domain/queue-size.ts';
import { updateSession } from '../subgraphs/voting/src/domain/session.ts';
import { type RememberingStore, remembering } from '../subgraphs/voting/src/store/remembered.ts';
import { ballot, facilitatorOf, newId, open, openTable, play, queue, requestOf } from '../subgraphs/voting/src/store/testing/play.ts';
import { query } from '../tests/setup/postgres.ts';
import { withStores } from './stores.ts';

const roundsOfHistory = 10;
// The smallest has as many past rounds as are read at once: a page of ten is compared with a page of ten. It comes twice: what the two differ in is noise.
const sizes = [
  { items: 12, rounds: roundsOfHistory },
  { items: 12, rounds: roundsOfHistory },
  { items: 1_000, rounds: 60 },
  { items: 5_000, rounds: 300 },
];
const counts = [10, 10, 1_000, 10_000];
const passes = 20;
const turnsOfPass = 10;

type Act = (store: RememberingStore, state: SessionAggregate) => Promise<unknown>;

/** What is done with one session, and should cost the same in a large one. */
const ofOneSession: Readonly<Record<string, Act>> = {
  vote: (store, state) => {
    const voter = facilitatorOf(state);
    return store.castVote({ ...ballot(state, voter), structure: state.session.structure, request: requestOf(voter, 'castVote') });
  },
  command: (store, state) => {
    const actorId = facilitatorOf(state);
    return runCommand(store, {
      sessionId: state.session.id,
      request: requestOf(actorId, 'updateSession'),
      decide: (basis) => updateSession(basis, { actorId, now: new Date() }, { title: randomUUID() }),
    });
  },
  // The last to the front: each is moved alone, in a queue of any length.
  move: (store, state) => {
    const actorId = facilitatorOf(state);
    return runCommand(store, {
      sessionId: state.session.id,
      request: requestOf(actorId, 'moveItem'),
      decide: (basis) =>
        moveItem(basis, { actorId, now: new Date() }, basis.items.at(basis.items.at(-1)?.state === 'VOTING' ? -2 : -1)?.id ?? '', 0),
    });
  },
  read: (store, state) => store.load(state.session.id),
  history: (store, { rounds }) => store.findVotes(rounds.slice(-roundsOfHistory).map((round) => round.id)),
  changes: (store, { session: { id } }) => store.readChanges(id, (store.recall(id)?.session.revision ?? 0) - 5, 100),
};

/** What looks over all sessions, and should not cost more for more of them. */
const overAll: Readonly<Record<string, Act>> = {
  ownSessions: (store) => store.findOwned('nobody', undefined, 20),
  // What the worker asks each second; it claims when something waits.
  writeBackPoll: (store) => store.readOutbox(),
  claim: (store) => store.claimWriteBacks({ now: new Date(), leasedUntil: new Date(), limit: 10 }),
  dueReveals: (store) => store.findDueReveals(new Date(), 10),
  retention: (store) => store.forgetSessions(new Date(0), 10),
  voteAmongAll: (store, state) => store.castVote({ ...ballot(state, facilitatorOf(state)), structure: state.session.structure }),
};

/**
 * How what is done grows with a session's size and with the number of sessions: milliseconds, and ratios to the faster of the two that are
 * smallest. `noise` is the worst ratio of those two: no other ratio says more than that.
 * Chosen can be `postgres` or `redis`, and `size` or `number`.
 */
export async function benchGrowth(
  say: (line: string) => void,
  chosen: readonly string[],
): Promise<Readonly<Record<string, string | number>>> {
  const figures: Record<string, number> = {};
  let [worst, noise] = [{ name: '', ratio: 0 }, 1];
  const note = (name: string, [first = Number.NaN, twin = Number.NaN, ...larger]: readonly number[]) => {
    const least = Math.min(first, twin);
    const [ratio, apart] = [round(Math.max(least, ...larger) / least), round(Math.max(first, twin) / least)];
    say(`${name}: ${[first, ...larger].map(round).join(' · ')} ms, ratio ${ratio}; the smallest's twin ${round(twin)} ms, ratio ${apart}`);
    figures[name] = ratio;
    if (ratio > worst.ratio) worst = { name, ratio };
    noise = Math.max(noise, apart);
  };
  const isWanted = (what: string, all: readonly string[]) => chosen.includes(what) || !all.some((one) => chosen.includes(one));
  const [stores, kinds] = [['postgres', 'redis'] as const, ['size', 'number']];
  for (const name of stores) {
    if (!isWanted(name, stores)) continue;
    const measure = async (acts: Readonly<Record<string, Act>>, filled: readonly Filled[]) => {
      for (const [act, times] of Object.entries(await inTurns(acts, filled))) note(`${name} ${act}`, times);
    };
    if (isWanted('size', kinds))
      await withStores(name, async ({ stores: [bare] }) => {
        const store = remembering(bare);
        const filled: Filled[] = [];
        for (const size of sizes) filled.push({ store, state: await grow(store, size) });
        await measure(ofOneSession, filled);
      });
    if (isWanted('number', kinds)) await withFilled(name, counts, (filled) => measure(overAll, filled));
  }
  return { bench: 'growth', ...figures, worst: worst.name, worstRatio: worst.ratio, noise };
}

interface Filled {
  readonly store: RememberingStore;
  readonly state: SessionAggregate;
}

/** A server of its own for each count of sessions, so that all are measured in turns. */
async function withFilled(
  name: 'postgres' | 'redis',
  [count, ...more]: readonly number[],
  use: (filled: readonly Filled[]) => Promise<void>,
  filled: readonly Filled[] = [],
): Promise<void> {
  if (count === undefined) return use(filled);
  await withStores(name, async ({ stores: [bare], url }) => {
    const state = await open(bare, await queue(bare, await openTable(bare, { voters: 7 })));
    const newcomer = () => openTable(bare, { voters: 0, ownerSubject: newId('owner') });
    for (let made = 0; made < count; made += 10) await Promise.all(Array.from({ length: 10 }, newcomer));
    // As a database is that grew over weeks.
    if (name === 'postgres') await query(url, 'VACUUM ANALYZE');
    await withFilled(name, more, use, [...filled, { store: remembering(bare), state }]);
  });
}

/** A session with as many items and past rounds, and one round open. */
async function grow(store: RememberingStore, { items, rounds }: (typeof sizes)[number]): Promise<SessionAggregate> {
  let state = await openTable(store, { voters: 7 });
  const acting = { actorId: facilitatorOf(state), now: new Date() };
  for (let from = 0; from < items; from += maxAtOnce) {
    const length = Math.min(maxAtOnce, items - from);
    const topics = Array.from({ length }, () => ({ id: newId('item'), topic: 'Pay by invoice' }));
    state = await play(store, state, addTopics(state, acting, topics).change);
  }
  state = await open(store, state);
  const [current] = state.rounds;
  if (current === undefined) throw new Error('There is no round.');
  const event = { type: 'ITEMS_CHANGED' as const, at: new Date(), actorId: null };
  const past = state.items
    .toArray()
    .slice(0, rounds)
    .map((item): Round => ({ ...current, id: newId('round'), itemId: item.id, number: 1, state: 'ABANDONED' }));
  return past.length === 0 ? state : play(store, state, { event, rounds: past });
}

/**
 * Milliseconds of each act with each of `filled`: of the fastest tenth, since whatever else runs on the machine only adds. All are done in turns, in another
 * order each time, and the passes of one act lie between those of the others: a server process that the machine treats worse than another for
 * some seconds made two equal databases differ by a factor of two. The first pass warms up.
 */
async function inTurns(
  acts: Readonly<Record<string, Act>>,
  filled: readonly Filled[],
): Promise<Readonly<Record<string, readonly number[]>>> {
  const seen = new Map<string, readonly number[][]>(Object.keys(acts).map((name) => [name, filled.map(() => [])]));
  for (let pass = 0; pass <= passes; pass += 1) {
    for (const [name, run] of Object.entries(acts)) {
      for (let turn = 0; turn < turnsOfPass; turn += 1) {
        for (const index of shuffled(filled.length)) {
          const one = filled[index];
          if (one === undefined) throw new Error('There is nothing to measure.');
          const startedAt = performance.now();
          await run(one.store, one.state);
          if (pass > 0) seen.get(name)?.[index]?.push(performance.now() - startedAt);
        }
      }
    }
  }
  return Object.fromEntries([...seen].map(([name, all]) => [name, all.map(fastestTenth)]));
}

function shuffled(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => ({ index, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ index }) => index);
}

const fastestTenth = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 10)] ?? Number.NaN;

const round = (value: number) => Math.round(value * 100) / 100;
