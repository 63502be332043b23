import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a secret names before it proves anything: `session.credential.random`. */
export interface PresentedSecret {
  readonly sessionId: string;
  readonly id: string;
  readonly secret: string;
}

/** A new secret of a credential: 256 random bits. */
export function createSecret(sessionId: string, id: string): string {
  return toSecret(sessionId, id, randomBytes(32));
}

/**
 * The secret that follows one, for whoever has both it and the idempotency key of the rotation: a retry gets the same successor, though nobody
 * stores it, and neither the old secret alone nor the key alone leads to it.
 */
export function deriveSecret({ sessionId, id, secret }: PresentedSecret, key: string): string {
  return toSecret(sessionId, id, createHmac('sha256', secret).update(`tally-refresh\0${key}`).digest());
}

/** Undefined for anything that is no secret of ours. */
export function parseSecret(secret: string): PresentedSecret | undefined {
  const [, sessionId, id] = /^([\w-]{1,64})\.([\w-]{22})\.[\w-]{43}$/.exec(secret) ?? [];
  return sessionId === undefined || id === undefined ? undefined : { sessionId, id, secret };
}

/** What is stored of a secret: it has 256 bits, so no slow hash is needed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Whether a stored hash is that of the secret. */
export function isHashOf(hash: string | null, secret: string): boolean {
  const presented = Buffer.from(hashSecret(secret));
  const stored = Buffer.from(hash ?? '');
  return presented.length === stored.length && timingSafeEqual(presented, stored);
}

function toSecret(sessionId: string, id: string, random: Buffer): string {
  return `${sessionId}.${id}.${random.toString('base64url')}`;
}
