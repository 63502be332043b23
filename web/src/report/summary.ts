import type { ReportQuery } from '../generated/graph.ts';

export type ReportSession = NonNullable<ReportQuery['session']>;
export type ReportItem = ReportSession['items'][number];

/** A session in numbers. */
export interface Summary {
  readonly items: number;
  readonly estimated: number;
  readonly rounds: number;
  readonly votes: number;
  /** The share of revealed rounds in which all agreed, 0 to 1; null when none was revealed. */
  readonly consensus: number | null;
  /** The sum of estimates by track id, in the session's order of tracks. */
  readonly totals: readonly { readonly track: string; readonly label: string; readonly total: number }[];
  /** How many items got which estimate, ascending. */
  readonly spread: readonly { readonly value: number; readonly count: number }[];
}

export function toSummary(session: ReportSession): Summary {
  const rounds = session.items.flatMap((item) => item.rounds);
  const revealed = rounds.filter((round) => round.results.length > 0);
  const agreed = revealed.filter((round) => round.results.every((result) => result.hasConsensus));
  const estimates = session.items.filter((item) => item.state === 'ESTIMATED').flatMap((item) => item.estimates);
  const counts = new Map<number, number>();
  for (const { value } of estimates) counts.set(value, (counts.get(value) ?? 0) + 1);
  return {
    items: session.items.length,
    estimated: session.items.filter((item) => item.state === 'ESTIMATED').length,
    rounds: rounds.length,
    votes: rounds.reduce((sum, round) => sum + round.votes.length, 0),
    consensus: revealed.length === 0 ? null : agreed.length / revealed.length,
    totals: session.tracks.map(({ id, label }) => ({
      track: id,
      label,
      total: estimates.filter((estimate) => estimate.track === id).reduce((sum, { value }) => sum + value, 0),
    })),
    spread: [...counts].map(([value, count]) => ({ value, count })).sort((one, other) => one.value - other.value),
  };
}

/** How people call an item: its key and summary, or its topic. */
export function toItemName(item: ReportItem): string {
  return item.issue ? `${item.issue.key} ${item.issue.summary}` : (item.topic ?? '');
}
