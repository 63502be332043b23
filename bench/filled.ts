import { loadavg } from 'node:os';
import { Pool } from 'undici';
import { fillDatabase } from '../tests/operations/filled-database.ts';
import { startServices } from './load/services.ts';
import { openSittings, playOn, quantile, round, type Sitting, voteInTurns } from './load/sessions.ts';

const sessions = 50;
const voters = 8;
const items = 20;
const slices = 8;
const sliceMs = 2_500;
const filledWith = 5_000;

/** One product and its people, whose votes are measured in slices. */
interface Side {
  readonly vote: () => Promise<readonly number[]>;
  /** Ends the round of every session in turn and opens the next; returns how long each took, in milliseconds. */
  readonly playOn: () => Promise<readonly number[]>;
  readonly stop: () => Promise<void>;
}

/**
 * The same load on an empty database and on one with 5000 sessions of the past (or as many as is said), in turns: medians of the slices, as
 * ratios of the filled one to the empty one. Each has a Postgres, a voting and a router of its own, and nothing else runs while one is measured.
 */
export async function benchFilled(
  say: (line: string) => void,
  [chosen]: readonly string[],
): Promise<Readonly<Record<string, string | number>>> {
  const past = Number(chosen ?? filledWith);
  const sides: Side[] = [];
  try {
    sides.push(await openSide(async () => undefined));
    sides.push(await openSide((url) => fillDatabase(url, past)));
    const [empty, filled] = sides;
    if (empty === undefined || filled === undefined) throw new Error('Two sides are compared.');
    say(`${sessions} sessions of ${voters} people, beside none and beside ${past}; load average ${loadavg()[0]?.toFixed(1)}`);
    const figures = { empty: [] as Figures[], filled: [] as Figures[] };
    for (let slice = 0; slice <= slices; slice += 1) {
      // Who comes first changes, so that neither is always the one after the other.
      const turn = [['empty', empty] as const, ['filled', filled] as const];
      for (const [name, side] of slice % 2 === 0 ? turn : turn.reverse()) {
        const seen = toFigures(await side.vote(), await side.playOn());
        // The first slice warms up.
        if (slice > 0) figures[name].push(seen);
        say(`  ${slice === 0 ? 'warming up, ' : ''}${name}: ${JSON.stringify(seen)}`);
      }
    }
    const ratio = (of: keyof Figures) =>
      round(median(figures.filled.map((each) => each[of])) / median(figures.empty.map((each) => each[of])));
    return { bench: 'filled', sessions: past, p50Ratio: ratio('p50Ms'), p99Ratio: ratio('p99Ms'), roundRatio: ratio('roundMs') };
  } finally {
    await Promise.all(sides.map((side) => side.stop()));
  }
}

async function openSide(fill: (url: string) => Promise<void>): Promise<Side> {
  const services = await startServices(fill);
  const server = new Pool(new URL(services.router.url).origin, { connections: sessions });
  let sittings: readonly Sitting[] = await openSittings(services.router.url, { sessions, voters, items });
  return {
    vote: () => voteInTurns(server, sittings, sliceMs),
    playOn: async () => {
      const times: number[] = [];
      const next: Sitting[] = [];
      for (const sitting of sittings) {
        const startedAt = performance.now();
        next.push(await playOn(sitting));
        times.push(performance.now() - startedAt);
      }
      sittings = next;
      return times;
    },
    stop: async () => {
      await server.close();
      await services.stop();
    },
  };
}

interface Figures {
  readonly votes: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly roundMs: number;
}

const median = (values: readonly number[]): number => quantile(values, 0.5);

const toFigures = (votes: readonly number[], rounds: readonly number[]): Figures => ({
  votes: votes.length,
  p50Ms: median(votes),
  p99Ms: quantile(votes, 0.99),
  roundMs: median(rounds),
});
