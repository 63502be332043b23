import { expect, test } from 'vitest';
import { learnTime, now } from './clock.ts';

const utc = (time: number) => new Date(time).toUTCString();

test('a device whose clock is minutes off counts by the router’s', () => {
  learnTime(utc(Date.now() - 300_000));
  expect(Math.abs(now() - (Date.now() - 300_000))).toBeLessThan(2_000);
});

test('a difference that the header’s whole seconds explain is none, and an answer without a date changes nothing', () => {
  learnTime(utc(Date.now() - 900));
  expect(Math.abs(now() - Date.now())).toBeLessThan(50);
  learnTime(null);
  expect(Math.abs(now() - Date.now())).toBeLessThan(50);
});
