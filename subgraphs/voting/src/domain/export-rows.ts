import type { Say } from './export-words.ts';
import type { Estimate, Participant, SessionAggregate, Vote } from './model.ts';
import { type Played, toPlayed } from './played.ts';
import type { Report, ReportRow, TrackTotal } from './report.ts';

/** What Jira says of an issue: absent for a topic, and while Jira does not answer. */
export interface Described {
  readonly summary: string;
  readonly url: string;
}

export interface Exported {
  readonly state: SessionAggregate;
  readonly report: Report;
  /** Of all rounds; those of rounds that were not revealed stay out. */
  readonly votes: readonly Vote[];
  /** By issue key. */
  readonly issues: ReadonlyMap<string, Described>;
}

/** An item as people read it, in one language; escaped for nothing yet. */
export interface ExportRow {
  /** The issue's key, or the topic. */
  readonly name: string;
  /** What Jira calls it, or the topic; null while Jira does not answer. */
  readonly title: string | null;
  /** Null for a topic, and while Jira does not answer. */
  readonly summary: string | null;
  readonly url: string | null;
  readonly state: string;
  /** How the estimate came about; null without one. */
  readonly origin: string | null;
  /** Whether it was a vote; false without an estimate. */
  readonly isVoted: boolean;
  readonly reason: string | null;
  /** By track. */
  readonly estimates: readonly (string | null)[];
  readonly rounds: number;
  readonly duration: string;
  readonly turnout: string | null;
  readonly consensus: string | null;
  readonly jira: string;
  readonly settledAt: Date | null;
  readonly decision: string | null;
  /** What people wrote with their votes. */
  readonly notes: readonly string[];
  /** By voter, see `findVoters`. */
  readonly cards: readonly (string | null)[];
}

/** Whoever voted in a round that was revealed, in the order of joining. */
export function findVoters({ report }: Exported): readonly Participant[] {
  return report.participants.filter(({ roundCount }) => roundCount > 0).map(({ participant }) => participant);
}

/** The queue as people read it, in its order. */
export function toExportRows(exported: Exported, say: Say): readonly ExportRow[] {
  const { state, report, votes, issues } = exported;
  const voters = findVoters(exported);
  const played = toPlayed(state, votes);
  return report.rows.map((row) => {
    const described = row.item.issueKey === null ? undefined : issues.get(row.item.issueKey);
    const cast = Map.groupBy(findLastVotes(played, row), ({ participantId }) => participantId);
    return {
      name: row.item.issueKey ?? row.item.topic ?? '',
      title: described?.summary ?? row.item.topic,
      summary: described?.summary ?? null,
      url: described !== undefined && isPage(described.url) ? described.url : null,
      state: say(`state.${row.item.state}`),
      origin: row.origin === null ? null : say(`origin.${row.origin}`),
      isVoted: row.origin === 'VOTE',
      reason: findSettling(played, row)?.reason ?? null,
      estimates: row.estimates.map((estimate) => estimate?.label ?? null),
      rounds: row.roundCount,
      duration: toClock(row.seconds),
      turnout:
        row.votedCount === null || row.voterCount === null ? null : say('turnout', { voted: row.votedCount, voters: row.voterCount }),
      consensus: row.hadConsensus === null ? null : say(row.hadConsensus ? 'yes' : 'no'),
      jira: [...new Set(toNewest(state, played, row).map((estimate) => say(`writeBack.${estimate.state}`)))].join(', '),
      settledAt: row.settledAt,
      decision: row.item.decision || null,
      notes: toNotes(state, cast),
      cards: voters.map((voter) => toCards(state, cast.get(voter.id) ?? [])),
    };
  });
}

/** What the tracks are called; the only track of a session that named none, in the language. */
export function toTrackLabels({ state }: Exported, say: Say): readonly string[] {
  return state.session.tracks.map(({ id, label }) => (id === 'estimate' && label === 'Estimate' ? say('column.estimate') : label));
}

/** A track's total: the sum, or how often each size was settled. */
export function toTotalText({ total, labels }: TrackTotal): string {
  return total === null ? labels.map(({ label, count }) => `${count} × ${label}`).join(' ') : String(total);
}

/** Seconds as h:mm:ss. */
export function toClock(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}

/** Only what a browser opens as a page is a link in a page that people pass on. */
function isPage(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function findSettling({ estimatesOf, roundOf }: Played, { item }: ReportRow) {
  const last = estimatesOf(item.id).at(-1);
  return last === undefined ? undefined : roundOf(last.roundId);
}

function toNewest({ session }: SessionAggregate, { estimatesOf }: Played, { item }: ReportRow): readonly Estimate[] {
  return session.tracks.flatMap(({ id }) => estimatesOf(item.id).findLast(({ track }) => track === id) ?? []);
}

/** Of the item's last revealed round. */
function findLastVotes({ roundsOf, votesIn }: Played, { item }: ReportRow): readonly Vote[] {
  const last = roundsOf(item.id).findLast(({ revealedAt }) => revealedAt !== null);
  return last === undefined ? [] : votesIn(last.id);
}

function toCards({ session }: SessionAggregate, votes: readonly Vote[]): string | null {
  const cards = session.tracks.flatMap(({ id }) => votes.find(({ track }) => track === id)?.card ?? []);
  return cards.length === 0 ? null : cards.join(' / ');
}

/** What people wrote with their votes, in the order of joining. */
function toNotes({ participants }: SessionAggregate, votesBy: ReadonlyMap<string, readonly Vote[]>): readonly string[] {
  return participants.flatMap(({ id, name }) =>
    (votesBy.get(id) ?? []).flatMap(({ card, note }) => (note === null ? [] : [`${name} (${card}): ${note}`])),
  );
}
