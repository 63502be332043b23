import type { InMemoryCache } from '@apollo/client';

/**
 * Lets a cache read once what Apollo reads twice. With each change a watched query is read with optimistic answers and without, to find out whether they
 * differ, and both readings are kept: of a queue of a thousand items two thousand. While no optimistic answer is shown they are one. Returns the cache.
 */
export function shareReadings(cache: InMemoryCache): InMemoryCache {
  const { batch, removeOptimistic, diff, read } = cache;
  const shown = new Set<string>();

  cache.batch = ((options: Parameters<typeof batch>[0]) => {
    // An answer counts from before it is put there: what is read meanwhile may hold half of it.
    if (typeof options.optimistic === 'string') shown.add(options.optimistic);
    try {
      return batch.call(cache, options);
    } finally {
      if (options.removeOptimistic !== undefined) shown.delete(options.removeOptimistic);
    }
  }) as typeof batch;
  cache.removeOptimistic = (id) => {
    removeOptimistic.call(cache, id);
    shown.delete(id);
  };

  const toShared = <Options extends { readonly optimistic: boolean }>(options: Options): Options =>
    shown.size === 0 ? { ...options, optimistic: true } : options;
  cache.diff = ((options: Parameters<typeof diff>[0]) => diff.call(cache, toShared(options))) as typeof diff;
  cache.read = ((options: Parameters<typeof read>[0]) => read.call(cache, toShared(options))) as typeof read;
  return cache;
}
