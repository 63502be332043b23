import { getFacilitator, ownerOf } from './access.ts';
import { refuse } from './errors.ts';
import type { SessionAggregate } from './model.ts';

/**
 * A session is deleted by its facilitators; where the identity provider knows its owner, by the owner alone. Estimates on their way to Jira would be
 * lost with it: that must be said. Refuses with NOT_A_PARTICIPANT, NOT_A_FACILITATOR, NOT_PERMITTED, WRITE_BACKS_PENDING.
 */
export function requireDeletable(state: SessionAggregate, actorId: string, discardsWriteBacks: boolean): void {
  const actor = getFacilitator(state, actorId);
  const owner = ownerOf(state);
  if (actor.isSuccessor || (owner !== undefined && owner.id !== actor.id))
    refuse('NOT_PERMITTED', 'Only whoever leads the session in their own right, or its owner, may delete it.');
  const pending = state.estimates.filter((estimate) => estimate.state === 'PENDING').length;
  if (pending > 0 && !discardsWriteBacks)
    refuse('WRITE_BACKS_PENDING', `${pending} estimates are on their way to Jira: wait for them, or discard them.`, { pending });
}
