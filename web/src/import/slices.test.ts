import { expect, it } from 'vitest';
import { inSlices } from './slices.ts';

const list = (length: number) => Array.from({ length }, (_, index) => index);

it.each([
  [0, []],
  [1_000, [1_000]],
  [1_001, [1_000, 1]],
  [5_000, [1_000, 1_000, 1_000, 1_000, 1_000]],
])('%d go a thousand at a time, in their order', async (length, sizes) => {
  const sent: (readonly number[])[] = [];
  expect(await inSlices(list(length), async (slice) => sent.push(slice) > 0)).toBe(length);
  expect(sent.map((slice) => slice.length)).toEqual(sizes);
  expect(sent.flat()).toEqual(list(length));
});

it('nothing is sent behind a slice that failed, and it says how many are done', async () => {
  let sent = 0;
  expect(
    await inSlices(list(5_000), async () => {
      sent += 1;
      return sent < 3;
    }),
  ).toBe(2_000);
  expect(sent).toBe(3);
});
