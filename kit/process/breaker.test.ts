import { beforeEach, expect, it } from 'vitest';
import { type Breaker, createBreaker } from './breaker.ts';

let now: number;
let breaker: Breaker;
beforeEach(() => {
  now = 0;
  breaker = createBreaker({ now: () => now, firstPauseMs: 500, longestPauseMs: 5_000 });
  for (let failure = 0; failure < 5; failure += 1) {
    expect([breaker.isOpen(), breaker.allows()]).toEqual([false, true]);
    breaker.failed();
  }
});

it('refuses after five failures in a row, but for one try in each pause, which doubles', () => {
  expect([breaker.isOpen(), breaker.allows()]).toEqual([true, false]);
  now = 500;
  expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
  breaker.failed();
  now = 1_499;
  expect(breaker.allows()).toBe(false);
  now = 1_500;
  expect(breaker.allows()).toBe(true);
});

it('closes at the first success', () => {
  now = 500;
  breaker.allows();
  breaker.succeeded();
  expect([breaker.isOpen(), breaker.allows(), breaker.allows()]).toEqual([false, true, true]);
});

it('is not called open when nobody has come to try for a minute', () => {
  now = 60_499;
  expect(breaker.isOpen()).toBe(true);
  now = 60_500;
  expect(breaker.isOpen()).toBe(false);
});
