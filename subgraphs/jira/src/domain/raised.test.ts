import { expect, it } from 'vitest';
import { toSubscript, toSuperscript } from './raised.ts';

it.each([
  ['6', '⁶', '₆'],
  ['-12', '⁻¹²', '₋₁₂'],
  ['n', 'ⁿ', 'ₙ'],
  ['x', '^(x)', 'ₓ'],
  ['6th', '^(6th)', '_(6th)'],
  ['max', '^(max)', '_(max)'],
  [' ', ' ', ' '],
  ['', '', ''],
])('%j is raised as %j and lowered as %j: by its own signs where Unicode has all of them, blanks stay blanks', (text, raised, lowered) => {
  expect([toSuperscript(text), toSubscript(text)]).toEqual([raised, lowered]);
});
