import { expect, test } from 'vitest';
import { parseCustomDeck } from './customDeck.ts';

test('numbers are their own value, ½ is 0.5, and 0 is a number', () => {
  expect(parseCustomDeck('0, ½ 1;2')).toEqual([
    { label: '0', value: 0, kind: 'NUMBER' },
    { label: '½', value: 0.5, kind: 'NUMBER' },
    { label: '1', value: 1, kind: 'NUMBER' },
    { label: '2', value: 2, kind: 'NUMBER' },
  ]);
});

test('a label with a value counts as that value, a label without one as none', () => {
  expect(parseCustomDeck('S=1.5, M')).toEqual([
    { label: 'S', value: 1.5, kind: 'NUMBER' },
    { label: 'M', kind: 'NUMBER' },
  ]);
});

test('? and ☕ stay out of the maths', () => {
  expect(parseCustomDeck('? ☕ ☕️').map(({ kind }) => kind)).toEqual(['UNSURE', 'BREAK', 'BREAK']);
});

test('a repeated label counts once', () => {
  expect(parseCustomDeck('1, 1, 1=3')).toHaveLength(1);
});
