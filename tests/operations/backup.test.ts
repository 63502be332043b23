import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../kit/process/logging.ts';
import { openStorage } from '../../scripts/open-storage.ts';
import { ballot, newId, open, openTable, settle } from '../../subgraphs/voting/src/store/testing/play.ts';
import type { VotingStore } from '../../subgraphs/voting/src/store/voting-store.ts';
import { createDatabase, findPostgres } from '../setup/postgres.ts';
import { createFolder, findFreePort, run, startServer } from '../setup/private-server.ts';
import { findRedis, ping, startPrivateRedis } from '../setup/redis.ts';

// Walks through what docs/operations.md says of backup and restore.
const log = createLogger('test', 'silent');
const adminUrl = inject('TEST_DATABASE_URL');
const binaries = await findPostgres();
const redis = await findRedis();

/** A settled round and an open one with votes in it. */
async function fill(store: VotingStore): Promise<string> {
  const table = await openTable(store);
  const settled = await settle(store, table, { issueKey: newId('SHOP'), seenInJira: { estimate: 1 }, value: 5 });
  const state = await open(store, settled);
  for (const { id } of state.participants) await store.castVote(ballot(state, id));
  return state.session.id;
}

/** The session as it was written and is read back, and that it goes on: one more vote. */
async function expectSame(before: VotingStore, after: VotingStore, sessionId: string): Promise<void> {
  const kept = await after.exportSession(sessionId);
  expect(kept?.votes.length).toBeGreaterThan(0);
  expect(kept).toEqual(await before.exportSession(sessionId));
  const state = await after.load(sessionId);
  const [voter = ''] = state?.session.openRoundVoters ?? [];
  if (state === undefined) throw new Error('the session is gone');
  expect((await after.castVote(ballot(state, voter))).kind).toBe('committed');
}

describe.skipIf(adminUrl === undefined || binaries === undefined)('a backup of Postgres', () => {
  it('brings every session back into an empty database, and they go on', async () => {
    const [first, second] = [await createDatabase(adminUrl ?? ''), await createDatabase(adminUrl ?? '')];
    const folder = await createFolder('backup');
    const store = await openStorage(first.url, log);
    try {
      const sessionId = await fill(store);
      const dump = join(folder, 'tally.dump');
      await run(join(binaries ?? '', 'pg_dump'), ['--format=custom', `--file=${dump}`, first.url]);
      await run(join(binaries ?? '', 'pg_restore'), ['--no-owner', `--dbname=${second.url}`, dump]);
      // Opening migrates: the restored database is known as migrated, so nothing is done twice.
      const restored = await openStorage(second.url, log);
      await expectSame(store, restored, sessionId).finally(() => restored.close());
    } finally {
      await store.close();
      await Promise.all([first.drop(), second.drop()]);
    }
  });
});

describe.skipIf(redis === undefined)('a backup of Redis', () => {
  it('brings every session back into an empty Redis, and they go on', async () => {
    const first = await startPrivateRedis();
    const folder = await createFolder('redis-restored');
    const store = await openStorage(first.url, log);
    const stops = [() => store.close(), first.stop];
    try {
      const sessionId = await fill(store);
      const copy = join(folder, 'tally.rdb');
      await run((redis ?? '').replace(/-server$/, '-cli'), ['-p', String(first.port), '--rdb', copy]);
      await copyFile(copy, join(folder, 'dump.rdb'));
      const port = await findFreePort();
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
      const url = `redis://127.0.0.1:${port}`;
      const second = await startServer({ name: 'Redis', port, url, folder, command: redis ?? '', args, probe: () => ping(port) });
      stops.push(second.stop);
      const restored = await openStorage(url, log);
      await expectSame(store, restored, sessionId).finally(() => restored.close());
    } finally {
      for (const stop of stops) await stop();
    }
  });
});
