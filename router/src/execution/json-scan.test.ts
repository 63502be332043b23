import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Scan, scanAny, scanBoolean, scanFloat, scanInt, scanString } from './json-scan.ts';

// JSON.parse says what is JSON: whatever is copied without being parsed must be.

function accepts(scan: Scan, text: string): boolean {
  try {
    return scan({ text, pieces: [], copied: 0 }, 0) === text.length;
  } catch {
    return false;
  }
}

function isJson(text: string, fits: (value: unknown) => boolean = () => true): boolean {
  try {
    return fits(JSON.parse(text));
  } catch {
    return false;
  }
}

/** JSON, and JSON with a character that is lost, doubled or another. */
const broken = fc
  .tuple(
    fc.json({ stringUnit: 'binary' }),
    fc.nat(),
    fc.constantFrom('', '"', '\\', '\\u12', '\n', ',', '}', ']', '0', '-', '.', '\u0000', '𝄞'),
  )
  .map(([text, at, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + (put.length % 2)));

it('accepts only JSON, and all of it that has no exponents', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
      expect(accepts(scanAny, text)).toBe(
        isJson(text) && !/\de[-+]?\d/i.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '')) && !/(?<!\d)-0/.test(text),
      );
    }),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(broken, (text) => {
      if (accepts(scanAny, text)) expect(isJson(text)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

const texts = [
  ...[
    '""',
    '"a"',
    '"\\n"',
    '"\\u00e9"',
    '"\\u00E9"',
    '"\\/"',
    '"ä€𝄞"',
    '"\u2028"',
    '"',
    '"\\"',
    '"\\x"',
    '"\\u12g4"',
    '"\\u12"',
    '"\n"',
    '"\u0000"',
    '"a"b"',
  ],
  ...[
    '0',
    '1',
    '-1',
    '10',
    '2147483647',
    '-2147483648',
    '2147483648',
    '-2147483649',
    '01',
    '-',
    '+1',
    '1.',
    '.5',
    '-.5',
    '1.5',
    '-0.5',
    '1e3',
    '1E3',
    '1e',
    '00',
    '0x1',
    '1_0',
    'NaN',
    'Infinity',
  ],
  ...[
    'true',
    'false',
    'null',
    'True',
    'truee',
    'tru',
    '',
    ' ',
    ' 1',
    '1 ',
    '[]',
    '{}',
    '[1,2]',
    '[1,]',
    '[,]',
    '{"a":1}',
    '{"a":1,}',
    '{a:1}',
    '{"a" :1}',
    '["a""b"]',
    '[[[]]]',
    '[}',
    '{]',
  ],
];

it.each<[string, Scan, (value: unknown) => boolean]>([
  ['strings', scanString, (value) => typeof value === 'string'],
  ['Ints', scanInt, (value) => Number.isInteger(value) && (value as number) >= -(2 ** 31) && (value as number) < 2 ** 31],
  ['Floats', scanFloat, (value) => typeof value === 'number'],
  ['Booleans', scanBoolean, (value) => typeof value === 'boolean'],
  ['any values', scanAny, () => true],
])('accepts of %s what JSON has, in the form in which everybody writes it', (_name, scan, fits) => {
  const others = new Set(['1e3', '1E3', ' 1', '1 ', '{"a" :1}', '-2147483648', '-0.5']);
  for (const text of texts) {
    if (accepts(scan, text)) expect(isJson(text, fits), text).toBe(true);
    else expect(isJson(text, fits) && !others.has(text), text).toBe(false);
  }
});

it('does not go down for ever', () => {
  expect(accepts(scanAny, '['.repeat(100_000))).toBe(false);
  expect(accepts(scanAny, `${'['.repeat(50)}${']'.repeat(50)}`)).toBe(true);
});
