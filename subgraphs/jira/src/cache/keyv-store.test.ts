import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { openValve } from '../../../../tests/setup/valve.ts';
import { createCountedSource, slot } from '../source/testing/counted-source.ts';
import { cached } from './cached.ts';
import { openRedisCache } from './keyv-store.ts';
import { createMemoryStore } from './memory-store.ts';

describe('the cache in memory', () => {
  it('holds no more than it was told to, and drops what was used longest ago', () => {
    const store = createMemoryStore(3);
    for (const key of ['a', 'b', 'c']) store.set(key, key);
    store.get('a');
    store.set('d', 'd');
    expect([store.get('a'), store.get('b'), store.get('d'), store.size()]).toEqual(['a', undefined, 'd', 3]);
    for (let count = 0; count < 100_000; count++) store.set(`k${count}`, count);
    expect(store.size()).toBe(3);
  });
});

describe('the cache in Redis', () => {
  const redisUrl = inject('TEST_REDIS_URL');
  const options = { ttlMs: 1_500, staleMs: 0, missingTtlMs: 100, now: Date.now };

  it.skipIf(redisUrl === undefined)('is shared by replicas, and its entries expire', async () => {
    const namespace = `test-${Math.random()}`;
    const open = () => openRedisCache({ url: redisUrl ?? '', namespace, onError: () => {} });
    const caches = [open(), open()] as const;
    const jira = createCountedSource(Date.now);
    const errors: unknown[] = [];
    const [first, second] = caches.map(({ store }) =>
      cached(jira.source, store, { ...options, onStoreError: (error) => errors.push(error) }),
    );
    // The first question to each also waits for its connection.
    for (const { store } of caches)
      await expect
        .poll(() =>
          store.getMany(['none']).then(
            () => true,
            () => false,
          ),
        )
        .toBe(true);
    const [fetched] = (await first?.findMany(['A-1'])) ?? [];
    const [shared] = (await second?.findMany(['A-1'])) ?? [];
    expect(shared).toEqual(fetched);
    expect(jira.asked).toHaveLength(1);
    await wait(1_600);
    await second?.findMany(['A-1']);
    expect(jira.asked).toHaveLength(2);
    await second?.writeEstimate(slot, 3);
    await first?.findMany(['A-1']);
    expect(jira.asked).toHaveLength(3);
    expect(errors).toEqual([]);
    await Promise.all(caches.map(({ stop }) => stop()));
  });

  it.skipIf(redisUrl === undefined)('is left while Redis hangs, with a question open', async () => {
    const valve = await openValve(redisUrl ?? '');
    const cache = openRedisCache({ url: valve.url, namespace: `test-${Math.random()}`, onError: () => {} });
    const ask = () =>
      cache.store.getMany(['none']).then(
        () => 'answered',
        () => 'failed',
      );
    await expect.poll(ask).toBe('answered');
    valve.shut();
    expect(await ask()).toBe('failed');
    await cache.stop();
    await valve.stop();
  });

  it('being down costs a second at most, and shows in its health', async () => {
    const cache = openRedisCache({ url: 'redis://127.0.0.1:1', namespace: 'test', onError: () => {} });
    const jira = createCountedSource(Date.now);
    const errors: unknown[] = [];
    const source = cached(jira.source, cache.store, { ...options, onStoreError: (error) => errors.push(error) });
    const startedAt = performance.now();
    expect(await source.findMany(['A-1'])).toMatchObject([{ status: 'found' }]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(errors.length).toBeGreaterThan(0);
    expect(cache.isHealthy()).toBe(false);
    await cache.stop();
  });
});
