import type { FindType } from './file-kinds.ts';
import { escapeHtml } from './html.ts';
import type { Description } from './issue.ts';
import type { Files, FindPicture } from './pictures.ts';
import { renderInline } from './wiki-inline.ts';
import { isTableRow, renderList, renderTable, toListItem } from './wiki-lists.ts';

/**
 * Data Center's wiki text as plain text and as safe HTML; null when there is none. Pictures are those that `findPicture` knows; other files are
 * called by their kind. What it does not know stays text, escaped.
 * https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
export function renderWiki(
  wiki: unknown,
  findPicture: FindPicture = () => undefined,
  findType: FindType = () => undefined,
): Description | null {
  if (typeof wiki !== 'string') return null;
  const given = wiki.replaceAll(keptSign, '').replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const blocks = toBlocks(given, { findPicture, findType });
  const text = blocks.map((block) => block.text).join('\n\n');
  return text === '' ? null : { text, html: blocks.map(({ html }) => html).join('') };
}

/** Stands around the number of a macro that is kept for its table cell: a noncharacter, which no text may hold. */
const keptSign = '\ufdd0';
/** What a row is searched backwards for its beginning. */
const longestRow = 5_000;
const keptForm = /\ufdd0(\d+)\ufdd0/g;

/**
 * Panels, quotes and code are macros around text; their insides are blocks again, but for code, in which nothing is markup. None stands in one of its
 * own name: that would close it. So it goes as deep as there are names.
 */
function toBlocks(wiki: string, files: Files): readonly Description[] {
  const opening = /(?<!\\)\{(code|noformat|panel|quote|info|note|tip|warning)(?::([^}\n]{0,300}))?\}/g;
  const blocks: Description[] = [];
  // A macro in a row of a table belongs to its cell, with all its bars and lines.
  const kept: string[] = [];
  const unclosed = new Set<string>();
  let between = '';
  let at = 0;
  const take = (to: number): void => {
    between += wiki.slice(at, to);
  };
  const flush = (): void => {
    blocks.push(...toTextBlocks(between, { files, renderCell }));
    between = '';
  };
  for (let found = opening.exec(wiki); found !== null; found = opening.exec(wiki)) {
    const [whole, name = '', parameters = ''] = found;
    const inside = found.index + whole.length;
    const end = unclosed.has(name) ? undefined : findClosing(wiki, name, inside);
    if (end === undefined) {
      unclosed.add(name);
      continue;
    }
    take(found.index);
    const after = end + name.length + 2;
    if (isInRow(between)) {
      between += `${keptSign}${kept.push(wiki.slice(found.index, after)) - 1}${keptSign}`;
    } else {
      flush();
      blocks.push(...toMacro(name, parameters, wiki.slice(inside, end)));
    }
    at = after;
    opening.lastIndex = at;
  }
  take(wiki.length);
  flush();
  return blocks;

  function renderCell(cell: string): Description {
    if (!cell.includes(keptSign)) return renderInline(cell, files);
    const inner = toBlocks(
      cell.replace(keptForm, (_, place: string) => kept[Number(place)] ?? ''),
      files,
    );
    return { text: inner.map(({ text }) => text).join('\n'), html: inner.map(({ html }) => html).join('') };
  }

  function toMacro(name: string, parameters: string, inner: string): readonly Description[] {
    const title = /(?:^|\|)title=([^|]*)/.exec(parameters)?.[1] ?? '';
    if (name === 'code' || name === 'noformat') {
      const code = inner.replace(/^[^\S\n]*\n|\n[^\S\n]*$/g, '');
      const shown = title === '' ? '' : `<p><strong>${escapeHtml(title)}</strong></p>`;
      return [{ text: title === '' ? code : `${title}\n${code}`, html: `${shown}<pre><code>${escapeHtml(code)}</code></pre>` }];
    }
    const heading = title || ({ info: 'Info', note: 'Note', tip: 'Tip', warning: 'Warning' }[name] ?? '');
    const content = toBlocks(inner, files);
    const text = [...(heading === '' ? [] : [heading]), ...content.map((block) => block.text)].join('\n\n');
    const shown = heading === '' ? '' : `<p><strong>${escapeHtml(heading)}</strong></p>`;
    return text === '' ? [] : [{ text, html: `<blockquote>${shown}${content.map(({ html }) => html).join('')}</blockquote>` }];
  }
}

/** Whether a text ends within a row of a table: one that its line does not close goes on in the next lines of text. */
function isInRow(text: string): boolean {
  for (let end = text.length, isLast = true; text.length - end < longestRow; isLast = false) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (!isLast && /\|\s*$/.test(line)) return false;
    if (/^\s*\|/.test(line)) return true;
    if (start === 0 || (toKind(line) !== 'text' && !(isLast && line.trim() === ''))) return false;
    end = start - 1;
  }
  return false;
}

/** Where `{name}` closes it; code in between may hold the same words. */
function findClosing(wiki: string, name: string, from: number): number | undefined {
  const isRaw = name === 'code' || name === 'noformat';
  const tag = isRaw
    ? new RegExp(`(?<!\\\\)\\{${name}\\}`, 'g')
    : new RegExp(`(?<!\\\\)\\{(${name}|code|noformat)(?::[^}\\n]{0,300})?\\}`, 'g');
  tag.lastIndex = from;
  for (let found = tag.exec(wiki); found !== null; found = tag.exec(wiki)) {
    const [, opened = name] = found;
    if (opened === name) return found.index;
    const skipped = findClosing(wiki, opened, tag.lastIndex);
    if (skipped !== undefined) tag.lastIndex = skipped + 1;
  }
  return undefined;
}

type LineKind = 'blank' | 'heading' | 'quote' | 'rule' | 'list' | 'table' | 'text';

function toKind(line: string): LineKind {
  if (line.trim() === '') return 'blank';
  if (/^\s*h[1-6]\.(?:\s|$)/.test(line)) return 'heading';
  if (/^\s*bq\.\s/.test(line)) return 'quote';
  if (/^\s*-{4,5}\s*$/.test(line)) return 'rule';
  if (toListItem(line) !== undefined) return 'list';
  return isTableRow(line) ? 'table' : 'text';
}

interface Renderers {
  readonly files: Files;
  readonly renderCell: (wiki: string) => Description;
}

/** Headings, lists, tables and paragraphs; each begins on a line of its own, without an empty one before. */
function toTextBlocks(wiki: string, renderers: Renderers): readonly Description[] {
  const blocks: Description[] = [];
  let lines: string[] = [];
  let kind: LineKind = 'blank';
  const flush = (): void => {
    blocks.push(renderBlock(kind, lines, renderers));
    lines = [];
  };
  for (const line of wiki.split('\n')) {
    const next = toKind(line);
    // A line of text goes on with the item, the row or the paragraph before it.
    const goesOn =
      next === kind
        ? next !== 'heading' && next !== 'quote' && next !== 'rule'
        : next === 'text' && (kind === 'list' || isOpenRow(kind, lines));
    if (!goesOn) {
      flush();
      kind = next;
    }
    lines.push(line);
  }
  flush();
  return blocks.filter(({ text }) => text.trim() !== '');
}

function isOpenRow(kind: LineKind, lines: readonly string[]): boolean {
  return kind === 'table' && !/\|\s*$/.test(lines.at(-1) ?? '');
}

function renderBlock(kind: LineKind, lines: readonly string[], { files, renderCell }: Renderers): Description {
  const inline = (wiki: string) => renderInline(wiki, files);
  const [first = ''] = lines;
  switch (kind) {
    case 'heading': {
      const level = first.trim().charAt('h'.length);
      const heading = inline(first.trim().slice('h1.'.length).trim());
      return { text: heading.text, html: `<h${level}>${heading.html}</h${level}>` };
    }
    case 'quote': {
      const quote = inline(first.trim().slice('bq.'.length).trim());
      return { text: quote.text, html: `<blockquote>${quote.html}</blockquote>` };
    }
    case 'rule':
      return { text: '---', html: '<hr>' };
    case 'list':
      return renderList(lines, inline);
    case 'table':
      return renderTable(lines, renderCell);
    default: {
      const paragraph = inline(lines.map((line) => line.trim()).join('\n'));
      return { text: paragraph.text.trim(), html: `<p>${paragraph.html}</p>` };
    }
  }
}
