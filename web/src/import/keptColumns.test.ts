import { expect, it } from 'vitest';
import { findMapping, type Kept, withMapping } from './keptColumns.ts';

const table = (...columns: string[]) => ({ columns, rows: [] });
const own = withMapping([], table('Nr', 'Ticket', 'What'), { key: 1, title: 2 });

it.each([
  ['the same columns', ['Nr', 'Ticket', 'What'], { key: 1, title: 2 }],
  ['the columns in another order', ['What', 'Nr', 'Ticket'], { key: 2, title: 0 }],
  ['names that are written otherwise', ['nr', ' TICKET ', 'what'], { key: 1, title: 2 }],
  ['a name that comes more often', ['Nr', 'Nr', 'Ticket', 'What', 'What'], { key: 2, title: 3 }],
])('a file with %s is mapped as people chose before', (_name, columns, mapping) => {
  expect(findMapping(own, table(...columns))).toEqual(mapping);
});

it('a file of another kind is not', () => {
  expect(findMapping(own, table('Nr', 'Ticket'))).toBeUndefined();
  expect(findMapping(own, table('Nr', 'Ticket', 'What', 'Who'))).toBeUndefined();
});

it('that a file has no column of a sort is remembered, too, and which of several of one name it is', () => {
  const without = withMapping(own, table('Link', 'Link', 'What'), { key: -1, title: 2 });
  expect(findMapping(without, table('Link', 'Link', 'What'))).toEqual({ key: -1, title: 2 });
  const second = withMapping(without, table('Link', 'Link', 'What'), { key: 1, title: 2 });
  expect(findMapping(second, table('Link', 'What', 'Link'))).toEqual({ key: 2, title: 1 });
  expect(findMapping(second, table('Link', 'What'))).toBeUndefined();
  expect(findMapping(second, table('Nr', 'Ticket', 'What'))).toEqual({ key: 1, title: 2 });
});

it('the last twenty kinds are remembered', () => {
  let kept: readonly Kept[] = [];
  for (let at = 0; at < 21; at += 1) kept = withMapping(kept, table(`A${at}`, 'B'), { key: 0, title: 1 });
  expect(kept).toHaveLength(20);
  expect(findMapping(kept, table('A0', 'B'))).toBeUndefined();
  expect(findMapping(kept, table('A1', 'B'))).toEqual({ key: 0, title: 1 });
});
