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

async function exchange({ refreshSecret, rotationKey, token }: StoredAdmission, identityToken?: string): Promise<void> {
  client ??= createGraphConnection(() => undefined).client;
  const { data } = await client.mutate({
    mutation: RefreshTokenDocument,
    variables: {
      ...(refreshSecret !== undefined && { refreshSecret, rotationKey }),
      ...(identityToken !== undefined && { identityToken }),
    },
    context: refreshSecret === undefined ? { token } : {},
  });
  if (data?.refreshToken) storeAdmission(data.refreshToken);
}

/**
 * Renews the session's token when it is about to end, and has the identity provider vouch again when its word is over; one renewal at a time.
 * A failure is left to whoever needs the token.
 */
export function freshen(sessionId: string): Promise<void> {
  const under = renewing.get(sessionId);
  if (under) return under;
  const next = renew(sessionId)
    .catch(() => undefined)
    .finally(() => renewing.delete(sessionId));
  renewing.set(sessionId, next);
  return next;
}
