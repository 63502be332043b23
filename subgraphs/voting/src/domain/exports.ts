import { html, type Markup, markdown, mrkdwn } from './export-markups.ts';
import { type Exported, type ExportRow, findVoters, toClock, toExportRows, toTotalText, toTrackLabels } from './export-rows.ts';
import { createSay, type ExportLanguage, type Say } from './export-words.ts';
import type { Report } from './report.ts';

/** U+FEFF: without it Excel reads the file in the code page of the machine. */
const byteOrderMark = '\ufeff';

/** What separates columns where the language is at home: Excel there opens a file with commas as one column. */
const separators: Readonly<Record<ExportLanguage, ',' | ';'>> = { EN: ',', RU: ';', DE: ';' };

/** The report as CSV (RFC 4180, with a header line and a byte order mark). A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function toCsv(exported: Exported, language: ExportLanguage): string {
  const say = createSay(language);
  const header = [
    ...(['item', 'title', 'link', 'state'] as const).map((column) => say(`column.${column}`)),
    ...toTrackLabels(exported, say),
    ...(['origin', 'reason', 'rounds', 'duration', 'voted', 'consensus', 'jira', 'settledAt', 'decision', 'notes'] as const).map((column) =>
      say(`column.${column}`),
    ),
    ...findVoters(exported).map(({ name }) => say('column.vote', { name })),
  ];
  const lines = toExportRows(exported, say).map((row) => [
    ...[row.name, row.title, row.url, row.state, ...row.estimates, row.origin, row.reason],
    ...[row.rounds, row.duration, row.turnout, row.consensus, row.jira, row.settledAt?.toISOString() ?? null],
    ...[row.decision, row.notes.join('; '), ...row.cards],
  ]);
  const page = [header, ...lines].map((cells) => cells.map(toCsvCell).join(separators[language])).join('\r\n');
  return `${byteOrderMark}${page}\r\n`;
}

/** The report as a Markdown page with a table. */
export function toMarkdown(exported: Exported, language: ExportLanguage): string {
  return toPage(exported, language, { markup: markdown, hasTable: true });
}

/** The report as a message in Slack's mrkdwn, which knows no tables. */
export function toSlack(exported: Exported, language: ExportLanguage): string {
  return toPage(exported, language, { markup: mrkdwn, hasTable: false });
}

/** The report as HTML for a clipboard, with a table for Confluence, or without one for chats. */
export function toHtml(exported: Exported, language: ExportLanguage, hasTable: boolean): string {
  return toPage(exported, language, { markup: html, hasTable });
}

interface Layout {
  readonly markup: Markup;
  readonly hasTable: boolean;
}

function toPage(exported: Exported, language: ExportLanguage, { markup, hasTable }: Layout): string {
  const say = createSay(language);
  const writing: Writing = { markup, say, labels: toTrackLabels(exported, say) };
  const rows = toExportRows(exported, say);
  const { state, report } = exported;
  const voters = report.participants.map(({ participant, roundCount }) => `${participant.name} ${roundCount}`);
  const items = hasTable ? toTable(rows, writing) : markup.list(rows.map((row) => toLine(row, writing)));
  return [
    markup.heading(markup.text(state.session.title)),
    markup.paragraph(markup.text(toSummary(report, language, writing))),
    markup.paragraph(markup.text(say('voters', { names: voters.join(', ') }))),
    ...(rows.length === 0 ? [] : [items]),
    ...rows.flatMap((row) => toWords(row, markup)),
    '',
  ]
    .join(markup.gap)
    .trimEnd()
    .concat('\n');
}

interface Writing {
  readonly markup: Markup;
  readonly say: Say;
  /** Of the tracks. */
  readonly labels: readonly string[];
}

function toSummary(report: Report, language: ExportLanguage, { say, labels }: Writing): string {
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const totals = report.totals.map((total, index) => `${labels[index]}: ${toTotalText(total)}`).join(', ');
  const done = say('estimated', { done: report.counts.ESTIMATED, count: report.rows.length });
  const agreed = report.consensusShare === null ? '' : ` ${say('agreed', { share: percent.format(report.consensusShare) })}.`;
  return `${done} ${say('inRounds', { count: report.roundCount })}, ${toClock(report.durationSeconds)}. ${totals}.${agreed}`;
}

function toTable(rows: readonly ExportRow[], { markup, say, labels }: Writing): string {
  const header = [say('column.item'), say('column.state'), ...labels];
  return markup.table(
    [...header, ...(['rounds', 'voted', 'consensus', 'jira'] as const).map((column) => say(`column.${column}`))].map(markup.text),
    rows.map((row) => [
      toName(row, markup),
      ...[row.origin === null || row.isVoted ? row.state : row.origin, ...row.estimates].map((cell) => markup.text(cell ?? '')),
      ...[String(row.rounds), row.turnout, row.consensus, row.jira].map((cell) => markup.text(cell ?? '')),
    ]),
  );
}

/** An item as a line of a list: its estimate, or its state without one. */
function toLine(row: ExportRow, { markup, say, labels }: Writing): string {
  const estimates = row.estimates.flatMap((label, track) =>
    label === null ? [] : [labels.length > 1 ? `${labels[track]} ${label}` : label],
  );
  const result = estimates.length === 0 ? markup.text(row.state) : markup.strong(markup.text(estimates.join(', ')));
  const turnout = row.turnout === null ? '' : ` (${markup.text(`${say('column.voted')}: ${row.turnout}`)})`;
  return `${toName(row, markup)}: ${result}${turnout}`;
}

function toName({ name, url, summary }: ExportRow, markup: Markup): string {
  const marked = markup.text(name);
  const linked = url === null ? marked : markup.link(url, marked);
  return summary === null ? linked : `${linked} ${markup.text(summary)}`;
}

/** What was decided on an item and what people wrote; nothing when there are no words. */
function toWords({ name, decision, notes }: ExportRow, markup: Markup): readonly string[] {
  if (decision === null && notes.length === 0) return [];
  const marked = markup.strong(markup.text(name));
  const list = notes.length === 0 ? [] : [markup.list(notes.map(markup.text))];
  return [markup.paragraph(decision === null ? marked : `${marked}: ${markup.text(decision)}`), ...list];
}

function toCsvCell(cell: string | number | null): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  // https://owasp.org/www-community/attacks/CSV_Injection: also where ; separates, and with the wide forms of these marks.
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
