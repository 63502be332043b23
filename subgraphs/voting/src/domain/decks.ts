import { refuse } from './errors.ts';
import type { Card, CardKind, Deck } from './model.ts';
import { refuseInput } from './reasons.ts';
import { readNumber, toLook, toName } from './text.ts';

const numbers = (...values: number[]): Card[] =>
  values.map((value) => ({ label: value === 0.5 ? '½' : String(value), value, kind: 'NUMBER' }));

const specials: readonly Card[] = [
  { label: '?', value: null, kind: 'UNSURE' },
  { label: '☕', value: null, kind: 'BREAK' },
  { label: 'pass', value: null, kind: 'PASS' },
];

// Sizes double, so that Jira gets numbers that add up; a team that counts otherwise brings a deck of its own.
const sizes = { XS: 1, S: 2, M: 4, L: 8, XL: 16, XXL: 32 };

/** The ready-made decks, the first one being the default. */
export const decks: readonly Deck[] = [
  { name: 'fibonacci', cards: [...numbers(0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89), ...specials] },
  { name: 'modified-fibonacci', cards: [...numbers(0, 0.5, 1, 2, 3, 5, 8, 13, 20, 40, 100), ...specials] },
  { name: 't-shirt', cards: [...Object.entries(sizes).map(([label, value]) => ({ label, value, kind: 'NUMBER' as const })), ...specials] },
  { name: 'powers-of-two', cards: [...numbers(0, 1, 2, 4, 8, 16, 32, 64), ...specials] },
  { name: 'hours', cards: [...numbers(0.5, 1, 2, 4, 8, 16, 24, 40), ...specials] },
];

/** A ready-made deck by name. Refuses with UNKNOWN_DECK. */
export function getDeck(name: string): Deck {
  return (
    decks.find((deck) => deck.name === name) ??
    refuse('UNKNOWN_DECK', `No deck is named "${name}"; there are ${decks.map((deck) => deck.name).join(', ')}.`)
  );
}

export interface CardDraft {
  readonly label: string;
  readonly value?: number | null;
  readonly kind: CardKind;
}

/** A team's own deck: 2–30 cards with labels of 1–12 characters that look different, values 0–10 000. Refuses with INVALID_DECK. */
export function toCustomDeck(drafts: readonly CardDraft[]): Deck {
  if (drafts.length < 2 || drafts.length > 30)
    refuseInput('OUT_OF_RANGE', { field: 'cards', least: 2, most: 30, given: drafts.length }, 'INVALID_DECK');
  const cards = drafts.map((draft): Card => {
    const label = toName(draft.label, { field: 'cardLabel', maxLength: 12, code: 'INVALID_DECK' });
    const value = draft.value ?? null;
    if (value !== null && draft.kind !== 'NUMBER') refuseInput('CARD_KIND', { card: label, kind: draft.kind }, 'INVALID_DECK');
    if (value !== null && !isEstimateValue(value)) refuseInput('CARD_VALUE', { card: label, value, most: mostEstimate }, 'INVALID_DECK');
    return { label, value, kind: draft.kind };
  });
  const keys = cards.map((card) => toLabelKey(card.label));
  const twice = cards.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (twice !== undefined) refuseInput('CARD_TWICE', { card: twice.label }, 'INVALID_DECK');
  return { name: 'custom', cards };
}

/**
 * A deck's card: the one with this label, else that looks like it, blanks aside, else that says the same number (`0.5` is `½`);
 * undefined when there is none.
 */
export function findCard({ cards }: Deck, label: string): Card | undefined {
  const key = toLabelKey(label);
  const number = readNumber(label);
  return (
    cards.find((card) => card.label === label) ??
    cards.find((card) => toLabelKey(card.label) === key) ??
    (number === undefined ? undefined : cards.find((card) => readNumber(card.label) === number))
  );
}

/** Full-width forms, ligatures and the like are the letters that they are made of. */
function toLabelKey(label: string): string {
  return toLook(label.normalize('NFKC')).replaceAll(' ', '');
}

/** The highest estimate, and a card's highest number. */
export const mostEstimate = 10_000;

/** What an estimate or a card's number may be: 0 to 10 000, at most three decimals. */
export function isEstimateValue(value: number): boolean {
  return value >= 0 && value <= mostEstimate && Number(value.toFixed(3)) === value;
}

/** The label under which a deck shows a value: that of its first card with it; the number itself when no card has it. */
export function labelOf(deck: Deck, value: number): string {
  return deck.cards.find((card) => card.value === value)?.label ?? String(value);
}

/**
 * Whether means and sums of a deck's values say anything: not for ready-made sizes, whose numbers are ours and not the team's. A deck of one's
 * own declares what its labels stand for.
 */
export function isNumeric(deck: Deck): boolean {
  return deck.name !== 't-shirt';
}
