import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jiraError } from '../domain/errors.ts';
import { createCountedSource, slot } from '../source/testing/counted-source.ts';
import { type CachedSource, cached } from './cached.ts';
import { openMemoryCache } from './keyv-store.ts';

const page = { first: 50, cursor: undefined };

describe('the cache of issues', () => {
  let jira: ReturnType<typeof createCountedSource>;
  let cache: CachedSource;

  const summaries = async (...keys: string[]) =>
    (await cache.findMany(keys)).map((found) => (found.status === 'found' ? found.issue.summary : found.error.code));

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] });
    jira = createCountedSource(Date.now);
    cache = cached(jira.source, openMemoryCache(1_000).store, {
      ttlMs: 300_000,
      staleMs: 600_000,
      missingTtlMs: 30_000,
      now: Date.now,
      onStoreError: (error) => {
        throw error;
      },
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps an issue for five minutes and not a moment longer', async () => {
    await cache.findMany(['A-1']);
    vi.setSystemTime(1_000_000 + 299_999);
    await cache.findMany(['A-1']);
    expect(jira.asked).toEqual([['A-1']]);
    vi.setSystemTime(1_000_000 + 300_000);
    jira.state.version = 2;
    expect(await summaries('A-1')).toEqual(['A-1 v2']);
    expect(jira.asked).toHaveLength(2);
  });

  it('asks only for what is missing, each key once, and answers in the asked order', async () => {
    await cache.findMany(['A-2']);
    expect(await summaries('A-3', 'A-2', 'A-1', 'A-3')).toEqual(['A-3 v1', 'A-2 v1', 'A-1 v1', 'A-3 v1']);
    expect(jira.asked).toEqual([['A-2'], ['A-3', 'A-1']]);
  });

  it('shares one question among callers at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => summaries('A-1', 'A-2')));
    expect(new Set(all.map((one) => one.join()))).toEqual(new Set(['A-1 v1,A-2 v1']));
    expect(jira.asked).toEqual([['A-1', 'A-2']]);
  });

  it('believes for 30 seconds that a missing issue is missing', async () => {
    jira.state.missing.add('A-9');
    expect(await summaries('A-9', 'A-1')).toEqual(['ISSUE_NOT_FOUND', 'A-1 v1']);
    jira.state.missing.clear();
    expect(await summaries('A-9')).toEqual(['ISSUE_NOT_FOUND']);
    vi.setSystemTime(1_000_000 + 30_000);
    expect(await summaries('A-9')).toEqual(['A-9 v1']);
    expect(jira.asked).toHaveLength(2);
  });

  it.each(['JIRA_UNAVAILABLE', 'JIRA_RATE_LIMITED'] as const)(
    'shows an older answer, marked as stale, while Jira answers %s',
    async (code) => {
      await cache.findMany(['A-1']);
      vi.setSystemTime(1_000_000 + 400_000);
      jira.state.failsWith = code;
      const [stale, missing] = await cache.findMany(['A-1', 'A-2']);
      expect(stale).toMatchObject({ status: 'found', isStale: true, fetchedAt: 1_000_000 });
      expect(missing).toMatchObject({ status: 'failed', error: { code } });
      vi.setSystemTime(1_000_000 + 900_001);
      expect(await summaries('A-1')).toEqual([code]);
    },
  );

  it('does not let an older answer hide that the issue is gone or forbidden now', async () => {
    await cache.findMany(['A-1', 'A-2']);
    vi.setSystemTime(1_000_000 + 400_000);
    jira.state.missing.add('A-1');
    expect(await summaries('A-1')).toEqual(['ISSUE_NOT_FOUND']);
    jira.state.failsWith = 'JIRA_FORBIDDEN';
    expect(await summaries('A-2')).toEqual(['JIRA_FORBIDDEN']);
  });

  it('does not remember failures', async () => {
    jira.state.failsWith = 'JIRA_UNAVAILABLE';
    expect(await summaries('A-1')).toEqual(['JIRA_UNAVAILABLE']);
    jira.state.failsWith = undefined;
    expect(await summaries('A-1')).toEqual(['A-1 v1']);
  });

  it('forgets an issue when its estimate is written, also when the write fails', async () => {
    await cache.findMany(['A-1']);
    jira.state.version = 2;
    await cache.writeEstimate(slot, 5);
    expect(await summaries('A-1')).toEqual(['A-1 v2']);
    jira.state.version = 3;
    jira.source.writeEstimate = async () => {
      throw jiraError('JIRA_UNAVAILABLE', 'lost');
    };
    const failing = cached(jira.source, openMemoryCache(10).store, {
      ttlMs: 300_000,
      staleMs: 0,
      missingTtlMs: 1,
      now: Date.now,
      onStoreError: () => {},
    });
    await failing.findMany(['A-1']);
    await expect(failing.writeEstimate(slot, 5)).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
    jira.state.version = 4;
    expect(await failing.findMany(['A-1'])).toMatchObject([{ issue: { summary: 'A-1 v4' } }]);
  });

  it('does not keep what was read before a write and came after it', async () => {
    let open = () => {};
    jira.state.gate = new Promise((resolve) => {
      open = resolve;
    });
    const early = cache.findMany(['A-1']);
    await wait(5);
    await cache.writeEstimate(slot, 5);
    jira.state.version = 2;
    open();
    await early;
    expect(await summaries('A-1')).toEqual(['A-1 v2']);
  });

  it('keeps what a search finds, but reads by key for a minute after a write: the index lags', async () => {
    const searched = async () => (await cache.search('project = A', page)).found.map(({ issue: { summary } }) => summary);
    expect(await searched()).toEqual(['A-1 from search']);
    expect(await summaries('A-1')).toEqual(['A-1 from search']);
    await cache.writeEstimate(slot, 5);
    vi.setSystemTime(1_000_001);
    expect(await searched()).toEqual(['A-1 v1']);
    expect(await summaries('A-1')).toEqual(['A-1 v1']);
    expect(jira.asked).toEqual([['A-1']]);
    vi.setSystemTime(1_000_000 + 60_001);
    expect(await searched()).toEqual(['A-1 from search']);
  });

  it('forgets a moved issue under all its keys, by the one that it has now', async () => {
    const { source } = jira;
    jira.source.findMany = (
      (findMany) => async (keys) =>
        (await findMany(keys)).map((found) => (found.status === 'found' ? { ...found, issue: { ...found.issue, key: 'B-7' } } : found))
    )(source.findMany.bind(source));
    await cache.findMany(['A-1']);
    jira.state.version = 2;
    vi.setSystemTime(1_000_001);
    expect(await cache.forget(['B-7'])).toEqual(['B-7', 'A-1']);
    vi.setSystemTime(1_000_002);
    expect(await summaries('A-1')).toEqual(['A-1 v2']);
  });

  it('does not believe a store that could not forget', async () => {
    const { store } = openMemoryCache(10);
    const errors: unknown[] = [];
    cache = cached(
      jira.source,
      { ...store, deleteMany: () => Promise.reject(new Error('down')) },
      { ttlMs: 300_000, staleMs: 0, missingTtlMs: 1, now: Date.now, onStoreError: (error) => errors.push(error) },
    );
    await cache.findMany(['A-1']);
    jira.state.version = 2;
    vi.setSystemTime(1_000_001);
    await cache.forget(['A-1']);
    vi.setSystemTime(1_000_002);
    expect(await summaries('A-1')).toEqual(['A-1 v2']);
    expect(await summaries('A-1')).toEqual(['A-1 v2']);
    expect([errors.length, jira.asked.length]).toEqual([1, 2]);

    // Also while other issues change, for as long as the store may have the old one as fresh.
    await cache.forget(['A-1']);
    jira.state.version = 3;
    vi.setSystemTime(1_000_002 + 200_000);
    await cache.forget(['A-2']);
    expect(await summaries('A-1')).toEqual(['A-1 v3']);
  });

  it('works without a store that answers, and says so', async () => {
    const errors: unknown[] = [];
    const broken = () => Promise.reject(new Error('down'));
    cache = cached(
      jira.source,
      { getMany: broken, setMany: broken, deleteMany: broken },
      { ttlMs: 1, staleMs: 1, missingTtlMs: 1, now: Date.now, onStoreError: (error) => errors.push(error) },
    );
    expect(await summaries('A-1', 'A-2')).toEqual(['A-1 v1', 'A-2 v1']);
    await cache.writeEstimate(slot, 1);
    expect(errors.length).toBe(3);
  });
});
