import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, inject, it, vi } from 'vitest';
import { startPrivateRedis } from '../../../../tests/setup/redis.ts';
import { createLocalEvents, type IssueEvents } from './issue-events.ts';
import { createIssueFeed } from './issue-feed.ts';
import { createRedisEvents } from './redis-events.ts';

async function open(events: IssueEvents) {
  const forgotten: (readonly string[])[] = [];
  const errors: unknown[] = [];
  const feed = await createIssueFeed({
    events,
    forget: async (keys) => {
      forgotten.push(keys);
      return keys;
    },
    onError: (error) => errors.push(error),
  });
  return { feed, forgotten, errors };
}

describe('the feed of changed issues', () => {
  it('makes caches forget, then wakes those who follow that issue, and no one else', async () => {
    const { feed, forgotten } = await open(createLocalEvents());
    const [one, other] = [feed.follow('A-1'), feed.follow('A-2')];
    const next = one.next();
    let hasOther = false;
    void other.next().then(({ done }) => {
      hasOther = done !== true;
    });
    await feed.changed(['A-1']);
    expect(await next).toEqual({ done: false, value: undefined });
    expect(forgotten).toContainEqual(['A-1']);
    await other.return?.();
    expect(hasOther).toBe(false);
  });

  it('gives changes that come faster than they are taken as one, and loses none that comes between two', async () => {
    const { feed } = await open(createLocalEvents());
    const following = feed.follow('A-1');
    await feed.changed(['A-1']);
    await feed.changed(['A-1']);
    expect((await following.next()).done).toBe(false);
    const next = following.next();
    await feed.changed(['A-1']);
    expect((await next).done).toBe(false);
  });

  it('ends at once when a follower leaves while it waits', async () => {
    const { feed } = await open(createLocalEvents());
    const following = feed.follow('A-1');
    const next = following.next();
    await following.return?.();
    expect((await next).done).toBe(true);
    expect((await following.next()).done).toBe(true);
  });

  it('still tells this process when the news cannot be sent', async () => {
    const { feed, errors, forgotten } = await open({ ...createLocalEvents(), publish: () => Promise.reject(new Error('down')) });
    const next = feed.follow('A-1').next();
    expect(await feed.changed(['A-1'])).toBe(false);
    expect((await next).done).toBe(false);
    expect(errors).toHaveLength(1);
    expect(forgotten.length).toBeGreaterThan(0);
  });

  const redisUrl = inject('TEST_REDIS_URL');
  it.skipIf(redisUrl === undefined)('reaches every replica by Redis', async () => {
    const channel = `test-${Math.random()}`;
    const openReplica = () => open(createRedisEvents({ url: redisUrl ?? '', channel, onError: () => {} }));
    const [here, there] = [await openReplica(), await openReplica()];
    await wait(700);
    const next = there.feed.follow('A-1').next();
    await here.feed.changed(['A-1']);
    expect((await next).done).toBe(false);
    expect(there.forgotten).toEqual([['A-1']]);
    await Promise.all([here.feed.stop(), there.feed.stop()]);
  });

  it.skipIf(redisUrl === undefined)('tells those who follow that something may have changed while Redis was away', async () => {
    const redis = await startPrivateRedis();
    const { feed } = await open(createRedisEvents({ url: redis.url, channel: 'test', onError: () => {} }));
    await wait(700);
    const next = feed.follow('A-1').next();
    await redis.restart();
    expect((await next).done).toBe(false);
    await vi.waitFor(async () => expect(await feed.changed(['A-1'])).toBe(true), 10_000);
    await feed.stop();
    await redis.stop();
  });
});
