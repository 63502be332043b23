import { expect, test } from 'vitest';
import { namesIssues } from './quickAdd.ts';

test.each([
  ['SHOP-12', true],
  [' shop-12 ', true],
  ['SHOP-12, SHOP-13; PAY-1', true],
  ['https://jira.example/browse/SHOP-12', true],
  ['https://jira.example/browse/SHOP-12?focusedId=1', true],
  ['Loyalty programme', false],
  ['SHOP-12 and what comes after', false],
  ['UTF-8 everywhere', false],
  ['https://wiki.example/pages/loyalty', false],
  ['', false],
])('%s: %s', (line, expected) => {
  expect(namesIssues(line)).toBe(expected);
});
