import { expect, it } from 'vitest';
import { fuzzHostile } from './hostile.ts';

it('hostile requests of a fixed seed cost little, break nothing and learn nothing', { timeout: 180_000 }, async () => {
  const run = await fuzzHostile(12, (requests) => requests >= 300);
  expect(run.findings).toEqual([]);
  expect(run.requests).toBe(300);
});
