import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Pool } from 'undici';
import { benchIdle } from './idle.ts';
import { startServices } from './load/services.ts';
import { round } from './load/sessions.ts';
import { measureFollowed } from './load.ts';
import type { RememberedStates } from './scale/states.ts';

const followers = 5_000;
const sessions = 50;
const rounds = 8;
/** People vote every half minute at most. */
const votesPerPerson = 0.035;
const room = 10;
const crowds = [1_000, 10_000, 100_000];
/** Two for restarts; more when each would be busy for more than this share of a core. */
const fewest = 2;
const mostBusy = 0.6;
const mib = 2 ** 20;

/**
 * What users need, as a table: replicas, CPU, memory, connections. It is reckoned from what is measured here: rounds that everybody follows, through router, voting and Postgres, a
 * router with 5000 idle followers, and remembered states up to their bound.
 */
export async function benchScale(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  say(`load average ${loadavg()[0]?.toFixed(1)}`);
  const busy = await measureVotes();
  const states = await measureStates();
  const idle = await benchIdle(say, [String(followers)]);
  const perFollower = Number(idle['heldBytes']);
  const perState = states.heldBytes / states.states;
  say(`measured: ${JSON.stringify({ ...busy, ...states, bytesPerFollower: perFollower, bytesPerState: Math.round(perState) })}`);
  say('');
  say(
    '| people at once, in rooms of ten | routers, votings | CPU: router, voting, Postgres (cores) | MiB of a router | MiB of a voting | Postgres connections |',
  );
  say('|---|---|---|---|---|---|');
  const figures: Record<string, number> = {};
  for (const people of crowds) {
    const toCores = (cpuMs: number) => round((cpuMs * people * votesPerPerson) / 1_000);
    const cores = [toCores(busy.routerCpuMs), toCores(busy.votingCpuMs), toCores(busy.postgresCpuMs)] as const;
    const [routers, votings] = [toReplicas(cores[0]), toReplicas(cores[1])];
    const routerMiB = Math.round(busy.routerMiB + (people / routers) * (perFollower / mib));
    // A balancer sends anybody's request to any replica.
    const votingMiB = Math.round(busy.votingMiB + Math.min((people / room) * perState, states.heldBytes) / mib);
    say(`| ${people} | ${routers}, ${votings} | ${cores.join(', ')} | ${routerMiB} | ${votingMiB} | ${busy.connections * votings} |`);
    figures[`routerMiB ${people}`] = routerMiB;
    figures[`votingMiB ${people}`] = votingMiB;
  }
  return {
    bench: 'scale',
    ...busy,
    followersHeldMiB: Number(idle['heldMiB']),
    statesHeldMiB: Math.round(states.heldBytes / mib),
    states: states.states,
    ...figures,
  };
}

const toReplicas = (cores: number): number => Math.max(fewest, Math.ceil(cores / mostBusy));

/** CPU of a vote, what both services are resident with while people who all follow vote without pause, and the connections of one voting. */
async function measureVotes() {
  const services = await startServices();
  const server = new Pool(new URL(services.router.url).origin, { connections: sessions });
  try {
    await measureFollowed(services, server, { sessions, rounds });
    const measured = await measureFollowed(services, server, { sessions, rounds });
    return {
      routerCpuMs: measured.followedRouterCpuMs,
      votingCpuMs: measured.followedVotingCpuMs,
      postgresCpuMs: measured.followedPostgresCpuMs,
      routerMiB: measured.followedRouterMiB,
      votingMiB: measured.followedVotingMiB,
      connections: await countConnections(services.databaseUrl),
    };
  } finally {
    await server.close();
    await services.stop();
  }
}

/** Of everybody but this process. */
async function countConnections(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const mine = "backend_type = 'client backend' AND pid <> pg_backend_pid()";
  const { rows } = await client.query(`SELECT count(*)::int AS count FROM pg_stat_activity WHERE ${mine}`);
  await client.end();
  return Number(rows[0]?.count);
}

async function measureStates(): Promise<RememberedStates> {
  const child = fork(fileURLToPath(new URL('./scale/states.ts', import.meta.url)), { execArgv: [...process.execArgv, '--expose-gc'] });
  const [states] = (await once(child, 'message')) as [RememberedStates];
  child.kill();
  return states;
}
