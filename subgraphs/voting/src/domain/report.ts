import { isNumeric } from './decks.ts';
import { sum } from './figures.ts';
import type { Deck, Estimate, Item, ItemState, Participant, Round, RoundOrigin, SessionAggregate, Vote } from './model.ts';
import { type Played, toPlayed } from './played.ts';
import { type Result, toResult } from './results.ts';
import { countVoters } from './tracks.ts';

/** One row of a session's report: an item with what was agreed on it. */
export interface ReportRow {
  readonly item: Item;
  readonly roundCount: number;
  /** How long rounds were open on it, in seconds. */
  readonly seconds: number;
  /** By track, in the session's order; null where nothing was settled. */
  readonly estimates: readonly (ReportedEstimate | null)[];
  /** How the estimate came about; null without one. */
  readonly origin: RoundOrigin | null;
  /** Of the last revealed round: how many voted, and how many could; null when none was revealed. */
  readonly votedCount: number | null;
  readonly voterCount: number | null;
  /** True when the last revealed round agreed in every track that was voted in, and what was settled is what it agreed on; null when none was revealed. */
  readonly hadConsensus: boolean | null;
  readonly settledAt: Date | null;
}

export interface ReportedEstimate {
  readonly value: number;
  readonly label: string;
  /** Whether its value adds up with others: not that of a ready-made size. */
  readonly isNumeric: boolean;
}

export interface TrackTotal {
  readonly track: string;
  /** Null when sizes were settled, and nothing that adds up. */
  readonly total: number | null;
  /** How often each label was settled, the smallest first. */
  readonly labels: readonly { readonly label: string; readonly count: number }[];
}

export interface DaySummary {
  /** ISO date in UTC. */
  readonly date: string;
  readonly itemCount: number;
  readonly totals: readonly TrackTotal[];
}

/** A session in figures. Only settled values and revealed votes go in: it may be read while a round is open. */
export interface Report {
  readonly rows: readonly ReportRow[];
  readonly counts: Readonly<Record<ItemState, number>>;
  readonly roundCount: number;
  readonly voteCount: number;
  /** The share of revealed items that agreed, 0 to 1; null when none was revealed. */
  readonly consensusShare: number | null;
  readonly totals: readonly TrackTotal[];
  /** From the first round's start to the last reveal or settlement, in seconds. */
  readonly durationSeconds: number;
  /** By the day of settlement, the first day first. */
  readonly days: readonly DaySummary[];
  /** Everybody, in the order of joining, with the number of revealed rounds they voted in. */
  readonly participants: readonly { readonly participant: Participant; readonly roundCount: number }[];
}

export function toReport(state: SessionAggregate, votes: readonly Vote[]): Report {
  const played = toPlayed(state, votes);
  const rows = state.items.map((item) => toRow(state, item, played));
  const revealed = state.rounds.filter((round) => round.revealedAt !== null);
  const judged = rows.filter((row) => row.hadConsensus !== null);
  const counts = { PENDING: 0, VOTING: 0, ESTIMATED: 0, SKIPPED: 0, DEFERRED: 0 };
  for (const { item } of rows) counts[item.state] += 1;
  const settled = rows.filter((row) => row.settledAt !== null);
  const isRevealed = new Set(revealed.map((round) => round.id));
  const shown = votes.filter((vote) => isRevealed.has(vote.roundId));
  const roundsOf = new Map<string, Set<string>>();
  for (const { participantId, roundId } of shown) roundsOf.set(participantId, (roundsOf.get(participantId) ?? new Set()).add(roundId));
  const byDay = Map.groupBy(settled, (row) => row.settledAt?.toISOString().slice(0, 10) ?? '');
  return {
    rows,
    counts,
    roundCount: state.rounds.filter((round) => round.origin === 'VOTE').length,
    voteCount: shown.length,
    consensusShare: judged.length === 0 ? null : judged.filter((row) => row.hadConsensus).length / judged.length,
    totals: toTotals(state, rows),
    durationSeconds: toDuration(state.rounds),
    participants: state.participants.map((participant) => ({ participant, roundCount: roundsOf.get(participant.id)?.size ?? 0 })),
    days: [...byDay].sort().map(([date, ofDay]) => ({ date, itemCount: ofDay.length, totals: toTotals(state, ofDay) })),
  };
}

function toRow(state: SessionAggregate, item: Item, { roundOf, roundsOf, estimatesOf, votesIn }: Played): ReportRow {
  const rounds = roundsOf(item.id).filter(({ origin }) => origin === 'VOTE');
  const estimates = estimatesOf(item.id);
  const lastRevealed = rounds.findLast((round) => round.revealedAt !== null);
  const votes = lastRevealed === undefined ? [] : votesIn(lastRevealed.id);
  const newest = state.session.tracks.map((track) => estimates.findLast((estimate) => estimate.track === track.id));
  const lastEstimate = estimates.at(-1);
  return {
    item,
    roundCount: rounds.length,
    seconds: rounds.reduce((total, round) => total + ((round.revealedAt ?? round.openedAt).getTime() - round.openedAt.getTime()) / 1000, 0),
    estimates: newest.map((estimate) => (estimate === undefined ? null : toReported(estimate, roundOf(estimate.roundId)?.deck))),
    origin: (lastEstimate === undefined ? undefined : roundOf(lastEstimate.roundId))?.origin ?? null,
    votedCount: lastRevealed === undefined ? null : new Set(votes.map((vote) => vote.participantId)).size,
    voterCount: lastRevealed?.roster.length ?? null,
    hadConsensus: lastRevealed === undefined ? null : agreed(state, lastRevealed, { votes, estimates: newest }),
    settledAt: lastEstimate?.settledAt ?? null,
  };
}

function toReported({ value, label }: Estimate, deck: Deck | undefined): ReportedEstimate {
  return { value, label: label || String(value), isNumeric: deck === undefined || isNumeric(deck) };
}

interface Judged {
  readonly votes: readonly Vote[];
  /** The newest of each track. */
  readonly estimates: readonly (Estimate | undefined)[];
}

/** Whether a round agreed in every track that was voted in, on what was settled if anything was. */
function agreed(state: SessionAggregate, round: Round, { votes, estimates }: Judged): boolean {
  const results = state.session.tracks.map(({ id }): Result => toResult(round, { track: id, size: countVoters(state, round, id) }, votes));
  const voted = results.filter((result) => result.distribution.length > 0);
  const isSettledAs = (result: Result) => {
    const settled = estimates.find((estimate) => estimate?.track === result.track);
    return settled === undefined || settled.value === result.min;
  };
  return voted.length > 0 && voted.every((result) => result.hasConsensus && isSettledAs(result));
}

function toTotals(state: SessionAggregate, rows: readonly ReportRow[]): readonly TrackTotal[] {
  return state.session.tracks.map((track, index) => {
    const settled = rows.flatMap((row) => row.estimates[index] ?? []);
    const numbers = settled.filter((estimate) => estimate.isNumeric).map((estimate) => estimate.value);
    const byLabel = Map.groupBy(
      settled.toSorted((one, other) => one.value - other.value),
      (estimate) => estimate.label,
    );
    return {
      track: track.id,
      total: settled.length > 0 && numbers.length === 0 ? null : sum(numbers),
      labels: [...byLabel].map(([label, ofLabel]) => ({ label, count: ofLabel.length })),
    };
  });
}

function toDuration(rounds: readonly Round[]): number {
  const starts = rounds.map((round) => round.openedAt.getTime());
  const ends = rounds.map((round) => (round.settledAt ?? round.revealedAt ?? round.openedAt).getTime());
  return rounds.length === 0 ? 0 : (Math.max(...ends) - Math.min(...starts)) / 1000;
}
