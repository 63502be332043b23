import { now } from './clock.ts';
import { createRandomKey } from './randomKey.ts';

/** One's place in a session, kept in this browser: the token proves it and never leaves but as a header. */
export interface StoredAdmission {
  readonly sessionId: string;
  readonly title: string;
  readonly token: string;
  readonly expiresAt: string;
  /** Good for one renewal, also when the token has ended; absent in places from before there were any. */
  readonly refreshSecret?: string | undefined;
  /** The same for all tabs, so that two that renew at once get the same answer, and so does a retry. */
  readonly rotationKey?: string | undefined;
  /** Until when the identity provider's word counts; absent for guests. */
  readonly vouchedUntil?: string | undefined;
  /** When the token was made, in milliseconds since 1970 by the router's clock. */
  readonly renewedAt?: number | undefined;
  readonly participantId: string;
  readonly name: string;
}

interface Admission {
  readonly token: string;
  readonly expiresAt: string;
  readonly refreshSecret: string | null;
  readonly vouchedUntil: string | null;
  readonly participant: { readonly id: string; readonly name: string };
  readonly session: { readonly id: string; readonly title: string };
}

const prefix = 'tally.session.';
const nameKey = 'tally.name';

function parse(json: string | null): StoredAdmission | undefined {
  if (json === null) return undefined;
  try {
    const value = JSON.parse(json) as StoredAdmission;
    return typeof value.token === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps an admission; every tab of this browser is then the same participant. */
export function storeAdmission(admission: Admission): StoredAdmission {
  const before = findAdmission(admission.session.id);
  const stored: StoredAdmission = {
    sessionId: admission.session.id,
    title: admission.session.title,
    token: admission.token,
    expiresAt: admission.expiresAt,
    refreshSecret: admission.refreshSecret ?? before?.refreshSecret,
    rotationKey: admission.refreshSecret === null ? before?.rotationKey : createRandomKey(),
    vouchedUntil: admission.vouchedUntil ?? undefined,
    renewedAt: now(),
    participantId: admission.participant.id,
    name: admission.participant.name,
  };
  localStorage.setItem(prefix + stored.sessionId, JSON.stringify(stored));
  localStorage.setItem(nameKey, stored.name);
  return stored;
}

export function findAdmission(sessionId: string): StoredAdmission | undefined {
  return parse(localStorage.getItem(prefix + sessionId));
}

export function forgetAdmission(sessionId: string): void {
  localStorage.removeItem(prefix + sessionId);
}

/** The sessions this browser has a place in, also where the token has ended; those renewed last first. */
export function listAdmissions(): readonly StoredAdmission[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => parse(localStorage.getItem(key)))
    .filter((admission) => admission !== undefined)
    .filter((admission) => admission.refreshSecret !== undefined || Date.parse(admission.expiresAt) > now())
    .sort((one, other) => (other.renewedAt ?? 0) - (one.renewedAt ?? 0));
}

/** The name used last, to be offered again. */
export function findLastName(): string {
  return localStorage.getItem(nameKey) ?? '';
}
