import { LRUCache } from 'lru-cache';

/**
 * A bounded store for Keyv in this process: past `maxItems` the entry that was used longest ago goes.
 * Keyv itself minds the expiry.
 */
export function createMemoryStore(maxItems: number) {
  const entries = new LRUCache<string, NonNullable<unknown>>({ max: maxItems });
  return {
    get: (key: string): unknown => entries.get(key),
    getMany: (keys: string[]): unknown[] => keys.map((key) => entries.get(key)),
    set: (key: string, value: NonNullable<unknown>): boolean => {
      entries.set(key, value);
      return true;
    },
    delete: (key: string): boolean => entries.delete(key),
    clear: (): void => entries.clear(),
    size: (): number => entries.size,
  };
}
