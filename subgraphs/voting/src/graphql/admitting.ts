import { getPresent } from '../domain/access.ts';
import type { SessionAggregate } from '../domain/model.ts';
import { toView, type VotingContext } from './context.ts';

export interface AdmitOptions {
  /** Until when the identity provider's word counts. */
  readonly vouchedUntil?: Date | undefined;
  /** The credential by which they came, and its new secret; absent: this is another device, and gets a credential of its own. */
  readonly by?: { readonly credentialId: string; readonly secret: string | null } | undefined;
}

/** A place in a session with a fresh token, and with what lets its holder come back. Refuses with NOT_A_PARTICIPANT. */
export async function admit(
  { services }: VotingContext,
  state: SessionAggregate,
  participantId: string,
  { vouchedUntil, by }: AdmitOptions = {},
) {
  const { store, tokens, presence, places } = services;
  const participant = getPresent(state, participantId);
  const sessionId = state.session.id;
  presence.notice(sessionId, participant.id);
  const session = toView(store, state);
  const { credentialId, secret } = by ?? (await places.open(sessionId, participant.id));
  const { token, expiresAt } = await tokens.issue({ participantId: participant.id, sessionId, vouchedUntil, credentialId });
  return { session, participant: { session, participant }, token, expiresAt, refreshSecret: secret, vouchedUntil: vouchedUntil ?? null };
}
