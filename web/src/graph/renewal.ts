import type { StoredAdmission } from './admission.ts';

/** A token that ends within this time, or within a quarter of its life, is renewed. */
const renewBeforeMs = 5 * 60_000;
/** After the provider's word was asked for; in this time it is not asked for again. */
const pauseMs = 5_000;
const pauseAfterFailureMs = 30_000;
const finalCodes = new Set(['SIGN_IN_REQUIRED', 'NOT_PERMITTED']);

/** How the identity provider was asked last. */
export interface Vouching {
  readonly identityToken: string;
  /** When it may be asked again by the same token, in milliseconds since 1970. */
  readonly notBefore: number;
}

interface Circumstances {
  readonly now: number;
  /** The provider's token of whoever is signed in. */
  readonly identityToken: string | undefined;
  readonly lastVouching: Vouching | undefined;
}

/** What a place needs before it is used: a new token, the provider's word, or nothing. */
export function planRenewal(admission: StoredAdmission, { now, identityToken, lastVouching }: Circumstances) {
  const expiresAt = Date.parse(admission.expiresAt);
  const lifeMs = expiresAt - (admission.renewedAt ?? 0);
  const isEnding = expiresAt - now < Math.min(renewBeforeMs, lifeMs / 4);
  const isOver = admission.vouchedUntil === undefined || Date.parse(admission.vouchedUntil) <= now;
  const isPausing = lastVouching?.identityToken === identityToken && (lastVouching?.notBefore ?? 0) > now;
  // A token that is renewed without the provider's word loses it.
  return { isEnding, isVouching: identityToken !== undefined && (isOver || isEnding) && !isPausing };
}

/** What is remembered of asking the provider; `failureCode` when it was in vain. What the provider refused it is not asked again. */
export function toVouching(identityToken: string, now: number, failureCode?: string): Vouching {
  if (failureCode === undefined) return { identityToken, notBefore: now + pauseMs };
  return { identityToken, notBefore: finalCodes.has(failureCode) ? Number.POSITIVE_INFINITY : now + pauseAfterFailureMs };
}
