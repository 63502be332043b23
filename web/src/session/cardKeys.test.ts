import { expect, test } from 'vitest';
import { toCardKeys, typeKey } from './cardKeys.ts';
import type { Round } from './context.ts';

type Cards = Round['deck']['cards'];
const number = (label: string) => ({ label, value: 1, kind: 'NUMBER' });
const deck = (...labels: string[]) =>
  [...labels.map(number), { label: '?', value: null, kind: 'UNSURE' }, { label: '☕', value: null, kind: 'BREAK' }] as unknown as Cards;

/** What a row of keys plays: each card that is sure, and the last one after the pause. */
function played(cards: Cards, typed: string): string[] {
  const keys = toCardKeys(cards);
  let buffer = '';
  const labels: string[] = [];
  for (const [index, key] of [...typed].entries()) {
    const read = typeKey(keys, buffer, key);
    const isLast = index === typed.length - 1;
    if (read.label !== undefined && (!read.mayGoOn || isLast)) labels.push(read.label);
    buffer = read.mayGoOn ? read.buffer : '';
  }
  return labels;
}

const fibonacci = deck('0', '1', '2', '3', '5', '8', '13', '21', '34');

test.each([
  ['3', ['3']],
  ['0', ['0']],
  ['13', ['13']],
  ['1', ['1']],
  ['21', ['21']],
  ['2', ['2']],
  ['5', ['5']],
  ['?', ['?']],
  ['c', ['☕']],
  ['58', ['5', '8']],
  ['7', []],
  ['18', ['8']],
])('typing %s plays %s', (typed, labels) => {
  expect(played(fibonacci, typed)).toEqual(labels);
});

test('a half is typed as 0.5', () => {
  expect(played(deck('0', '½', '1'), '0.5')).toEqual(['½']);
  expect(played(deck('0', '½', '1'), '0')).toEqual(['0']);
});

test('digits count the cards of a deck without numbers, and of no other', () => {
  expect(played(deck('S', 'M', 'L'), '2')).toEqual(['M']);
  expect(played(deck('S', '8'), '1')).toEqual([]);
});
