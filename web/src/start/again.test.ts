import { expect, test } from 'vitest';
import { toNextTitle } from './again.ts';

test.each([
  ['Sprint 42', 'Sprint 43'],
  ['Sprint 42, checkout team', 'Sprint 43, checkout team'],
  ['Team 7, sprint 099', 'Team 7, sprint 100'],
  ['PI 3.9', 'PI 3.10'],
  ['Спринт №8', 'Спринт №9'],
  ['Roadmap', 'Roadmap'],
  ['Estimation, Nov 29, 2026', 'Estimation, Nov 29, 2026'],
  ['2026-11 sprint 3', '2026-11 sprint 3'],
])('after “%s” comes “%s”', (title, next) => {
  expect(toNextTitle(title)).toBe(next);
});
