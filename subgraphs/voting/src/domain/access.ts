import { refuse } from './errors.ts';
import type { Item, Participant, Round, SessionAggregate } from './model.ts';

// Who may act, and on what: the questions that every command asks first.

/** Someone who is in the session now. Refuses with NOT_A_PARTICIPANT, also after leaving or being removed. */
export function getPresent(state: SessionAggregate, participantId: string): Participant {
  const participant = state.participants.find((candidate) => candidate.id === participantId);
  if (participant === undefined || participant.leftAt !== null) return refuse('NOT_A_PARTICIPANT', 'You are not in this session.');
  return participant;
}

/** Refuses with NOT_A_PARTICIPANT or NOT_A_FACILITATOR. */
export function getFacilitator(state: SessionAggregate, participantId: string): Participant {
  const participant = getPresent(state, participantId);
  if (participant.facilitatorRank === null) refuse('NOT_A_FACILITATOR', 'Only a facilitator may do this.');
  return participant;
}

/** Somebody whom a facilitator names. Refuses with PARTICIPANT_NOT_FOUND. */
export function getNamed(state: SessionAggregate, participantId: string): Participant {
  const named = state.participants.find((candidate) => candidate.id === participantId && candidate.leftAt === null);
  return named ?? refuse('PARTICIPANT_NOT_FOUND', 'Nobody in this session has that id.');
}

/** Whom the identity provider says created the session, also after they have left; undefined where there is no provider. */
export function ownerOf({ session: { ownerSubject }, participants }: SessionAggregate): Participant | undefined {
  if (ownerSubject === null) return undefined;
  // Rows from before subjects were kept have none: there the first participant is the creator.
  return participants.find(({ subject }) => subject === ownerSubject) ?? participants[0];
}

/** Refuses with SESSION_CLOSED. */
export function requireOpen(state: SessionAggregate): void {
  if (state.session.state === 'CLOSED') refuse('SESSION_CLOSED', 'The session is closed.');
}

/** Refuses with ITEM_NOT_FOUND. */
export function getItem(state: SessionAggregate, itemId: string): Item {
  return state.items.get(itemId) ?? refuse('ITEM_NOT_FOUND', 'The queue has no such item.');
}

/** Refuses with ROUND_NOT_FOUND. */
export function getRound(state: SessionAggregate, roundId: string): Round {
  return state.rounds.find((round) => round.id === roundId) ?? refuse('ROUND_NOT_FOUND', 'The session has no such round.');
}

/** The round that is open, or revealed and not yet settled. */
export function findCurrentRound(state: SessionAggregate): Round | undefined {
  return state.rounds.findLast((round) => round.state === 'OPEN' || round.state === 'REVEALED');
}

/** Those in the session now who hold the facilitation, in the order of succession. */
export function facilitatorsOf(state: SessionAggregate): readonly Participant[] {
  return state.participants
    .filter((participant) => participant.facilitatorRank !== null && participant.leftAt === null)
    .sort((one, other) => (one.facilitatorRank ?? 0) - (other.facilitatorRank ?? 0));
}
