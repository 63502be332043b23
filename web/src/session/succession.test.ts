import { expect, test } from 'vitest';
import type { Participant } from './context.ts';
import { findSuccessors } from './succession.ts';

const person = (id: string, fields: Partial<Participant> = {}): Participant => ({
  id,
  name: id,
  role: 'ESTIMATOR',
  discipline: null,
  isFacilitator: false,
  isSuccessor: false,
  isSignedIn: false,
  avatar: { emoji: '🦊', tint: 0 },
  isPresent: true,
  isOnline: true,
  ...fields,
});
const leader = { isFacilitator: true };
const namesOf = (before: readonly Participant[], after: readonly Participant[]) =>
  findSuccessors({ id: 'a', participants: [...before] }, { id: 'a', participants: [...after] }).map(({ name }) => name);

test.each([
  ['who stands in for facilitators that are away', [person('Ben', { ...leader, isSuccessor: true })], ['Ben']],
  ['nobody whom a facilitator made one', [person('Ben', leader)], []],
  ['nobody when nothing changed', [person('Ben')], []],
] as const)('beside a facilitator who stays, the news is %s', (_what, others, told) => {
  expect(namesOf([person('Ann', leader), person('Ben')], [person('Ann', leader), ...others])).toEqual(told);
});

test('the heir of a facilitator who left for good is told, too', () => {
  const after = [person('Ann', { isPresent: false }), person('Ben', leader)];
  expect(namesOf([person('Ann', leader), person('Ben')], after)).toEqual(['Ben']);
});

test('a successor is told once, and a facilitator who comes back is no news', () => {
  const before = [person('Ann', { ...leader, isOnline: false }), person('Ben', { ...leader, isSuccessor: true })];
  expect(namesOf(before, [person('Ann', leader), person('Ben', { ...leader, isSuccessor: true })])).toEqual([]);
});
