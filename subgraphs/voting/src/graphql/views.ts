import type { Described } from '../domain/export-rows.ts';
import type { Item, Participant, Round, SessionAggregate, SessionEvent, Vote, Wording } from '../domain/model.ts';
import type { Played } from '../domain/played.ts';
import type { Sightings } from '../domain/presence.ts';
import type { Report } from '../domain/report.ts';
import type { Result } from '../domain/results.ts';

// What resolvers pass on: a row, together with the one state it was read in, so that an answer never mixes two moments.

export interface SessionView {
  readonly state: SessionAggregate;
  /** Its rows by what they belong to, without votes. */
  readonly played: Omit<Played, 'votesIn'>;
  /** A round's votes, cards included: only for resolvers that ask for the round's state first. */
  readonly votesOf: (roundId: string) => Promise<readonly Vote[]>;
  /** Who was there when: of about the same moment. */
  readonly sightings: () => Promise<Sightings>;
}

export interface ParticipantView {
  readonly session: SessionView;
  readonly participant: Participant;
}

/** An issue is its key here; the rest is the jira subgraph's. */
export interface IssueView {
  readonly key: string;
  /** The key that it has now, where a field requires it. */
  readonly currentKey?: string;
  /** What the jira subgraph says of the text, where a field requires it. */
  readonly wording?: Wording;
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

export interface ReportView {
  readonly session: SessionView;
  readonly report: Report;
  /** Of every round; those of rounds that were not revealed go no further. */
  readonly votes: readonly Vote[];
  /** What Jira calls the issues, by key; asked once for all files of a report. */
  readonly issues: () => Promise<ReadonlyMap<string, Described>>;
}

export interface EventView {
  readonly session: SessionView;
  readonly event: SessionEvent;
}

/** A place as whoever holds its secret sees it. */
export interface PlaceView {
  readonly session: SessionView;
  /** Of a participant, or of somebody who waits to be let in. */
  readonly participantId: string;
}

/** Of every round, whether it was revealed or not. */
export async function findAllVotes({ state, votesOf }: SessionView): Promise<readonly Vote[]> {
  return (await Promise.all(state.rounds.map((round) => votesOf(round.id)))).flat();
}
