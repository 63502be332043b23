import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  booleanValue,
  floatValue,
  intValue,
  nullableValue,
  objectValue,
  sequence,
  stringValue,
  toLiteral,
  type Value,
} from './json-pattern.ts';
import { type Scan, scanAny, scanBoolean, scanFloat, scanInt, scanString } from './json-scan.ts';

// JSON.parse says what is JSON: whatever is copied without being parsed must be.

/** The same, by its regular expression. */
const byPattern = (value: Value): Scan => sequence([{ literal: '', value }], '');

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
  ['strings, by pattern,', byPattern(stringValue), (value) => typeof value === 'string'],
  [
    'Ints, by pattern,',
    byPattern(intValue),
    (value) => Number.isInteger(value) && (value as number) >= -(2 ** 31) && (value as number) < 2 ** 31,
  ],
  ['Floats, by pattern,', byPattern(floatValue), (value) => typeof value === 'number'],
  ['Booleans, by pattern,', byPattern(booleanValue), (value) => typeof value === 'boolean'],
])('accepts of %s what JSON has, in the form in which everybody writes it', (_name, scan, fits) => {
  const others = new Set(['1e3', '1E3', ' 1', '1 ', '{"a" :1}', '-2147483648', '-0.5']);
  for (const text of texts) {
    if (accepts(scan, text)) expect(isJson(text, fits), text).toBe(true);
    else expect(isJson(text, fits) && !others.has(text), text).toBe(false);
  }
});

it.each<[string, Value]>([
  ['strings', stringValue],
  ['Ints', intValue],
  ['Floats', floatValue],
  ['Booleans', booleanValue],
])('accepts of nullable %s and objects of them by patterns what the scans accept', (_name, value) => {
  const object = objectValue([
    { literal: toLiteral('a', 0), value },
    { literal: toLiteral('b', 1), value: nullableValue(value) },
  ]);
  const number = fc.oneof(
    fc.integer({ min: -(2 ** 33), max: 2 ** 33 }).map(String),
    fc.tuple(fc.constantFrom('', '-'), fc.integer({ min: 2 ** 31 - 2_000, max: 2 ** 31 + 2_000 })).map((each) => each.join('')),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => JSON.stringify(each)),
  );
  const text = fc.oneof(
    fc.constantFrom(...texts),
    number,
    fc.string({ unit: 'binary' }).map((each) => JSON.stringify(each)),
    broken,
  );
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(accepts(byPattern(value), a), a).toBe(accepts(value.scan, a));
      const isRight = accepts(value.scan, a) && (b === 'null' || accepts(value.scan, b));
      expect(accepts(byPattern(object), `{"a":${a},"b":${b}}`)).toBe(isRight);
    }),
    { numRuns: 3_000 },
  );
});

it('reads strings of any length by pattern, and leaves those of very many escapes to others', () => {
  const scan = byPattern(objectValue([{ literal: toLiteral('a', 0), value: stringValue }]));
  const textOf = (inside: string): string => `{"a":"${inside}"}`;
  expect(accepts(scan, textOf('a'.repeat(16_000_000)))).toBe(true);
  expect(accepts(scan, textOf('a line\\n'.repeat(9_000)))).toBe(true);
  expect(accepts(scan, textOf('\\n'.repeat(8_000_000)))).toBe(false);
});

it('does not go down for ever', () => {
  expect(accepts(scanAny, '['.repeat(100_000))).toBe(false);
  expect(accepts(scanAny, `${'['.repeat(50)}${']'.repeat(50)}`)).toBe(true);
});
