import { getFacilitator, getPresent, getRound } from './access.ts';
import { refuse } from './errors.ts';
import type { Participant, SessionAggregate, Vote } from './model.ts';
import { hasFinished, requireRunning } from './rounds.ts';

export type ReactionKind = 'AGREE' | 'APPLAUD' | 'CELEBRATE' | 'LAUGH' | 'LOVE' | 'THINK';

/** What people do to each other beside the estimating. It is told to whoever follows at that moment, and kept nowhere. */
export type Signal =
  | { readonly kind: 'nudge'; readonly by: string; readonly participantIds: readonly string[] }
  | { readonly kind: 'reaction'; readonly by: string; readonly reaction: ReactionKind };

export interface Nudging {
  readonly roundId: string;
  /** Null: everybody whose vote is missing. */
  readonly participantId?: string | null | undefined;
}

/**
 * Whom somebody may ask to vote: those of the roster who are in the session, and whose vote is missing. For facilitators, and for those of the
 * roster who have voted themselves.
 * Refuses with NOT_A_PARTICIPANT, NOT_A_FACILITATOR, SESSION_CLOSED, SESSION_PAUSED, ROUND_NOT_FOUND, ROUND_NOT_OPEN, PARTICIPANT_NOT_FOUND.
 */
export function findSilent(state: SessionAggregate, votes: readonly Vote[], actorId: string, nudging: Nudging): readonly Participant[] {
  const actor = getPresent(state, actorId);
  requireRunning(state);
  const round = getRound(state, nudging.roundId);
  if (round.state !== 'OPEN') refuse('ROUND_NOT_OPEN', `The round is ${round.state}: nobody is waited for.`, { state: round.state });
  const isDone = hasFinished(state, round, votes);
  if (!round.roster.includes(actorId) || !isDone(actor)) getFacilitator(state, actorId);
  const awaited = state.participants.filter(({ id, leftAt }) => leftAt === null && round.roster.includes(id));
  const named = nudging.participantId == null ? awaited : awaited.filter(({ id }) => id === nudging.participantId);
  if (nudging.participantId != null && named.length === 0) refuse('PARTICIPANT_NOT_FOUND', 'Nobody who votes in this round has that id.');
  return named.filter((participant) => participant.id !== actorId && !isDone(participant));
}
