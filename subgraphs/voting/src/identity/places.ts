import { refuse } from '../domain/errors.ts';
import type { Credential, CredentialStore } from '../store/voting-store.ts';
import { createSecret, deriveSecret, hashSecret, isHashOf, type PresentedSecret, parseSecret } from './secrets.ts';

/** Whose place a credential opens, and the credential. */
export interface OpenedPlace {
  readonly sessionId: string;
  readonly participantId: string;
  readonly credentialId: string;
  /** Shown once; the store has its hash. */
  readonly secret: string;
}

export interface PlacesOptions {
  readonly store: CredentialStore;
  readonly now: () => Date;
  /** 22 characters that nobody can guess. */
  readonly newId: () => string;
}

// A browser, a phone, a script; more are forgotten, the one used longest ago first.
const mostDevices = 20;
const mostReports = 20;
const deviceLinkMs = 5 * 60_000;

export type Places = ReturnType<typeof createPlaces>;

/** What lets people come back: one credential for each device, whose secret changes at each use. */
export function createPlaces({ store, now, newId }: PlacesOptions) {
  async function add(kind: Credential['kind'], sessionId: string, participantId: string, lastsMs?: number): Promise<OpenedPlace> {
    const id = newId();
    const secret = createSecret(sessionId, id);
    const at = now();
    const expiresAt = lastsMs === undefined ? null : new Date(at.getTime() + lastsMs);
    const hashes = { secretHash: hashSecret(secret), previousHash: null, rotationHash: null };
    await store.addCredential({ sessionId, id, kind, participantId, ...hashes, createdAt: at, usedAt: at, expiresAt });
    return { sessionId, participantId, credentialId: id, secret };
  }

  /** Makes room for one more. */
  async function prune(kind: Credential['kind'], sessionId: string, participantId: string | undefined, most: number): Promise<void> {
    const held = (await store.listCredentials(sessionId)).filter(
      (each) => each.kind === kind && (participantId === undefined || each.participantId === participantId),
    );
    const over = held.toSorted((one, other) => one.usedAt.getTime() - other.usedAt.getTime()).slice(0, Math.max(0, held.length - most + 1));
    await Promise.all(over.map(({ id }) => store.removeCredential(sessionId, id)));
  }

  async function find(kind: Credential['kind'], secret: string): Promise<{ presented: PresentedSecret; found: Credential } | undefined> {
    const presented = parseSecret(secret);
    const found = presented && (await store.findCredential(presented.sessionId, presented.id));
    if (presented === undefined || found?.kind !== kind) return undefined;
    return found.expiresAt !== null && found.expiresAt <= now() ? undefined : { presented, found };
  }

  /** The same key again is a retry and gets the same successor; anything else is a second holder of the secret, and ends the credential. */
  async function repeat({ presented, found }: { presented: PresentedSecret; found: Credential }, key: string | undefined): Promise<string> {
    const next = key === undefined ? undefined : deriveSecret(presented, key);
    const isRetry = key !== undefined && isHashOf(found.previousHash, presented.secret) && isHashOf(found.rotationHash, key);
    if (next !== undefined && isRetry && isHashOf(found.secretHash, next)) return next;
    await store.removeCredential(found.sessionId, found.id);
    return refuse('TOKEN_INVALID', 'This refresh secret was used before: somebody else may have it, so it no longer works for anybody.');
  }

  return {
    /** A credential for one more device. */
    async open(sessionId: string, participantId: string): Promise<OpenedPlace> {
      await prune('REFRESH', sessionId, participantId, mostDevices);
      return add('REFRESH', sessionId, participantId);
    },

    /** Exchanges a secret for its successor. Refuses with TOKEN_INVALID for one that is unknown, revoked, or was used before: that revokes it. */
    async refresh(secret: string, key: string | undefined): Promise<OpenedPlace> {
      for (;;) {
        const known = await find('REFRESH', secret);
        if (known === undefined) return refuse('TOKEN_INVALID', 'This refresh secret is not good, or no longer.');
        const { presented, found } = known;
        const { sessionId, participantId, id: credentialId } = found;
        if (!isHashOf(found.secretHash, secret)) return { sessionId, participantId, credentialId, secret: await repeat(known, key) };
        const next = key === undefined ? createSecret(sessionId, credentialId) : deriveSecret(presented, key);
        const rotated = {
          ...found,
          secretHash: hashSecret(next),
          previousHash: found.secretHash,
          rotationHash: key === undefined ? null : hashSecret(key),
          usedAt: now(),
        };
        if (await store.replaceCredential(found.secretHash, rotated)) return { sessionId, participantId, credentialId, secret: next };
      }
    },

    /** Whose place a secret opens, without using it up; undefined unless it is the newest of its device. */
    async look(secret: string): Promise<Pick<OpenedPlace, 'sessionId' | 'participantId'> | undefined> {
      const known = await find('REFRESH', secret);
      return known !== undefined && isHashOf(known.found.secretHash, secret) ? known.found : undefined;
    },

    /** When a device's secret was used last; undefined once it is revoked. */
    async findUse(sessionId: string, credentialId: string): Promise<Date | undefined> {
      const found = await store.findCredential(sessionId, credentialId);
      return found?.kind === 'REFRESH' ? found.usedAt : undefined;
    },

    /** Ends all that opens this participant's place. */
    async close(sessionId: string, participantId: string): Promise<void> {
      const held = (await store.listCredentials(sessionId)).filter(
        (each) => each.kind !== 'REPORT' && each.participantId === participantId,
      );
      await Promise.all(held.map(({ id }) => store.removeCredential(sessionId, id)));
    },

    /** A secret that opens the same place on another device, once, within five minutes. */
    async offerDevice(sessionId: string, participantId: string): Promise<{ readonly secret: string; readonly expiresAt: Date }> {
      await prune('DEVICE', sessionId, participantId, 1);
      const { secret } = await add('DEVICE', sessionId, participantId, deviceLinkMs);
      return { secret, expiresAt: new Date(now().getTime() + deviceLinkMs) };
    },

    /** Refuses with LINK_NOT_FOUND for a secret that is unknown, over or was used. */
    async useDevice(secret: string): Promise<Pick<OpenedPlace, 'sessionId' | 'participantId'>> {
      const known = await find('DEVICE', secret);
      const isOurs = known !== undefined && isHashOf(known.found.secretHash, secret);
      if (!isOurs || !(await store.removeCredential(known.found.sessionId, known.found.id)))
        return refuse('LINK_NOT_FOUND', 'This link was used, has expired or was never made: make a new one.');
      return known.found;
    },

    /** A secret that opens the session's report until it is revoked. */
    async offerReport(
      sessionId: string,
      participantId: string,
    ): Promise<{ readonly id: string; readonly secret: string; readonly createdAt: Date }> {
      await prune('REPORT', sessionId, undefined, mostReports);
      const { credentialId, secret } = await add('REPORT', sessionId, participantId);
      return { id: credentialId, secret, createdAt: now() };
    },

    /** Refuses with LINK_NOT_FOUND. */
    async useReport(secret: string): Promise<Credential> {
      const known = await find('REPORT', secret);
      if (known === undefined || !isHashOf(known.found.secretHash, secret))
        return refuse('LINK_NOT_FOUND', 'This link leads to no report, or no longer.');
      return known.found;
    },

    listReports: async (sessionId: string) => (await store.listCredentials(sessionId)).filter(({ kind }) => kind === 'REPORT'),

    async findReport(sessionId: string, id: string): Promise<Credential | undefined> {
      const found = await store.findCredential(sessionId, id);
      return found?.kind === 'REPORT' ? found : undefined;
    },

    /** Revokes a link to the report; an id of another credential revokes nothing. */
    async revokeReport(sessionId: string, id: string): Promise<void> {
      if ((await store.findCredential(sessionId, id))?.kind === 'REPORT') await store.removeCredential(sessionId, id);
    },
  };
}
