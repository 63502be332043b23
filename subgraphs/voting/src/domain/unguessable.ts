import { refuse } from './errors.ts';

const randomUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const hexadecimal = /^[0-9a-f]{32,64}$/i;

// 32 random digits have fewer than 8 different ones once in ten million times; counters and padded words usually do.
const leastVariety = 8;

/**
 * A key that nobody else can have: a UUID, or 128 random bits or more in hexadecimal. Other notations are refused because words fit into them.
 * A retry with the same key gets the same place in a session, so the key is as good as a token. Refuses with INVALID_INPUT.
 */
export function requireUnguessable(key: string, name: string): void {
  const isRandom = (randomUuid.test(key) || hexadecimal.test(key)) && varietyOf(key) >= leastVariety;
  if (isRandom) return;
  refuse(
    'INVALID_INPUT',
    `The ${name} must be unguessable here, because it gives access to a place in a session: use a random UUID, or 32 to 64 random hexadecimal digits.`,
  );
}

function varietyOf(key: string): number {
  return new Set(key.toLowerCase().replaceAll('-', '')).size;
}
