/** One's place in a session, kept in this browser: the token proves it and never leaves but as a header. */
export interface StoredAdmission {
  readonly sessionId: string;
  readonly title: string;
  readonly token: string;
  readonly expiresAt: string;
  readonly participantId: string;
  readonly name: string;
}

interface Admission {
  readonly token: string;
  readonly expiresAt: string;
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
  const stored = {
    sessionId: admission.session.id,
    title: admission.session.title,
    token: admission.token,
    expiresAt: admission.expiresAt,
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

/** The sessions this browser has a place in, the longest valid first. */
export function listAdmissions(): readonly StoredAdmission[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => parse(localStorage.getItem(key)))
    .filter((admission) => admission !== undefined)
    .filter((admission) => Date.parse(admission.expiresAt) > Date.now())
    .sort((one, other) => other.expiresAt.localeCompare(one.expiresAt));
}

/** The name used last, to be offered again. */
export function findLastName(): string {
  return localStorage.getItem(nameKey) ?? '';
}
