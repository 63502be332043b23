import { describe, expect, it } from 'vitest';
import { type CardDraft, decks, findCard, getDeck, toCustomDeck } from './decks.ts';

const custom = (...labels: readonly string[]) => toCustomDeck(labels.map((label): CardDraft => ({ label, kind: 'NUMBER' })));

describe('a card', () => {
  it.each([
    ['modified-fibonacci', '½', '½'],
    ['modified-fibonacci', '0.5', '½'],
    ['modified-fibonacci', '0,5', '½'],
    ['modified-fibonacci', '1/2', '½'],
    ['fibonacci', '☕️', '☕'],
    ['fibonacci', ' 13 ', '13'],
    ['fibonacci', '8.0', '8'],
    ['t-shirt', 'X L', 'XL'],
  ])('of %s is found by "%s"', (deck, typed, label) => {
    expect(findCard(getDeck(deck), typed)?.label).toBe(label);
  });

  it.each([
    ['t-shirt', '4', 'a value is no label'],
    ['t-shirt', 'xl', 'capitals count'],
    ['fibonacci', '0.5', 'no card says that number'],
    ['fibonacci', '', 'nothing is no card'],
    ['fibonacci', '☕☕', 'two are not one'],
  ])('of %s is not found by "%s": %s', (deck, typed) => {
    expect(findCard(getDeck(deck), typed)).toBeUndefined();
  });

  it('of every ready-made deck is found by its own label, and by the label of an emoji keyboard', () => {
    for (const deck of decks)
      for (const card of deck.cards) {
        expect(findCard(deck, card.label)).toBe(card);
        expect(findCard(deck, `${card.label}\uFE0F`)).toBe(card);
      }
  });

  it.each(['🤷‍♀️', '👩🏽‍💻', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}', 'شاید‌نه', 'ne\u0301'])(
    'of a custom deck is found by the label it was made with: %s',
    (label) => {
      const deck = custom('1', label);
      expect(findCard(deck, label)).toBe(deck.cards[1]);
    },
  );

  it('that says a number as another does is still found by its own label', () => {
    const deck = custom('1/2', '0.5');
    expect([findCard(deck, '1/2')?.label, findCard(deck, '0.5')?.label]).toEqual(['1/2', '0.5']);
  });
});

it.each([
  ['☕', '☕️'],
  ['é', 'e\u0301'],
  ['X L', 'XL'],
])('a custom deck with two cards that look the same is refused: INVALID_DECK (%s, %s)', (one, other) => {
  expect(() => custom(one, other)).toThrow(expect.objectContaining({ code: 'INVALID_DECK' }));
});

describe('a deck of one’s own', () => {
  const refused = (reason: string) => expect.objectContaining({ code: 'INVALID_DECK', details: expect.objectContaining({ reason }) });
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, index): CardDraft => ({ label: `${index}`, kind: 'NUMBER', value: index }));

  it.each([2, 30])('may have %i cards', (count) => {
    expect(toCustomDeck(numbered(count)).cards).toHaveLength(count);
  });

  it.each([0, 1, 31])('never has %i cards', (count) => {
    expect(() => toCustomDeck(numbered(count))).toThrow(refused('OUT_OF_RANGE'));
  });

  it.each([0, 0.5, 10_000])('may have a card of the value %d', (value) => {
    expect(toCustomDeck([{ label: 'one', kind: 'NUMBER', value }, ...numbered(2)]).cards[0]).toEqual({
      label: 'one',
      kind: 'NUMBER',
      value,
    });
  });

  it.each([-1, 10_001, Number.NaN, Number.POSITIVE_INFINITY])('never has a card of the value %d', (value) => {
    expect(() => toCustomDeck([{ label: 'one', kind: 'NUMBER', value }, ...numbered(2)])).toThrow(refused('CARD_VALUE'));
  });

  it('has values on numbers alone', () => {
    const unsure = (value: number | null): CardDraft => ({ label: 'so', kind: 'UNSURE', value });
    expect(toCustomDeck([unsure(null), ...numbered(2)]).cards[0]).toEqual({ label: 'so', kind: 'UNSURE', value: null });
    expect(() => toCustomDeck([unsure(1), ...numbered(2)])).toThrow(refused('CARD_KIND'));
  });

  it('has labels of 12 characters at most', () => {
    const labelled = (length: number) => toCustomDeck([{ label: 'x'.repeat(length), kind: 'NUMBER' }, ...numbered(2)]);
    expect(labelled(12).cards).toHaveLength(3);
    expect(() => labelled(13)).toThrow(expect.objectContaining({ code: 'INVALID_DECK' }));
  });

  it('that nobody knows is refused with the names of those that there are: UNKNOWN_DECK', () => {
    expect(() => getDeck('tarot')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_DECK', message: expect.stringContaining('fibonacci, modified-fibonacci, t-shirt') }),
    );
  });
});

describe('labels of a deck of one’s own', () => {
  const deckOf = (...labels: readonly string[]) => toCustomDeck(labels.map((label) => ({ label, kind: 'NUMBER', value: 1 })));

  it.each([
    ['é', 'e\u0301'],
    ['☕', '☕\uFE0F'],
    ['1', '１'],
    ['?', '？'],
    ['ﬁ', 'fi'],
    ['K', '\u212A'],
    ['a b', 'a\u3000b'],
    ['1\uFE0F\u20E3', '1\u20E3'],
    ['5', '5\u3164'],
  ])('may not look the same: INVALID_DECK for %j and %j', (one, other) => {
    expect(() => deckOf(one, other)).toThrow(expect.objectContaining({ code: 'INVALID_DECK' }));
  });

  it.each([
    ['ＸＬ', 'XL'],
    ['？', '?'],
    ['５', '5'],
    [' 5 ', '5'],
    ['1\u20E3', '1\uFE0F\u20E3'],
  ])('are found by another spelling: %j is %j', (asked, label) => {
    expect(findCard(deckOf('XL', '?', '5', '1\uFE0F\u20E3'), asked)?.label).toBe(label);
  });
});
