import { expect, test } from 'vitest';
import type { StoredAdmission } from './admission.ts';
import { planRenewal, toVouching } from './renewal.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
const minute = 60_000;
const at = (minutes: number) => new Date(start + minutes * minute).toISOString();

function place(over: Partial<StoredAdmission> = {}): StoredAdmission {
  return { sessionId: 's', title: 'T', token: 't', participantId: 'p', name: 'Ann', renewedAt: start, expiresAt: at(60), ...over };
}

const plan = (admission: StoredAdmission, minutes: number, identityToken?: string, lastVouching?: ReturnType<typeof toVouching>) =>
  planRenewal(admission, { now: start + minutes * minute, identityToken, lastVouching });

test.each([
  ['an hour', 60, 54.9, false],
  ['an hour', 60, 55.1, true],
  ['an hour', 60, 7 * 24 * 60, true],
  ['a minute', 1, 0.7, false],
  ['a minute', 1, 0.8, true],
])('a token of %s (%d min) is renewed after %d minutes: %s', (_life, life, after, isEnding) => {
  expect(plan(place({ expiresAt: at(life) }), after)).toEqual({ isEnding, isVouching: false });
});

test('a place from before its renewals were noted is renewed five minutes before its token ends', () => {
  const old = place({ renewedAt: undefined });
  expect([54, 56].map((minutes) => plan(old, minutes).isEnding)).toEqual([false, true]);
});

test('the provider is asked again once its word is over, and for a guest who has signed in', () => {
  const vouched = place({ vouchedUntil: at(15) });
  expect([1, 14.9, 15].map((minutes) => plan(vouched, minutes, 'identity').isVouching)).toEqual([false, false, true]);
  expect(plan(place(), 1, 'identity').isVouching).toBe(true);
  expect(plan(vouched, 20).isVouching).toBe(false);
});

test('a token that ends is renewed with the provider’s word, which it would lose else', () => {
  expect(plan(place({ vouchedUntil: at(65) }), 56, 'identity')).toEqual({ isEnding: true, isVouching: true });
});

test.each([
  [undefined, [false, true, true]],
  ['IDENTITY_UNAVAILABLE', [false, false, true]],
  ['NETWORK', [false, false, true]],
  ['SIGN_IN_REQUIRED', [false, false, false]],
  ['NOT_PERMITTED', [false, false, false]],
])('after %s the provider is asked again 1 s, 10 s and an hour later: %j; another sign-in at once', (code, asked) => {
  const last = toVouching('identity', start, code);
  expect([1 / 60, 10 / 60, 60].map((minutes) => plan(place(), minutes, 'identity', last).isVouching)).toEqual(asked);
  expect(plan(place(), 0, 'another', last).isVouching).toBe(true);
});
