import { LRUCache } from 'lru-cache';

/** A map that forgets what was used longest ago once its entries outweigh the bound. */
export interface ByteBoundCache<Value> {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value, bytes: number) => void;
  readonly clear: () => void;
}

export function createByteBoundCache<Value extends NonNullable<unknown>>(maxBytes: number): ByteBoundCache<Value> {
  const entries = new LRUCache<string, Value>({ maxSize: maxBytes });
  return {
    get: (key) => entries.get(key),
    set: (key, value, bytes) => void entries.set(key, value, { size: Math.max(1, bytes) }),
    clear: () => entries.clear(),
  };
}
