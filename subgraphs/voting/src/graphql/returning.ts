import { DomainError } from '../../../../kit/process/errors.ts';
import type { OidcIdentity } from '../../../../kit/process/oidc.ts';
import { vouchingMs } from '../../../../kit/process/oidc.ts';
import { ownerOf } from '../domain/access.ts';
import { refuse } from '../domain/errors.ts';
import type { Participant, Role, SessionAggregate } from '../domain/model.ts';
import type { Joining } from '../domain/participants.ts';
import type { VotingStore } from '../store/voting-store.ts';
import { findIdentity, type VotingContext } from './context.ts';

/** Who asks to come in, as far as their token tells. */
export interface Comer {
  /** The participant that they are in this session already, also after the owner has left. */
  readonly participant: Participant | undefined;
  /** Whom the identity provider vouches for; undefined for guests. */
  readonly vouched: { readonly subject: string; readonly until: Date } | undefined;
}

/**
 * Who comes to a session: the bearer of its token comes back; somebody with the identity provider's token comes back as the participant that they
 * were; everybody else joins anew. Refuses with TOKEN_INVALID, TOKEN_EXPIRED, IDENTITY_UNAVAILABLE.
 */
export async function findComer(context: VotingContext, state: SessionAggregate): Promise<Comer> {
  const present = state.participants.filter(({ leftAt }) => leftAt === null);
  try {
    const bearer = await context.findBearer();
    const own = bearer?.sessionId === state.session.id ? present.find(({ id }) => id === bearer.participantId) : undefined;
    const vouched =
      own?.subject == null || bearer?.vouchedUntil === undefined ? undefined : { subject: own.subject, until: bearer.vouchedUntil };
    return { participant: own, vouched };
  } catch (error) {
    // No token of ours: perhaps the identity provider's.
    if (!(error instanceof DomainError && error.code === 'TOKEN_INVALID')) throw error;
    const identity = await findIdentity(context);
    if (identity === undefined) throw error;
    const vouched = toVouched(identity);
    if (vouched !== undefined && vouched.subject === state.session.ownerSubject) return { participant: ownerOf(state), vouched };
    return { participant: vouched && present.find(({ subject }) => subject === vouched.subject), vouched };
  }
}

/** Until when the provider's word counts; undefined for an account that it does not permit. */
export function toVouched({ subject, isPermitted, confirmedAt }: OidcIdentity): Comer['vouched'] {
  return isPermitted ? { subject, until: new Date(confirmedAt.getTime() + vouchingMs) } : undefined;
}

/** Where an invite code leads. Refuses with INVITE_NOT_FOUND. */
export async function getInvited(store: Pick<VotingStore, 'findSessionId'>, inviteCode: string): Promise<string> {
  return (await store.findSessionId(inviteCode)) ?? refuse('INVITE_NOT_FOUND', 'This invitation leads nowhere: ask for a new one.');
}

interface Chosen {
  readonly name: string;
  readonly role?: Role | null;
  readonly discipline?: string | null | undefined;
}

/** Who is new, as they describe themselves. */
export function toJoining(
  { name, role, discipline }: Chosen,
  who: { readonly id: string; readonly now: Date } & Pick<Comer, 'vouched'>,
): Joining {
  const { id, now, vouched } = who;
  return { id, name, role: role ?? 'ESTIMATOR', discipline: discipline ?? null, subject: vouched?.subject ?? null, now };
}
