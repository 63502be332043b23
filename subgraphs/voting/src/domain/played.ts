import { grouped } from './grouped.ts';
import type { Estimate, Participant, Round, SessionAggregate, Vote } from './model.ts';

/** A session's rows by what they belong to, each list in its own order. */
export interface Played {
  readonly participantOf: (id: string) => Participant | undefined;
  readonly roundOf: (id: string) => Round | undefined;
  readonly roundsOf: (itemId: string) => readonly Round[];
  readonly estimatesOf: (itemId: string) => readonly Estimate[];
  readonly estimatesIn: (roundId: string) => readonly Estimate[];
  readonly votesIn: (roundId: string) => readonly Vote[];
}

/**
 * For who asks for the rows of many items or rounds: looking through all rounds for each item costs their product, and a queue of 5000 items held up
 * the whole service.
 */
export function toPlayed(state: SessionAggregate, votes: readonly Vote[] = []): Played {
  const participants = grouped(state.participants, ({ id }) => id);
  const rounds = grouped(state.rounds, ({ id }) => id);
  return {
    participantOf: (id) => participants(id)[0],
    roundOf: (id) => rounds(id)[0],
    roundsOf: grouped(state.rounds, ({ itemId }) => itemId),
    estimatesOf: grouped(state.estimates, ({ itemId }) => itemId),
    estimatesIn: grouped(state.estimates, ({ roundId }) => roundId),
    votesIn: grouped(votes, ({ roundId }) => roundId),
  };
}
