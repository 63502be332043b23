import { availableParallelism, loadavg } from 'node:os';
import { Pool } from 'undici';
import { followAll, playFollowed } from './load/deliveries.ts';
import { type Services, startServices } from './load/services.ts';
import { castVote, openSitting, openSittings, playOn, quantile, round, type Sitting, voteInTurns } from './load/sessions.ts';

const sessions = 100;
const voters = 8;
const items = 12;
const seconds = 6;
const rounds = 140;
const followedSessions = 200;
const followedRounds = 3;

/**
 * Votes through router, voting and Postgres, each with an idempotency key: how many a second, how long each, and whose time it takes, while nobody follows; what past
 * rounds cost; and how long votes are on their way to the pages of 200 sessions of eight people who all follow.
 */
export async function benchLoad(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  const services = await startServices();
  const server = new Pool(new URL(services.router.url).origin, { connections: sessions });
  try {
    const sittings = await openSittings(services.router.url, { sessions, voters, items });
    say(`${sessions} sessions of ${voters} people; load average ${loadavg()[0]?.toFixed(1)}`);
    await measure(services, server, sittings, 2);
    const busy = await measure(services, server, sittings, seconds);
    for (const [name, value] of Object.entries(busy)) say(`  ${name}: ${value}`);
    const growth = await measureHistory(server, services.router.url);
    say(`  a vote alone: ${growth.firstRoundMs} ms in the first round, ${growth.lastRoundMs} ms after ${rounds}`);
    const delivered = await measureFollowed(services, server, { sessions: followedSessions, rounds: followedRounds });
    for (const [name, value] of Object.entries(delivered)) say(`  ${name}: ${value}`);
    return { bench: 'load', ...busy, ...growth, ...delivered };
  } finally {
    await server.close();
    await services.stop();
  }
}

/** Votes for so long, all sessions at once. */
export async function measure(services: Services, server: Pool, sittings: readonly Sitting[], forSeconds: number) {
  const before = await cpuOf(services);
  const startedAt = performance.now();
  const times = await voteInTurns(server, sittings, forSeconds * 1_000);
  const elapsed = (performance.now() - startedAt) / 1_000;
  const after = await cpuOf(services);
  const perVote = (name: keyof typeof after) => round((after[name] - before[name]) / times.length / 1_000);
  return {
    votesPerSecond: Math.round(times.length / elapsed),
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    routerCpuMs: perVote('router'),
    votingCpuMs: perVote('voting'),
    postgresCpuMs: perVote('postgres'),
    clientCpuMs: perVote('client'),
    votingMiB: Math.round(services.voting.residentBytes() / 2 ** 20),
    routerMiB: Math.round(services.router.residentBytes() / 2 ** 20),
  };
}

/**
 * Everybody of so many sessions follows and votes, round after round. CPU is for each vote with its deliveries and its share of the commands between rounds; `cores` are those
 * that each is busy with: who has the most is what saturates first.
 */
export async function measureFollowed(
  services: Services,
  server: Pool,
  { sessions, rounds }: { readonly sessions: number; readonly rounds: number },
) {
  const opened = await openSittings(services.router.url, { sessions, voters, items });
  const followed = await followAll(services.router.url, opened);
  try {
    const { sittings } = await playFollowed(server, opened, followed, 1);
    const before = await cpuOf(services);
    const startedAt = performance.now();
    const { votes, deliveries } = await playFollowed(server, sittings, followed, rounds);
    const elapsedMicros = (performance.now() - startedAt) * 1_000;
    const after = await cpuOf(services);
    const microsOf = (name: keyof typeof after) => after[name] - before[name];
    const perVote = (name: keyof typeof after) => round(microsOf(name) / votes.length / 1_000);
    const coresOf = (name: keyof typeof after) => round(microsOf(name) / elapsedMicros);
    return {
      followedVotesPerSecond: Math.round((votes.length / elapsedMicros) * 1_000_000),
      followedVoteP50Ms: quantile(votes, 0.5),
      followedVoteP99Ms: quantile(votes, 0.99),
      deliveries: deliveries.length,
      deliveryP50Ms: quantile(deliveries, 0.5),
      deliveryP99Ms: quantile(deliveries, 0.99),
      followedRouterCpuMs: perVote('router'),
      followedVotingCpuMs: perVote('voting'),
      followedPostgresCpuMs: perVote('postgres'),
      routerCores: coresOf('router'),
      votingCores: coresOf('voting'),
      postgresCores: coresOf('postgres'),
      clientCores: coresOf('client'),
      coresOfTheMachine: availableParallelism(),
      followedRouterMiB: Math.round(services.router.residentBytes() / 2 ** 20),
      followedVotingMiB: Math.round(services.voting.residentBytes() / 2 ** 20),
    };
  } finally {
    for (const { sockets } of followed) for (const socket of sockets) socket.terminate();
  }
}

/** What past rounds cost a vote: in a session that has them and in one that has just begun, in turns. */
async function measureHistory(server: Pool, url: string) {
  const size = { voters, items: 200 };
  const fresh = await openSitting(url, size);
  let played = await openSitting(url, size);
  for (let past = 0; past < rounds; past += 1) played = await playOn(played);
  const take = async (turns: number) => {
    const times = { fresh: [] as number[], played: [] as number[] };
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [sitting, of] of [
        [fresh, times.fresh],
        [played, times.played],
      ] as const) {
        const sentAt = performance.now();
        await castVote(server, sitting, turn);
        of.push(performance.now() - sentAt);
      }
    }
    return { first: quantile(times.fresh, 0.5), last: quantile(times.played, 0.5) };
  };
  await take(100);
  const { first, last } = await take(300);
  return { firstRoundMs: first, lastRoundMs: last, historyRatio: round(last / first) };
}

async function cpuOf({ router, voting, postgresMicros }: Services) {
  const { user, system } = process.cpuUsage();
  return { router: router.cpuMicros(), voting: voting.cpuMicros(), postgres: await postgresMicros(), client: user + system };
}
