import { createClient } from '@redis/client';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../../../../kit/process/logging.ts';
import { findFreePort } from '../../../../../tests/setup/private-server.ts';
import { findRedis, startPrivateRedis } from '../../../../../tests/setup/redis.ts';
import { listening } from '../testing/contract/events.contract.ts';
import { ballot, facilitatorOf, newId, open, openRoundOf, openTable, queue } from '../testing/play.ts';
import { describeVotingStore } from '../testing/voting-store.contract.ts';
import { openWire } from '../testing/wire.ts';
import { connectRedis } from './connection.ts';
import { agesKey, keysOf, writeBacksKey } from './keys.ts';
import { createRedisStore } from './redis.ts';

// A server of this file's own: it is flushed, paused, and cut off from all its clients. The given one only where none can be started.
const own = (await findRedis()) === undefined ? undefined : await startPrivateRedis();
const url = own?.url ?? inject('TEST_REDIS_URL');
afterAll(async () => own?.stop());
const log = createLogger('test', 'silent');

async function command(words: string[]): Promise<unknown> {
  const client = createClient({ url: url ?? '' });
  await client.connect();
  try {
    return await client.sendCommand(words);
  } finally {
    client.destroy();
  }
}

describe.skipIf(url === undefined)('on Redis', () => {
  describeVotingStore('redis', { isShared: true }, async () => ({
    open: async (options) => createRedisStore({ url: url ?? '', log, ...options }),
    cut: async () => {
      await command(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
      await command(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    },
    stall: async () => {
      await command(['CLIENT', 'PAUSE', '30000', 'WRITE']);
      return async () => void (await command(['CLIENT', 'UNPAUSE']));
    },
    dispose: async () => void (await command(['FLUSHDB'])),
  }));
});

describe.skipIf(url === undefined)('the marks of sessions with pending write-backs', () => {
  it('stay as long as a commit may still follow them, and go when none did', async () => {
    const store = createRedisStore({ url: url ?? '', log });
    const [fresh, old] = [newId('session'), newId('session')];
    const now = Date.now();
    await command(['ZADD', writeBacksKey, String(now - 50_000), fresh, String(now - 70_000), old]);
    await store.claimWriteBacks({ now: new Date(), leasedUntil: new Date(), limit: 10 });
    expect(await command(['ZSCORE', writeBacksKey, fresh])).toBe(String(now - 50_000));
    expect(await command(['ZSCORE', writeBacksKey, old])).toBeNull();
    await command(['ZREM', writeBacksKey, fresh]);
    await store.close();
  });

  it('are set anew for a commit that comes too late for them: it is refused with nothing written', async () => {
    const store = createRedisStore({ url: url ?? '', log });
    const redis = connectRedis({ url: url ?? '', log });
    const { session } = await openTable(store, { voters: 0 });
    const keys = keysOf(session.id);
    const { voters, participants, items, rounds, estimates, requests, events } = keys;
    const plan = {
      sessionId: session.id,
      structure: session.structure,
      notAfter: Date.now() - 1,
      put: {},
      removed: [],
      withdrawn: [],
      event: '{}',
    };
    const all = [keys.session, voters, participants, items, rounds, estimates, requests, events];
    expect(await redis.run('commit', all, [JSON.stringify(plan)])).toBe('late');
    expect((await store.load(session.id))?.session).toEqual(session);
    await Promise.all([store.close(), redis.close()]);
  });
});

describe.skipIf((await findRedis()) === undefined)('a Redis server that dies', () => {
  it('says STORE_UNAVAILABLE until it is back, and then has every session', async () => {
    const server = await startPrivateRedis({ appendOnly: true });
    const store = createRedisStore({ url: server.url, log });
    try {
      const state = await openTable(store);
      await server.kill();
      await expect(store.load(state.session.id)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await expect(store.check()).rejects.toThrow();
      await server.restart();
      // The new server does not know the scripts.
      await expect.poll(() => store.load(state.session.id).catch(() => undefined), { timeout: 10_000 }).toEqual(state);
      expect(await store.check()).toEqual({ status: 'ok' });
    } finally {
      await store.close();
      await server.stop();
    }
  });

  it('may be away when the store is made', async () => {
    const server = await startPrivateRedis();
    await server.kill();
    const store = createRedisStore({ url: server.url, log, timeoutMs: 300 });
    try {
      await expect(store.load('any')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await server.restart();
      await expect.poll(() => store.load('any').catch(() => 'away'), { timeout: 10_000 }).toBeUndefined();
    } finally {
      await store.close();
      await server.stop();
    }
  });
});

describe.skipIf(url === undefined)('a vote that was told to have failed before there was a connection', () => {
  it('is not cast when there is one', async () => {
    const [near, port] = [createRedisStore({ url: url ?? '', log }), await findFreePort()];
    const far = createRedisStore({ url: `redis://127.0.0.1:${port}`, log, timeoutMs: 300 });
    const table = await open(near, await queue(near, await openTable(near)));
    // So that the server knows the script.
    await near.retractVote(ballot(table, facilitatorOf(table)));
    const state = await near.load(table.session.id);
    if (state === undefined) throw new Error('the session is gone');
    await expect(far.castVote(ballot(state, facilitatorOf(state)))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const wire = await openWire(url ?? '', port);
    await expect.poll(() => far.load(state.session.id).catch(() => 'away'), { timeout: 10_000 }).toEqual(state);
    expect(await near.findVotes([openRoundOf(state)])).toEqual([]);
    await Promise.all([near.close(), far.close()]);
    wire.close();
  });
});

describe.skipIf(url === undefined)('a Redis server that goes silent without closing', () => {
  it('is noticed: STORE_UNAVAILABLE, then all is well, and changes are told again', async () => {
    const wire = await openWire(url ?? '');
    const store = createRedisStore({ url: url ?? '', log });
    const replica = createRedisStore({ url: wire.url, log, timeoutMs: 300 });
    const told: string[] = [];
    replica.onChange((sessionId) => told.push(sessionId));
    await listening(store, told);
    wire.silence();
    told.length = 0;
    await expect(replica.load('any')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect.poll(() => replica.load('any').catch(() => 'away'), { timeout: 10_000 }).toBeUndefined();
    await expect.poll(() => told, { timeout: 10_000 }).toContain('*');
    await listening(store, told);
    await Promise.all([store.close(), replica.close()]);
    wire.close();
  });

  it('retention finds sessions of before there was its index, and looks at nobody else’s twice', async () => {
    const server = await startPrivateRedis();
    const open = () => createRedisStore({ url: server.url, log });
    const first = open();
    const client = await createClient({ url: server.url }).connect();
    try {
      const [longAgo, since] = [new Date('2020-01-01T00:00:00Z'), new Date('2021-01-01T00:00:00Z')];
      const old = await openTable(first, { voters: 0, now: longAgo });
      // It began as long ago, and has changed since.
      const kept = await openTable(first, { voters: 1, now: new Date('2020-06-01T00:00:00Z') });
      await first.commit({ basis: kept, change: { event: { type: 'SESSION_UPDATED', at: new Date(), actorId: null } } });
      await openTable(first, { voters: 0 });
      await client.sendCommand(['DEL', agesKey]);
      const second = open();
      expect(await second.countForgettable(since, 100)).toBe(1);
      expect(await second.forgetSessions(since, 100)).toBe(1);
      expect(await second.load(old.session.id)).toBeUndefined();
      expect(await second.load(kept.session.id)).toBeDefined();
      const asked = async () =>
        Number(/cmdstat_xrevrange:calls=(\d+)/.exec(String(await client.sendCommand(['INFO', 'commandstats'])))?.[1] ?? 0);
      const before = await asked();
      expect(await second.forgetSessions(since, 100)).toBe(0);
      expect(await asked()).toBe(before);
      await second.close();
    } finally {
      client.destroy();
      await first.close();
      await server.stop();
    }
  });
});
