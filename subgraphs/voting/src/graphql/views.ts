import type { Item, Round, SessionEvent, SessionState, Vote } from '../domain/model.ts';
import type { Result } from '../domain/results.ts';

// What resolvers pass on: a row, together with the one state it was read in, so that an answer never mixes two moments.

export interface SessionView {
  readonly state: SessionState;
  /** A round's votes, cards included: only for resolvers that ask for the round's state first. */
  readonly votesOf: (roundId: string) => Promise<readonly Vote[]>;
}

export interface ItemView {
  readonly session: SessionView;
  readonly item: Item;
}

export interface RoundView {
  readonly session: SessionView;
  readonly round: Round;
}

export interface VoteView {
  readonly round: RoundView;
  readonly vote: Vote;
}

export interface ResultView {
  readonly session: SessionView;
  readonly result: Result;
}

export interface EventView {
  readonly session: SessionView;
  readonly event: SessionEvent;
}
