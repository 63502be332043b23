import type { CardInput } from '../generated/later.ts';

/**
 * Cards from what people type, e.g. `S=1, M=3, L=5, ?, ☕`: separated by commas or blanks, `label=value` where the label says no number.
 * `½` is 0.5. Repeated labels count once.
 */
export function parseCustomDeck(typed: string): CardInput[] {
  const cards = new Map<string, CardInput>();
  for (const part of typed.split(/[\s,;]+/u).filter(Boolean)) {
    const [label = '', given] = part.split('=', 2);
    if (label !== '' && !cards.has(label)) cards.set(label, toCard(label, given ?? label));
  }
  return [...cards.values()];
}

function toCard(label: string, number: string): CardInput {
  if (label === '?') return { label, kind: 'UNSURE' };
  if (label.replace('\uFE0F', '') === '☕') return { label, kind: 'BREAK' };
  if (label === 'pass') return { label, kind: 'PASS' };
  const value = number === '½' ? 0.5 : Number(number.replace(',', '.'));
  return Number.isFinite(value) ? { label, value, kind: 'NUMBER' } : { label, kind: 'NUMBER' };
}
