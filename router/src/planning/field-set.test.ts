import { print } from 'graphql';
import { expect, it } from 'vitest';
import { parseFieldSet } from './field-set.ts';

it.each([
  ['id', '{ id }'],
  ['{ id }', '{ id }'],
  [' \n{ id price(in: "EUR") }', '{ id price(in: "EUR") }'],
  ['maker { id ... on Shop { city } }', '{ maker { id ... on Shop { city } } }'],
])('reads %j, in braces or not', (text, selections) => {
  const set = parseFieldSet(text);
  expect(set && print(set).replaceAll(/\s+/g, ' ')).toBe(selections);
});
