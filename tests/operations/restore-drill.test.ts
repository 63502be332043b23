import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../kit/process/logging.ts';
import { compareStorages } from '../../scripts/drill/compare.ts';
import { openStorage } from '../../scripts/open-storage.ts';
import { ballot, newId, open, openTable, settle } from '../../subgraphs/voting/src/store/testing/play.ts';
import type { StoredSession, VotingStore } from '../../subgraphs/voting/src/store/voting-store.ts';
import { createDatabase, findPostgres, query } from '../setup/postgres.ts';
import { findRedis, startPrivateRedis } from '../setup/redis.ts';

const root = join(import.meta.dirname, '../..');
const log = createLogger('test', 'silent');
const adminUrl = inject('TEST_DATABASE_URL');
const binaries = await findPostgres();
const redis = await findRedis();

async function fill(store: VotingStore): Promise<string> {
  const table = await openTable(store);
  const settled = await settle(store, table, { issueKey: newId('SHOP'), seenInJira: { estimate: 1 }, value: 5 });
  const state = await open(store, settled);
  for (const { id } of state.participants) await store.castVote(ballot(state, id));
  return state.session.id;
}

const drill = (...args: readonly string[]) => {
  const path = `${binaries ?? ''}:${process.env['PATH']}`;
  return promisify(execFile)('npm', ['run', '-s', 'restore-drill', '--', ...args], { cwd: root, env: { PATH: path } }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
};

const whole = { sessions: 2, rounds: 4, movedOn: 0, newer: 0, deleted: 0, missing: 0, different: 0 };

describe.skipIf(adminUrl === undefined || binaries === undefined)('a restore drill of Postgres', () => {
  it('finds every session in the restored database, and leaves none behind', async () => {
    const database = await createDatabase(adminUrl ?? '');
    const store = await openStorage(database.url, log);
    try {
      for (let count = 0; count < 2; count += 1) await fill(store);
      const { code, stdout } = await drill('--from', database.url);
      expect(JSON.parse(stdout)).toMatchObject({ storage: 'postgres', ...whole });
      expect(code).toBe(0);
      const left = "SELECT 1 / (SELECT count(*) FROM pg_database WHERE datname LIKE 'tally_restore_drill%')";
      await expect(query(adminUrl ?? '', left)).rejects.toThrow('division by zero');
    } finally {
      await store.close();
      await database.drop();
    }
  }, 60_000);

  it('says so when there is nothing to back up, and shows no password', async () => {
    const { code, stderr } = await drill('--from', 'postgres://tally:geheim@127.0.0.1:1/tally');
    expect(code).toBe(1);
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('geheim');
  });
});

describe.skipIf(redis === undefined)('a restore drill of Redis', () => {
  it('finds every session in a server that was started on the copy', async () => {
    const server = await startPrivateRedis();
    const store = await openStorage(server.url, log);
    try {
      for (let count = 0; count < 2; count += 1) await fill(store);
      const { code, stdout } = await drill('--from', server.url);
      expect(JSON.parse(stdout)).toMatchObject({ storage: 'redis', ...whole });
      expect(code).toBe(0);
    } finally {
      await store.close();
      await server.stop();
    }
  }, 60_000);
});

describe.skipIf(adminUrl === undefined)('the comparison of a drill', () => {
  it('tells sessions that went on, were made or were deleted since from those that are missing or different', async () => {
    const database = await createDatabase(adminUrl ?? '');
    const store = await openStorage(database.url, log);
    try {
      const ids = { same: '', movedOn: '', deleted: '', missing: '', different: '', newer: '' };
      for (const name of ['same', 'movedOn', 'deleted', 'missing', 'different'] as const) ids[name] = await fill(store);
      const kept = new Map<string, StoredSession>();
      for (const id of Object.values(ids).filter((each) => each !== '')) {
        const session = await store.exportSession(id);
        if (session !== undefined) kept.set(id, session);
      }
      const startedAt = new Date();
      const state = await store.load(ids.movedOn);
      const [voter = ''] = state?.session.openRoundVoters ?? [];
      if (state !== undefined) await store.castVote(ballot(state, voter));
      await query(database.url, `DELETE FROM session WHERE id = '${ids.deleted}'`);
      ids.newer = await fill(store);
      await query(database.url, `UPDATE session SET created_at = now() + interval '1 hour' WHERE id = '${ids.newer}'`);
      kept.delete(ids.missing);
      const changed = kept.get(ids.different);
      if (changed !== undefined) kept.set(ids.different, { ...changed, votes: changed.votes.slice(1) });
      const restored = {
        listSessionIds: async (after: string | undefined) => [...kept.keys()].sort().filter((id) => after === undefined || id > after),
        exportSession: async (id: string) => kept.get(id),
      };
      expect(await compareStorages(store, restored, startedAt)).toMatchObject({
        sessions: 4,
        movedOn: 1,
        newer: 1,
        deleted: 1,
        missing: 1,
        different: 1,
      });
    } finally {
      await store.close();
      await database.drop();
    }
  });
});
