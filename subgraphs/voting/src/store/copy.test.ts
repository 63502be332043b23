import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../../../kit/logging.ts';
import { migratePostgres } from '../../../../prisma/migrate.ts';
import { createDatabase } from '../../../../tests/setup/postgres.ts';
import { findRedis, startPrivateRedis } from '../../../../tests/setup/redis.ts';
import { copySessions } from './copy.ts';
import { createEmbeddedStore } from './embedded.ts';
import { ballot, facilitatorOf, newId, open, openTable, play, requestOf, settle } from './play.ts';
import { createPostgresStore } from './postgres.ts';
import { createRedisStore } from './redis.ts';
import type { VotingStore } from './voting-store.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const canStartRedis = (await findRedis()) !== undefined;
const log = createLogger('test', 'silent');

/** Sessions with something of everything in them. */
async function fill(store: VotingStore): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    let state = await openTable(store, { tracks: [{ id: 'dev' }, { id: 'test', discipline: 'qa' }] });
    state = await settle(store, state, { issueKey: newId('SHOP'), seenInJira: { test: 0.5, dev: null }, value: 3 });
    const answer = { notFound: ['SHOP-1'], added: ['an item'] };
    const event = { type: 'ITEMS_CHANGED' as const, at: new Date(), actorId: null };
    await store.commit({ basis: state, change: { event, answer }, request: requestOf(facilitatorOf(state), 'addIssues') });
    state = (await store.load(state.session.id)) ?? state;
    state = await open(store, state);
    const request = requestOf(facilitatorOf(state), 'castVote');
    for (const { id } of state.participants) await store.castVote({ ...ballot(state, id), ...(id === request.actorId ? { request } : {}) });
  }
}

describe.skipIf(adminUrl === undefined || !canStartRedis)('copying all sessions', () => {
  it('from embedded to Redis to Postgres changes nothing, and what was copied goes on working', async () => {
    const [directory, database, server] = [
      await mkdtemp(join(tmpdir(), 'tally-copy-')),
      await createDatabase(adminUrl ?? ''),
      await startPrivateRedis(),
    ];
    await migratePostgres(database.url);
    const embedded = await createEmbeddedStore({ directory });
    const redis = createRedisStore({ url: server.url, log });
    const postgres = createPostgresStore({ url: database.url, log });
    try {
      await fill(embedded);
      const toRedis = await copySessions(embedded, redis);
      expect(toRedis).toMatchObject({ sessions: 3, copied: 3, rounds: 6, votes: 9, estimates: 6 });
      expect(await copySessions(redis, postgres)).toEqual(toRedis);
      // Again is no harm.
      expect(await copySessions(embedded, postgres)).toEqual({ ...toRedis, copied: 0 });

      const [id = ''] = await postgres.listSessionIds(undefined, 1);
      for (const store of [redis, postgres]) {
        const state = await store.load(id);
        if (state === undefined) throw new Error('the session is gone');
        expect(await store.findSessionId(state.session.inviteCode)).toBe(id);
        const [voter = ''] = state.session.openRoundVoters;
        expect((await store.castVote(ballot(state, voter))).kind).toBe('committed');
        await play(store, state, {
          event: { type: 'SESSION_UPDATED', at: new Date(), actorId: null },
          session: { ...state.session, title: 'Goes on' },
        });
        const now = new Date();
        expect(await store.claimWriteBacks({ now, leasedUntil: now, limit: 100 })).toHaveLength(6);
      }
    } finally {
      await Promise.all([embedded.close(), redis.close(), postgres.close()]);
      await Promise.all([server.stop(), database.drop(), rm(directory, { recursive: true, force: true })]);
    }
    // Three stores and a first start of the embedded one: a busy machine needs its time.
  }, 120_000);

  it('names a session that differs, and refuses a target with sessions of its own', async () => {
    const [one, other] = [await startPrivateRedis(), await startPrivateRedis()];
    const [from, to] = [one, other].map(({ url }) => createRedisStore({ url, log }));
    if (from === undefined || to === undefined) throw new Error('no stores');
    try {
      const state = await openTable(from);
      await copySessions(from, to);
      await open(to, await settle(to, state, { issueKey: 'SHOP-1', value: 3 }));
      await expect(copySessions(from, to)).rejects.toThrow(`Session ${state.session.id} is not the same in both storages.`);
      const own = await openTable(to);
      await expect(copySessions(from, to)).rejects.toThrow(own.session.id);
    } finally {
      await Promise.all([from.close(), to.close()]);
      await Promise.all([one.stop(), other.stop()]);
    }
  });
});
