import type { ApolloClient } from '@apollo/client';
import { RefreshTokenDocument } from '../generated/graph.ts';
import { findIdentity } from '../identity/identity.ts';
import { findAdmission, storeAdmission } from './admission.ts';
import { now } from './clock.ts';
import { createGraphConnection, isNetworkError } from './connection.ts';
import { findErrorCode } from './errors.ts';

/** A token that ends within this time is renewed. */
const renewBeforeMs = 5 * 60_000;
/** The identity provider's word counts for 15 minutes. */
const vouchAgainMs = 12 * 60_000;

// Apart from the screen's own client, whose operations wait for the renewal.
let client: ApolloClient | undefined;
const renewing = new Map<string, Promise<void>>();

async function renew(sessionId: string): Promise<void> {
  const admission = findAdmission(sessionId);
  if (!admission) return;
  const identity = findIdentity();
  const isVouching = identity !== undefined && now() - (admission.vouchedAt ?? 0) > vouchAgainMs;
  const isEnding = Date.parse(admission.expiresAt) - now() < renewBeforeMs;
  if (!isEnding && !isVouching) return;
  client ??= createGraphConnection(() => undefined).client;
  const { refreshSecret, rotationKey, token } = admission;
  const bySecret = refreshSecret === undefined ? {} : { refreshSecret, rotationKey };
  const context = refreshSecret === undefined ? { token } : {};
  const send = async (identityToken: string | undefined) => {
    const variables = { ...bySecret, ...(identityToken !== undefined && { identityToken }) };
    const { data } = await (client as ApolloClient).mutate({ mutation: RefreshTokenDocument, variables, context });
    if (data?.refreshToken) storeAdmission(data.refreshToken, isVouching ? now() : undefined);
  };
  try {
    await send(isVouching ? identity.token : undefined);
  } catch (error) {
    // A sign-in that is over costs access to Jira, not the place.
    if (isVouching && isEnding && !isNetworkError(error) && findErrorCode(error) !== 'TOKEN_INVALID') await send(undefined);
    else throw error;
  }
}

/** Renews the session's token when it is about to end, and has the identity provider vouch again; one renewal at a time. A failure is left to whoever needs the token. */
export function freshen(sessionId: string): Promise<void> {
  const under = renewing.get(sessionId);
  if (under) return under;
  const next = renew(sessionId)
    .catch(() => undefined)
    .finally(() => renewing.delete(sessionId));
  renewing.set(sessionId, next);
  return next;
}
