import { refuseInput } from './reasons.ts';

// Version 4 is random, and so is the most of version 7. The others are made of a clock and a machine's address, or of a name (RFC 9562, section 5).
const randomUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const hexadecimal = /^[0-9a-f]{32,64}$/i;

// 32 random digits have fewer than 8 different ones once in ten million times; counters and padded words usually do.
const leastVariety = 8;

/**
 * A key that nobody else can have: a UUID, or 128 random bits or more in hexadecimal. Other notations are refused because words fit into them.
 * A retry with the same key gets the same place in a session, so the key is as good as a token. Refuses with INVALID_INPUT.
 */
export function requireUnguessable(key: string, name: string): void {
  const isRandom = (randomUuid.test(key) || hexadecimal.test(key)) && varietyOf(key) >= leastVariety && !isRegular(key);
  if (!isRandom) refuseInput('KEY_GUESSABLE', { argument: name });
}

// A sixteenth of random digits repeat what stood some places before; of repeated words and of sequences nearly all do.
const mostAlike = 0.6;

/** Made by repeating something, by counting, or with a long run of one digit. */
function isRegular(key: string): boolean {
  const digits = [...key.toLowerCase().replaceAll('-', '')].map((digit) => Number.parseInt(digit, 16));
  const steps = digits.slice(1).map((digit, at) => (digit - (digits[at] ?? 0) + 16) % 16);
  const alike = (distance: number, values: readonly number[]) =>
    values.slice(distance).filter((value, at) => value === values[at]).length / (values.length - distance);
  const periods = Array.from({ length: Math.floor(digits.length / 2) }, (_, at) => at + 1);
  return (
    /([0-9a-f])\1{7}/i.test(key.replaceAll('-', '')) ||
    alike(1, steps) > mostAlike ||
    periods.some((period) => alike(period, digits) > mostAlike)
  );
}

function varietyOf(key: string): number {
  return new Set(key.toLowerCase().replaceAll('-', '')).size;
}
