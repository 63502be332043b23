import { expect, it } from 'vitest';
import { isFirstWrite } from './firstWrites.ts';

type Items = Parameters<typeof isFirstWrite>[0];

const items = [
  { id: '1', estimates: [{ track: 'estimate', writeBack: { state: 'WRITTEN' } }] },
  { id: '2', estimates: [{ track: 'estimate', writeBack: { state: 'PENDING' } }] },
  { id: '3', estimates: [] },
] as unknown as Items;
const keys = new Map([
  ['1', 'ABC-1'],
  ['2', 'A_B-2'],
]);
const isFirst = (projectKey: string, track = 'estimate') => isFirstWrite(items, (id) => keys.get(id), { projectKey, track });

it('the first write to a project is one of which nothing was written yet, for each track', () => {
  expect(isFirst('ABC')).toBe(false);
  expect(isFirst('ABC', 'dev')).toBe(true);
  expect(isFirst('A_B')).toBe(true);
  expect(isFirst('AB')).toBe(true);
});
