import { expect, it } from 'vitest';
import { createProofs } from './proofs.ts';

const participant = { kind: 'participant', expiresAt: 2_000 };

it('asks once for a good token, until it ends', async () => {
  let asked = 0;
  let now = 1_000;
  const isProven = createProofs(
    async () => {
      asked += 1;
      return participant;
    },
    () => now,
  );
  expect([await isProven('Bearer a'), await isProven('Bearer a')]).toEqual([true, true]);
  expect(asked).toBe(1);
  now = 2_001;
  expect(await isProven('Bearer a')).toBe(false);
});

it.each<readonly [string, () => Promise<{ kind: string; expiresAt: number | undefined } | undefined>]>([
  ['a forged one', () => Promise.reject(new Error('not ours'))],
  ["an identity provider's", async () => ({ kind: 'stranger', expiresAt: 2_000 })],
  ['none that is named', async () => undefined],
  ['one whose keys do not come', () => new Promise(() => {})],
])('%s proves nothing', async (_name, identify) => {
  expect(await createProofs(identify, () => 1_000)('Bearer a')).toBe(false);
});
