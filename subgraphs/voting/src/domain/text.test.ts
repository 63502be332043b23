import { describe, expect, it } from 'vitest';
import { readNumber, toLook, toName } from './text.ts';

const rule = { field: 'name', maxLength: 60 } as const;

describe('a name', () => {
  // Emoji from Unicode's emoji-zwj-sequences.txt and emoji-sequences.txt; words from CLDR's examples of joiners.
  it.each([
    ['a woman technologist', '👩‍💻'],
    ['a woman shrugging', '🤷‍♀️'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['a skin tone inside', '👩🏽‍💻'],
    ['a rainbow flag', '🏳️‍🌈'],
    ['the flag of Scotland', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['Persian with ZWNJ', 'علی‌رضا'],
    ['Hindi with ZWJ', 'क्‍षमा'],
    ['Sinhala with ZWJ', 'ශ්‍රී'],
    ['a half-form at the end', 'क्‍'],
    ['a combining accent of Vietnamese', 'Nguyễn'],
  ])('keeps %s as it is', (_what, name) => {
    expect(toName(name, rule)).toBe(name.normalize('NFC'));
  });

  it.each([
    ['a joiner between Latin letters', 'An\u200Dna', 'Anna'],
    ['a joiner between Cyrillic letters', 'Ан\u200Cна', 'Анна'],
    ['two joiners in a row', 'علی\u200C\u200Cرضا', 'علی\u200Cرضا'],
    ['a joiner at the end of an emoji', '👩\u200D', '👩'],
    ['a right-to-left override', 'Ann\u202Egnp', 'Anngnp'],
    ['a byte order mark', '\uFEFFAnn', 'Ann'],
    ['a soft hyphen', 'An\u00ADna', 'Anna'],
    ['tags after a letter', 'Ann\u{E0067}\u{E007F}', 'Ann'],
    ['a control character', 'Ann\u0007', 'Ann'],
    ['half a character', 'Ann\uD83D', 'Ann'],
  ])('loses %s', (_what, typed, name) => {
    expect(toName(typed, rule)).toBe(name);
  });

  it.each([
    '\u3164',
    '\u115F\u1160',
    '\uFFA0',
    '\u2800',
    '\u2800 \u2800',
    '\u00AD',
    '\u034F',
    '\u17B4',
    '\uFE0F',
    '\uFE0E\u200D',
    '\u{E0100}',
    '\u0301\u0302',
    '\u180E',
  ])('of nothing that is seen is empty: %j', (text) => {
    expect(() => toName(text, { field: 'name', maxLength: 60 })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it.each([
    ['a pile of accents', `Z${'\u0489'.repeat(50)}oe`, `Z${'\u0489'.repeat(6)}oe`],
    ['Hebrew with vowels and accents', 'בְּרֵאשִׁ֖ית', 'בְּרֵאשִׁ֖ית'.normalize('NFC')],
    ['Tibetan', 'སྒྲུབ', 'སྒྲུབ'],
    ['Thai', 'น้ำ', 'น้ำ'],
    ['Vietnamese', 'Nguyễn', 'Nguyễn'],
    ['a keycap', '1\uFE0F\u20E3', '1\uFE0F\u20E3'],
    ['a skin tone', '👍🏽', '👍🏽'],
    ['a character of a name’s own form', '葛\u{E0100}城', '葛\u{E0100}城'],
  ])('keeps of %s what is read', (_what, text, kept) => {
    expect(toName(text, { field: 'name', maxLength: 60 })).toBe(kept);
  });

  it('of joiners alone is empty: INVALID_INPUT', () => {
    expect(() => toName('\u200D\u200C \u200D', rule)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe('the look of a text', () => {
  it.each([
    ['☕️', '☕'],
    ['🤷‍♀️', '🤷‍♀'],
    ['e\u0301', 'é'],
    [' Ann   Lee ', 'Ann Lee'],
    ['An\u200Dna', 'Anna'],
  ])('of "%s" is that of "%s"', (one, other) => {
    expect(toLook(one)).toBe(toLook(other));
  });

  it('of different things differs', () => {
    for (const [one, other] of [
      ['🤷‍♀️', '🤷‍♂️'],
      ['S', 's'],
      ['Ann A', 'AnnA'],
      ['1', '10'],
    ] as const)
      expect(toLook(one)).not.toBe(toLook(other));
  });
});

describe('a number', () => {
  it.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['.5', 0.5],
    ['1/2', 0.5],
    ['½', 0.5],
    ['1½', 1.5],
    ['1 1/2', 1.5],
    ['¾', 0.75],
    ['8.0', 8],
    ['08', 8],
    ['８', 8],
    ['0', 0],
  ])('is read from "%s": %s', (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  it.each(['', '?', '1/0', '-1', '1e3', 'NaN', 'Infinity', '1/2/3', '.', '0x10', 'XS', '1 2'])('is not read from "%s"', (text) => {
    expect(readNumber(text)).toBeUndefined();
  });
});
