import type { ApolloClient } from '@apollo/client';
import { RefreshTokenDocument } from '../generated/graph.ts';
import { findAdmission, storeAdmission } from './admission.ts';

const checkEveryMs = 10 * 60_000;
/** A token that ends within this time is renewed; longer than a laptop's usual nap. */
const renewBeforeMs = 4 * 60 * 60_000;

/** Renews the session's token well before it ends, now and every few minutes. A failure is left to the next time. */
export function refreshAdmission(client: ApolloClient, sessionId: string): () => void {
  const renew = async () => {
    const admission = findAdmission(sessionId);
    if (!admission || Date.parse(admission.expiresAt) - Date.now() > renewBeforeMs) return;
    const { data } = await client.mutate({ mutation: RefreshTokenDocument, errorPolicy: 'all' });
    if (data?.refreshToken) storeAdmission(data.refreshToken);
  };
  const attempt = () => void renew().catch(() => undefined);
  attempt();
  const timer = setInterval(attempt, checkEveryMs);
  return () => clearInterval(timer);
}
