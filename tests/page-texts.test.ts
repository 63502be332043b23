import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { englishErrors } from '../web/src/text/englishErrors.ts';

test('every code of docs/errors.md that a person at the page may meet has its words', () => {
  const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \|/gmu)].map(([, code = '', from = '']) => ({ code, from }));
  // Between services, and for cursors of the event log, which the page does not read.
  const others = ['CALLER_NOT_ALLOWED', 'CURSOR_EXPIRED'];
  const codes = rows.filter(({ code, from }) => /voting|jira/u.test(from) && !others.includes(code)).map(({ code }) => `error.${code}`);
  expect(codes.length).toBeGreaterThan(30);
  expect(codes.filter((key) => !(key in englishErrors))).toEqual([]);
});
