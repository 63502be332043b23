import { expect, test } from 'vitest';
import { toColumns } from './useColumns.ts';

test.each([
  [8, 9, 8],
  [8, 7, 4],
  [8, 4, 4],
  [30, 11, 10],
  [30, 30, 30],
  [7, 6, 4],
  [1, 0, 1],
  [0, 5, 1],
])('%i things where %i fit lie in %i columns', (count, fitting, columns) => {
  expect(toColumns(count, fitting)).toBe(columns);
});

test('no row is shorter than the others by more than the columns allow', () => {
  for (let count = 1; count <= 60; count += 1) {
    for (let fitting = 1; fitting <= 20; fitting += 1) {
      const columns = toColumns(count, fitting);
      expect(columns).toBeLessThanOrEqual(fitting);
      expect(Math.ceil(count / columns)).toBe(Math.ceil(count / fitting));
    }
  }
});
