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
    const delivered = await measureDeliveries(services, server);
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

/** Everybody of all sessions follows and votes. `cores` are those that each is busy with: who has the most is what saturates first. */
async function measureDeliveries(services: Services, server: Pool) {
  const opened = await openSittings(services.router.url, { sessions: followedSessions, voters, items });
  const followed = await followAll(services.router.url, opened);
  try {
    const { sittings } = await playFollowed(server, opened, followed, 1);
    const before = await cpuOf(services);
    const startedAt = performance.now();
    const { votes, deliveries } = await playFollowed(server, sittings, followed, followedRounds);
    const elapsedMicros = (performance.now() - startedAt) * 1_000;
    const after = await cpuOf(services);
    const coresOf = (name: keyof typeof after) => round((after[name] - before[name]) / elapsedMicros);
    return {
      followedVoteP50Ms: quantile(votes, 0.5),
      followedVoteP99Ms: quantile(votes, 0.99),
      deliveries: deliveries.length,
      deliveryP50Ms: quantile(deliveries, 0.5),
      deliveryP99Ms: quantile(deliveries, 0.99),
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

/** What past rounds cost a vote. */
async function measureHistory(server: Pool, url: string) {
  let sitting = await openSitting(url, { voters, items: 200 });
  const time = async () => {
    const times: number[] = [];
    for (let turn = 0; turn < 200; turn += 1) {
      const sentAt = performance.now();
      await castVote(server, sitting, turn);
      times.push(performance.now() - sentAt);
    }
    return quantile(times, 0.5);
  };
  await time();
  const first = await time();
  for (let played = 0; played < rounds; played += 1) sitting = await playOn(sitting);
  const last = await time();
  return { firstRoundMs: first, lastRoundMs: last, historyRatio: round(last / first) };
}

async function cpuOf({ router, voting, postgresMicros }: Services) {
  const { user, system } = process.cpuUsage();
  return { router: router.cpuMicros(), voting: voting.cpuMicros(), postgres: await postgresMicros(), client: user + system };
}
