import { DomainError } from '../../../../kit/process/errors.ts';
import type { Participant, SessionAggregate } from '../domain/model.ts';
import { findIdentity, type VotingContext } from './context.ts';

/**
 * Who comes back to a session instead of joining it anew: the bearer of its token, or its owner with the identity provider's token,
 * who is the participant that created it. Undefined for everybody else, and after leaving.
 * Refuses with TOKEN_INVALID, TOKEN_EXPIRED, IDENTITY_UNAVAILABLE.
 */
export async function findReturning(context: VotingContext, { session, participants }: SessionAggregate): Promise<Participant | undefined> {
  const id = await findId();
  return participants.find((participant) => participant.id === id && participant.leftAt === null);

  async function findId(): Promise<string | undefined> {
    try {
      const bearer = await context.findBearer();
      return bearer?.sessionId === session.id ? bearer.participantId : undefined;
    } catch (error) {
      // No token of ours: perhaps the identity provider's.
      if (!(error instanceof DomainError && error.code === 'TOKEN_INVALID')) throw error;
      const identity = await findIdentity(context);
      if (identity === undefined) throw error;
      return identity.subject === session.ownerSubject ? participants[0]?.id : undefined;
    }
  }
}
