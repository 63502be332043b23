/**
 * Remembers what `load` gave for each key for `ttlMs`; callers at the same time share one load.
 * A failed load is not remembered.
 */
export function createMemo<Value>(
  load: (key: string) => Promise<Value>,
  ttlMs: number,
  now: () => number,
): (key: string) => Promise<Value> {
  const entries = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  return (key) => {
    const known = entries.get(key);
    if (known !== undefined && known.until > now()) return known.value;
    const value = load(key);
    entries.set(key, { value, until: now() + ttlMs });
    value.catch(() => {
      if (entries.get(key)?.value === value) entries.delete(key);
    });
    return value;
  };
}
