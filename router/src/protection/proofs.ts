import { setTimeout as wait } from 'node:timers/promises';
import { createByteBoundCache } from '../cache.ts';

/** Tells whose token is a real one, so that it has a budget of its own. */
export type IsProven = (authorization: string | undefined) => Promise<boolean>;

const cacheBytes = 4 * 1024 * 1024;
const longestWaitMs = 300;

/** Remembers tokens that were found good until they end; `identify` throws for bad ones and names no participant for foreign ones. */
export function createProofs(
  identify: (authorization: string) => Promise<{ readonly kind: string; readonly expiresAt: number | undefined } | undefined>,
  now: () => number = Date.now,
): IsProven {
  const proven = createByteBoundCache<number>(cacheBytes);
  return async (authorization) => {
    if (authorization === undefined) return false;
    const known = proven.get(authorization);
    if (known !== undefined) return known > now();
    try {
      // Without the keys nothing is proven, and nobody waits for them here: whoever needs the token to be good asks for itself.
      const identifying = identify(authorization);
      identifying.catch(() => {});
      const bearer = await Promise.race([identifying, wait(longestWaitMs, undefined, { ref: false })]);
      if (bearer?.kind !== 'participant' || bearer.expiresAt === undefined) return false;
      proven.set(authorization, bearer.expiresAt, authorization.length * 2 + 64);
      return bearer.expiresAt > now();
    } catch {
      return false;
    }
  };
}
