/**
 * A bounded store for Keyv in this process: past `maxItems` the entry that was used longest ago goes.
 * Keyv itself minds the expiry.
 */
export function createMemoryStore(maxItems: number) {
  // A Map keeps the order of insertion: the first key is the one used longest ago.
  const entries = new Map<string, unknown>();
  const get = (key: string): unknown => {
    const value = entries.get(key);
    if (value !== undefined) {
      entries.delete(key);
      entries.set(key, value);
    }
    return value;
  };
  return {
    get,
    getMany: (keys: string[]): unknown[] => keys.map(get),
    set: (key: string, value: unknown): boolean => {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > maxItems) {
        const oldest = entries.keys().next();
        if (oldest.done !== true) entries.delete(oldest.value);
      }
      return true;
    },
    delete: (key: string): boolean => entries.delete(key),
    clear: (): void => entries.clear(),
    size: (): number => entries.size,
  };
}
