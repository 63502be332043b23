import type { SessionAggregate } from './model.ts';
import type { Report, ReportRow } from './report.ts';

/** The report as CSV (RFC 4180, with a header line). A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function toCsv(state: SessionAggregate, report: Report): string {
  const header = ['item', 'state', ...state.session.tracks.map((track) => track.id), 'rounds', 'seconds', 'consensus', 'settledAt'];
  const lines = report.rows.map((row) => [
    nameOf(row),
    row.item.state,
    ...row.estimates,
    row.roundCount,
    row.seconds,
    row.hadConsensus,
    row.settledAt?.toISOString() ?? null,
  ]);
  return [header, ...lines]
    .map((cells) => cells.map(toCsvCell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** The report as a Markdown page with a table. */
export function toMarkdown(state: SessionAggregate, report: Report): string {
  const { title, tracks } = state.session;
  const header = ['Item', 'State', ...tracks.map((track) => track.label), 'Rounds', 'Consensus'];
  const rows = report.rows.map((row) => [
    nameOf(row),
    row.item.state,
    ...row.estimates,
    row.roundCount,
    row.hadConsensus === null ? '' : row.hadConsensus ? 'yes' : 'no',
  ]);
  const totals = report.totals.map(({ track, total }) => `${tracks.find((candidate) => candidate.id === track)?.label ?? track}: ${total}`);
  const voters = report.participants.map(({ participant, roundCount }) => `${toMarkdownText(participant.name)} ${roundCount}`);
  return [
    `# ${toMarkdownText(title)}`,
    '',
    `${report.counts.ESTIMATED} of ${report.rows.length} items estimated in ${report.roundCount} rounds, ${Math.ceil(report.durationSeconds / 60)} min. ${totals.join(', ')}.`,
    '',
    `Voted in rounds: ${voters.join(', ')}.`,
    '',
    ...[header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.map(toMarkdownText).join(' | ')} |`),
    '',
  ].join('\n');
}

type Cell = string | number | boolean | null;

function nameOf({ item }: ReportRow): string {
  return item.issueKey ?? item.topic ?? '';
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
