import type { ApolloClient } from '@apollo/client';
import { PlacesDocument, SessionStandingDocument, type SessionState } from '../generated/graph.ts';
import { findAdmission, type StoredAdmission } from './admission.ts';
import { now } from './clock.ts';
import { isNoAccess } from './errors.ts';

/** How things stand with a place of this browser. */
export type Standing =
  | { readonly kind: 'there'; readonly title: string; readonly state: SessionState }
  /** The session was deleted or kept long enough, or one was taken out. */
  | { readonly kind: 'gone' };

/** The graph answers for so many at once. */
const mostAtOnce = 50;

/** Asks what the places lead to, by session; nothing of those that cannot be told at the moment. It uses up no secret. */
export async function findStandings(client: ApolloClient, admissions: readonly StoredAdmission[]): Promise<ReadonlyMap<string, Standing>> {
  const asked = admissions.filter(({ refreshSecret }) => refreshSecret !== undefined).slice(0, mostAtOnce);
  const refreshSecrets = asked.map(({ refreshSecret }) => refreshSecret ?? '');
  const { data } = await client.query({ query: PlacesDocument, variables: { refreshSecrets }, fetchPolicy: 'no-cache' });
  const places = new Map(asked.map(({ sessionId }, index) => [sessionId, data?.places[index]]));
  const found = await Promise.all(
    admissions.map(async (admission) => {
      const place = places.get(admission.sessionId);
      const standing: Standing | undefined = place ? { kind: 'there', ...place } : await askByToken(client, admission, place === null);
      return [admission.sessionId, standing] as const;
    }),
  );
  return new Map(found.flatMap(([sessionId, standing]) => (standing ? [[sessionId, standing]] : [])));
}

/** A secret that is no longer good may have been replaced by another tab, and somebody let in again has only their token. */
async function askByToken(client: ApolloClient, admission: StoredAdmission, isSecretOver: boolean): Promise<Standing | undefined> {
  const { sessionId, refreshSecret, token, expiresAt } = admission;
  if (findAdmission(sessionId)?.refreshSecret !== refreshSecret) return undefined;
  if (Date.parse(expiresAt) <= now()) return isSecretOver ? { kind: 'gone' } : undefined;
  try {
    const { data } = await client.query({
      query: SessionStandingDocument,
      variables: { id: sessionId },
      fetchPolicy: 'no-cache',
      context: { token },
    });
    return data?.session ? { kind: 'there', ...data.session } : undefined;
  } catch (error) {
    return isNoAccess(error) ? { kind: 'gone' } : undefined;
  }
}
