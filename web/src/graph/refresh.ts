import type { ApolloClient } from '@apollo/client';
import { RefreshTokenDocument } from '../generated/graph.ts';
import { findIdentity, keepIdentity } from '../identity/identity.ts';
import { findAdmission, type StoredAdmission, storeAdmission } from './admission.ts';
import { now } from './clock.ts';
import { createGraphConnection } from './connection.ts';
import { findErrorCode } from './errors.ts';
import { planRenewal, toVouching, type Vouching } from './renewal.ts';

// Apart from the screen's own client, whose operations wait for the renewal.
let client: ApolloClient | undefined;
const renewing = new Map<string, Promise<void>>();
const vouchings = new Map<string, Vouching>();

async function renew(sessionId: string): Promise<void> {
  const admission = findAdmission(sessionId);
  if (!admission) return;
  const identityToken = findIdentity()?.token;
  const { isEnding, isVouching } = planRenewal(admission, { now: now(), identityToken, lastVouching: vouchings.get(sessionId) });
  if (identityToken !== undefined && isVouching && (await isVouchedFor(admission, identityToken))) return;
  // A sign-in that is over costs access to Jira, not the place.
  if (isEnding) await exchange(admission);
}

async function isVouchedFor(admission: StoredAdmission, identityToken: string): Promise<boolean> {
  const { sessionId } = admission;
  try {
    await exchange(admission, identityToken);
    vouchings.set(sessionId, toVouching(identityToken, now()));
    return true;
  } catch (error) {
    const code = findErrorCode(error);
    vouchings.set(sessionId, toVouching(identityToken, now(), code));
    if (code === 'SIGN_IN_REQUIRED') keepIdentity(undefined);
    return false;
  }
}

async function exchange({ sessionId, refreshSecret, rotationKey, token }: StoredAdmission, identityToken?: string): Promise<void> {
  client ??= createGraphConnection(() => undefined).client;
  const { data } = await client.mutate({
    mutation: RefreshTokenDocument,
    variables: {
      ...(refreshSecret !== undefined && { refreshSecret, rotationKey }),
      ...(identityToken !== undefined && { identityToken }),
    },
    context: refreshSecret === undefined ? { token } : {},
  });
  // Without locks another tab may have been here meanwhile: what it keeps is newer, or the same with a key of its own.
  const isNewest = findAdmission(sessionId)?.refreshSecret === refreshSecret;
  if (data?.refreshToken && isNewest) storeAdmission(data.refreshToken);
}

/** One tab at a time; pages without https have no locks (https://w3c.github.io/web-locks/#secure-contexts). */
function alone(name: string, work: () => Promise<void>): Promise<void> {
  return 'locks' in navigator ? navigator.locks.request(name, work) : work();
}

/**
 * Renews the session's token when it is about to end, and has the identity provider vouch again when its word is over; one renewal at a time in all
 * tabs of this browser, and those that waited take its result.
 * A failure is left to whoever needs the token.
 */
export function freshen(sessionId: string): Promise<void> {
  const under = renewing.get(sessionId);
  if (under) return under;
  const next = alone(`tally.${sessionId}`, () => renew(sessionId))
    .catch(() => undefined)
    .finally(() => renewing.delete(sessionId));
  renewing.set(sessionId, next);
  return next;
}
