import { describe, expect, it } from 'vitest';
import { findKeys, parseKey, projectOf, toKey } from './keys.ts';

describe('a key', () => {
  it('is taken in any case and with blanks around', () => {
    expect(toKey(' shop-12 ')).toBe('SHOP-12');
    expect(parseKey(' shop-12 ')).toBe('SHOP-12');
  });

  it.each(['SHOP', 'SHOP-0', '-12', 'SHOP-1-2', 'SH OP-1', '1SHOP-2', 'SHOP-12; DROP'])('refuses %j with INVALID_INPUT', (given) => {
    expect(() => parseKey(given)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('that is refused is told with the reason ISSUE_KEY, in its first 80 characters', () => {
    const details = { reason: 'ISSUE_KEY', values: { given: 'x'.repeat(80) } };
    expect(() => parseKey('x'.repeat(1_000))).toThrow(expect.objectContaining({ details }));
  });

  it('begins with its project', () => {
    expect(projectOf('A1_B-12')).toBe('A1_B');
  });
});

describe('in what people paste, keys', () => {
  it.each([
    ['a list that ends with a comma', 'abc-12, abc-13,', ['ABC-12', 'ABC-13']],
    ['a list with empty places', 'abc-1,, ; abc-2', ['ABC-1', 'ABC-2']],
    ['a branch', 'ABC-12-fix-the-login', ['ABC-12']],
    ['a branch whose number no issue has', 'ABC-0-fix', []],
    ['a word that holds what looks like one', 'encode-UTF-8-first', []],
    ['a sentence that begins with such a word', 'UTF-8-encoded files of ABC-12', ['ABC-12']],
    ['a sentence with a number that no issue has', 'Neither ABC-0 nor ABC-007 is one, DEF-2 is', ['DEF-2']],
    ['an address of another site', 'https://github.com/o/UTF-8 is for ABC-1', ['ABC-1']],
    ['an address of another site, unencrypted', 'http://example.com/UTF-8 is for ABC-1', ['ABC-1']],
    ['an address of another site in brackets', 'ABC-1 (https://github.com/o/UTF-8)', ['ABC-1']],
    ['a key right before an address', 'ABC-1:https://github.com/o/r', ['ABC-1']],
    ['lines of keys and summaries', 'ABC-12: Support UTF-8\n \nABC-13  -  as in DEF-3', ['ABC-12', 'ABC-13']],
    ['lines of which one begins with no key', 'ABC-1: as in DEF-3\nsee DEF-4', ['ABC-1', 'DEF-3', 'DEF-4']],
    ['a line with a key in its midst', 'blocked by ABC-1: see DEF-2', ['ABC-1', 'DEF-2']],
    ['keys in brackets', '[ABC-1] [ABC-2]', ['ABC-1', 'ABC-2']],
    ['keys in brackets, far apart', '[ABC-1] and then [ABC-2]', ['ABC-1', 'ABC-2']],
    ['nothing', '', []],
  ])('of %s: %j', (_name, text, keys) => {
    expect(findKeys(text)).toEqual(keys);
  });
});
