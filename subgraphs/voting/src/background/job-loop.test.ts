import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type JobLoop, startJobLoop } from './job-loop.ts';

let loop: JobLoop | undefined;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(async () => {
  await loop?.stop();
  vi.useRealTimers();
});

it('runs first after the first pause, then again so long after each end', async () => {
  const startedAt: number[] = [];
  const begin = Date.now();
  const run = async () => {
    startedAt.push(Date.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return undefined;
  };
  loop = startJobLoop({ everyMs: 1_000, firstAfterMs: 100, run, onError: () => {} });
  await vi.advanceTimersByTimeAsync(2_500);
  expect(startedAt).toEqual([100, 1_150, 2_200]);
});

it('is never run twice at once; a wake-up during a run makes one more', async () => {
  let runs = 0;
  let atOnce = 0;
  let most = 0;
  const run = async () => {
    runs += 1;
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setTimeout(resolve, 50));
    atOnce -= 1;
    return undefined;
  };
  loop = startJobLoop({ everyMs: 60_000, run, onError: () => {} });
  for (let asked = 0; asked < 5; asked += 1) loop.wake();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([runs, most]).toEqual([2, 1]);
});

it('runs again at once while there is more to do, and after an error at the next time', async () => {
  const outcomes = [true, true, false, 'throws', false];
  const errors: unknown[] = [];
  const run = async () => {
    const outcome = outcomes.shift();
    if (outcome === 'throws') throw new Error('no');
    return outcome === true;
  };
  loop = startJobLoop({ everyMs: 1_000, run, onError: (error) => errors.push(error) });
  loop.wake();
  await vi.advanceTimersByTimeAsync(500);
  expect(outcomes).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([outcomes.length, errors.length]).toEqual([0, 1]);
});

it('waits at its stop for the running one, tells it, and runs no more', async () => {
  let ended = 0;
  const run = async (isStopping: () => boolean) => {
    while (!isStopping()) await new Promise((resolve) => setTimeout(resolve, 10));
    ended += 1;
    return true;
  };
  loop = startJobLoop({ everyMs: 10, run, onError: () => {} });
  loop.wake();
  await vi.advanceTimersByTimeAsync(30);
  const stopping = loop.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  await stopping;
  expect(ended).toBe(1);
});
