import type { Estimate, ItemState, Participant, RoundOrigin, SessionAggregate, Vote, WriteBackState } from './model.ts';
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

const states: Readonly<Record<ItemState, string>> = {
  PENDING: 'Waiting',
  VOTING: 'Being voted on',
  ESTIMATED: 'Estimated',
  SKIPPED: 'Skipped',
  DEFERRED: 'Deferred',
};

const origins: Readonly<Record<RoundOrigin, string>> = { VOTE: 'Vote', REVISION: 'Corrected', DIRECT: 'Without a vote' };

const writeBacks: Readonly<Record<WriteBackState, string>> = {
  PENDING: 'On its way',
  WRITTEN: 'Written',
  SUPERSEDED: 'Replaced',
  CONFLICT: 'Conflict',
  FAILED: 'Failed',
  NOT_NEEDED: 'Not for Jira',
};

/** U+FEFF: without it Excel reads the file in the code page of the machine. */
const byteOrderMark = '\ufeff';

/** The report as CSV (RFC 4180, with a header line and a byte order mark). A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function toCsv({ state, report, votes, issues }: Exported): string {
  const { tracks } = state.session;
  const voters = report.participants.filter(({ roundCount }) => roundCount > 0).map(({ participant }) => participant);
  const header = [
    ...['Item', 'Title', 'Link', 'State'],
    ...tracks.map((track) => track.label),
    ...['Estimated by', 'Reason', 'Rounds', 'Duration', 'Voted', 'Consensus', 'Jira', 'Settled at', 'Decision', 'Notes'],
    ...voters.map((voter) => `Vote: ${voter.name}`),
  ];
  const lines = report.rows.map((row) => {
    const settling = findSettling(state, row);
    const described = row.item.issueKey === null ? undefined : issues.get(row.item.issueKey);
    const cast = findLastVotes(state, row, votes);
    return [
      row.item.issueKey ?? row.item.topic,
      described?.summary ?? row.item.topic,
      described?.url ?? null,
      states[row.item.state],
      ...row.estimates.map((estimate) => estimate?.label ?? null),
      row.origin === null ? null : origins[row.origin],
      settling?.reason ?? null,
      row.roundCount,
      toClock(row.seconds),
      toTurnout(row),
      toYesNo(row.hadConsensus),
      [...new Set(toNewest(state, row).map((estimate) => writeBacks[estimate.state]))].join(', '),
      row.settledAt?.toISOString() ?? null,
      row.item.decision,
      toNotes(state, cast).join('; '),
      ...voters.map((voter) => toCards(state, cast, voter)),
    ];
  });
  const page = [header, ...lines].map((cells) => cells.map(toCsvCell).join(',')).join('\r\n');
  return `${byteOrderMark}${page}\r\n`;
}

/** The report as a Markdown page with a table. */
export function toMarkdown({ state, report, votes, issues }: Exported): string {
  const { title, tracks } = state.session;
  const header = ['Item', 'State', ...tracks.map((track) => toMarkdownText(track.label)), 'Rounds', 'Voted', 'Consensus'];
  const rows = report.rows.map((row) => {
    const described = row.item.issueKey === null ? undefined : issues.get(row.item.issueKey);
    const state = row.origin === null || row.origin === 'VOTE' ? states[row.item.state] : origins[row.origin];
    return [
      toMarkdownName(row, described),
      ...[
        state,
        ...row.estimates.map((estimate) => estimate?.label ?? null),
        row.roundCount,
        toTurnout(row),
        toYesNo(row.hadConsensus),
      ].map(toMarkdownText),
    ];
  });
  const totals = report.totals.map(
    (total) => `${toMarkdownText(tracks.find((candidate) => candidate.id === total.track)?.label ?? total.track)}: ${toTotalText(total)}`,
  );
  const voters = report.participants.map(({ participant, roundCount }) => `${toMarkdownText(participant.name)} ${roundCount}`);
  return [
    `# ${toMarkdownText(title)}`,
    '',
    `${report.counts.ESTIMATED} of ${report.rows.length} items estimated in ${report.roundCount} rounds, ${toClock(report.durationSeconds)}. ${totals.join(', ')}.`,
    '',
    `Voted in rounds: ${voters.join(', ')}.`,
    '',
    ...[header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...report.rows.flatMap((row) => toMarkdownWords(row, toNotes(state, findLastVotes(state, row, votes)))),
  ].join('\n');
}

type Cell = string | number | null;

function toMarkdownName({ item }: ReportRow, described: Described | undefined): string {
  const name = toMarkdownText(item.issueKey ?? item.topic);
  return described === undefined ? name : `[${name}](${encodeURI(described.url)}) ${toMarkdownText(described.summary)}`;
}

function toTotalText({ total, labels }: TrackTotal): string {
  return total === null ? labels.map(({ label, count }) => `${count} × ${label}`).join(' ') : String(total);
}

function findSettling(state: SessionAggregate, { item }: ReportRow) {
  const last = state.estimates.findLast((estimate) => estimate.itemId === item.id);
  return state.rounds.find((round) => round.id === last?.roundId);
}

function toNewest(state: SessionAggregate, { item }: ReportRow): readonly Estimate[] {
  return state.session.tracks.flatMap(
    ({ id }) => state.estimates.findLast((estimate) => estimate.itemId === item.id && estimate.track === id) ?? [],
  );
}

/** Of the item's last revealed round. */
function findLastVotes(state: SessionAggregate, { item }: ReportRow, votes: readonly Vote[]): readonly Vote[] {
  const last = state.rounds.findLast((round) => round.itemId === item.id && round.revealedAt !== null);
  return last === undefined ? [] : votes.filter((vote) => vote.roundId === last.id);
}

function toCards(state: SessionAggregate, votes: readonly Vote[], voter: Participant): string | null {
  const cards = state.session.tracks.flatMap(
    (track) => votes.find((vote) => vote.participantId === voter.id && vote.track === track.id)?.card ?? [],
  );
  return cards.length === 0 ? null : cards.join(' / ');
}

/** What people wrote with their votes, in the order of joining. */
function toNotes(state: SessionAggregate, votes: readonly Vote[]): readonly string[] {
  return state.participants.flatMap(({ id, name }) =>
    votes.flatMap(({ participantId, card, note }) => (participantId === id && note !== null ? [`${name} (${card}): ${note}`] : [])),
  );
}

/** What was decided on an item and what people wrote; nothing when there are no words. */
function toMarkdownWords({ item }: ReportRow, notes: readonly string[]): readonly string[] {
  const decision = item.decision || null;
  if (decision === null && notes.length === 0) return [];
  const name = `**${toMarkdownText(item.issueKey ?? item.topic)}**`;
  const list = notes.map((note) => `- ${toMarkdownText(note)}`);
  return [decision === null ? name : `${name}: ${toMarkdownText(decision)}`, '', ...(list.length === 0 ? [] : [...list, ''])];
}

function toTurnout({ votedCount, voterCount }: ReportRow): string | null {
  return votedCount === null || voterCount === null ? null : `${votedCount} of ${voterCount}`;
}

function toYesNo(claim: boolean | null): string | null {
  return claim === null ? null : claim ? 'yes' : 'no';
}

/** Seconds as h:mm:ss. */
function toClock(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}

function toCsvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  // https://owasp.org/www-community/attacks/CSV_Injection: also where ; separates, and with the wide forms of these marks.
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function toMarkdownText(cell: Cell): string {
  return String(cell ?? '').replace(/[\\`*_{}[\]<>#|!]/g, (mark) => `\\${mark}`);
}
