import type { Round } from './context.ts';

type Cards = Round['deck']['cards'];

/** Longer pauses than this end a number that is being typed. */
export const typingPauseMs = 600;

const kindKeys: Readonly<Record<string, string>> = { UNSURE: '?', BREAK: 'c', PASS: 'p' };

/**
 * What to type for each card: the label of a number (½ as 0.5), `?`, `c` for a break and `p` to pass. In a deck without any number on its cards,
 * such as sizes, digits count its cards.
 */
export function toCardKeys(cards: Cards): ReadonlyMap<string, string> {
  const numbers = cards.filter((card) => card.kind === 'NUMBER');
  const typed = (label: string) => (label === '½' ? '0.5' : label);
  const hasDigits = numbers.some((card) => /^[\d.]+$/u.test(typed(card.label)));
  const keys = new Map<string, string>();
  for (const card of cards) {
    const label = typed(card.label);
    const place = String(numbers.indexOf(card) + 1);
    if (card.kind !== 'NUMBER') keys.set(kindKeys[card.kind] ?? '', card.label);
    else if (/^[\d.]+$/u.test(label)) keys.set(label, card.label);
    else if (!hasDigits && place.length === 1) keys.set(place, card.label);
  }
  return keys;
}

export interface Typed {
  /** What was typed so far, to go on from. */
  readonly buffer: string;
  /** The card that it means; undefined when it means none yet. */
  readonly label: string | undefined;
  /** Another key may make a longer number of it: wait for that. */
  readonly mayGoOn: boolean;
}

/** A further key. What leads to no card begins anew with that key. */
export function typeKey(keys: ReadonlyMap<string, string>, before: string, key: string): Typed {
  const read = (buffer: string): Typed => ({
    buffer,
    label: keys.get(buffer),
    mayGoOn: [...keys.keys()].some((whole) => whole.length > buffer.length && whole.startsWith(buffer)),
  });
  const longer = read(before + key);
  return longer.label !== undefined || longer.mayGoOn ? longer : read(key);
}
