import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { migratePostgres } from '../../prisma/migrate.ts';
import { query, startPrivatePostgres } from '../../tests/setup/postgres.ts';
import { findFreePort, type Measured, startTally, toMeasured } from '../routers/processes.ts';

/** Router, voting and Postgres as processes of their own; jira is not there: no vote asks it. */
export interface Services {
  readonly router: Measured;
  readonly voting: Measured;
  /** Kills the router, as a crash does; the next one, at the same address, is there when it serves. */
  readonly restartRouter: () => Promise<Measured>;
  /** CPU time of all of Postgres' processes so far, in microseconds. */
  readonly postgresMicros: () => Promise<number>;
  readonly databaseUrl: string;
  readonly stop: () => Promise<void>;
}

const plenty = '100000000';

/** Starts them with a Postgres that puts every acknowledged vote on the disk; `fill` is given its migrated database before they start. @throws Error when the machine has no Postgres. */
export async function startServices(fill: (databaseUrl: string) => Promise<void> = async () => undefined): Promise<Services> {
  const server = await startPrivatePostgres();
  const folder = await mkdtemp(join(tmpdir(), 'tally-load-'));
  await query(server.url, "ALTER SYSTEM SET fsync = 'on'");
  await query(server.url, 'SELECT pg_reload_conf()');
  await migratePostgres(server.url);
  await fill(server.url);
  const jiraUrl = `http://127.0.0.1:${await findFreePort()}/graphql`;
  const voting = await startVoting({
    DATABASE_URL: server.url,
    JIRA_SERVICE_URL: jiraUrl,
    DATA_DIRECTORY: folder,
    SESSION_JOIN_RATE: '500',
  });
  const routerPort = String(await findFreePort());
  const startRouter = () =>
    startTally({
      ROUTER_PORT: routerPort,
      AUTH: 'open',
      VOTING_SERVICE_URL: voting.url,
      JIRA_SERVICE_URL: jiraUrl,
      RATE_LIMIT_IP: plenty,
      RATE_LIMIT_IDENTITY: plenty,
      RATE_LIMIT_ENTRANCE: plenty,
      RATE_LIMIT_JOIN: plenty,
      MAX_CONNECTIONS_PER_IP: plenty,
    });
  let router = await startRouter();
  const postmaster = await findPostmaster(server.url);
  return {
    router,
    voting,
    restartRouter: async () => {
      const hasEnded = once(router.child, 'exit');
      router.stop();
      await hasEnded;
      router = await startRouter();
      return router;
    },
    postgresMicros: () => microsOfFamily(postmaster),
    databaseUrl: server.url,
    stop: async () => {
      router.stop();
      voting.stop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts voting as its users do, and waits until it serves. */
async function startVoting(environment: Record<string, string>): Promise<Measured> {
  const port = await findFreePort();
  const child = fork(fileURLToPath(new URL('../../subgraphs/voting/src/main.ts', import.meta.url)), {
    env: { ...process.env, NODE_ENV: 'production', AUTH: 'open', LOG_LEVEL: 'warn', VOTING_PORT: String(port), ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined);
    if (answer?.ok === true) return toMeasured('voting', `http://127.0.0.1:${port}/graphql`, child);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('voting did not start');
}

async function findPostmaster(url: string): Promise<number> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  const parent = await parentOf(Number(rows[0]?.pid));
  await client.end();
  return parent ?? 0;
}

async function microsOfFamily(pid: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(async (other) => ({ other, fields: await statOf(other) })));
  return (
    stats
      .filter(({ other, fields }) => other === pid || Number(fields[1]) === pid)
      // The time of children that have ended is the parent's.
      .reduce((sum, { fields }) => sum + [11, 12, 13, 14].reduce((ticks, at) => ticks + Number(fields[at]), 0) * 10_000, 0)
  );
}

const parentOf = async (pid: number) => Number((await statOf(pid))[1]);

async function statOf(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.split(') ')[1]?.split(' ') ?? [];
}
