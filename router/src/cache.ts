import { LRUCache } from 'lru-cache';

/**
 * A map that forgets what was used longest ago once its entries outweigh the bound. An entry of more than a hundredth of the bound is not kept:
 * a few of them would drive out everybody else's.
 */
export interface ByteBoundCache<Value> {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value, bytes: number) => void;
  readonly clear: () => void;
}

export function createByteBoundCache<Value extends NonNullable<unknown>>(maxBytes: number): ByteBoundCache<Value> {
  const entries = new LRUCache<string, Value>({ maxSize: maxBytes });
  return {
    get: (key) => entries.get(key),
    set: (key, value, bytes) => {
      if (bytes * 100 <= maxBytes) entries.set(key, value, { size: Math.max(1, bytes) });
      else entries.delete(key);
    },
    clear: () => entries.clear(),
  };
}
