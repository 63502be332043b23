import { escapeHtml } from './html.ts';
import type { Description } from './issue.ts';
import type { FindPicture } from './pictures.ts';
import { renderInline } from './wiki-inline.ts';
import { isTableRow, renderList, renderTable, toListItem } from './wiki-lists.ts';

/**
 * Data Center's wiki text as plain text and as safe HTML; null when there is none. Pictures are those that `findPicture` knows.
 * What it does not know stays text, escaped. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
export function renderWiki(wiki: unknown, findPicture: FindPicture = () => undefined): Description | null {
  if (typeof wiki !== 'string' || wiki.trim() === '') return null;
  const blocks = toBlocks(wiki.replaceAll('\r\n', '\n').replaceAll('\r', '\n'), findPicture, 0);
  const text = blocks.map((block) => block.text).join('\n\n');
  return text === '' ? null : { text, html: blocks.map(({ html }) => html).join('') };
}

/** What lies deeper is text. */
const deepest = 10;

/** Panels, quotes and code are macros around text; their insides are blocks again, but for code, in which nothing is markup. */
function toBlocks(wiki: string, findPicture: FindPicture, depth: number): readonly Description[] {
  const opening = /(?<!\\)\{(code|noformat|panel|quote|info|note|tip|warning)(?::([^}\n]{0,300}))?\}/g;
  const blocks: Description[] = [];
  let at = 0;
  for (let found = opening.exec(wiki); found !== null && depth < deepest; found = opening.exec(wiki)) {
    const [whole, name = '', parameters = ''] = found;
    const inside = found.index + whole.length;
    const end = findClosing(wiki, name, inside);
    if (end === undefined) continue;
    blocks.push(...toTextBlocks(wiki.slice(at, found.index), findPicture));
    blocks.push(...toMacro(name, parameters, wiki.slice(inside, end)));
    at = end + name.length + 2;
    opening.lastIndex = at;
  }
  return [...blocks, ...toTextBlocks(wiki.slice(at), findPicture)];

  function toMacro(name: string, parameters: string, inner: string): readonly Description[] {
    const [, title = ''] = /(?:^|\|)title=([^|]*)/.exec(parameters) ?? [];
    if (name === 'code' || name === 'noformat') {
      const code = inner.replace(/^[^\S\n]*\n|\n[^\S\n]*$/g, '');
      const shown = title === '' ? '' : `<p><strong>${escapeHtml(title)}</strong></p>`;
      return [{ text: title === '' ? code : `${title}\n${code}`, html: `${shown}<pre><code>${escapeHtml(code)}</code></pre>` }];
    }
    const heading = title || ({ info: 'Info', note: 'Note', tip: 'Tip', warning: 'Warning' }[name] ?? '');
    const content = toBlocks(inner, findPicture, depth + 1);
    const text = [...(heading === '' ? [] : [heading]), ...content.map((block) => block.text)].join('\n\n');
    const shown = heading === '' ? '' : `<p><strong>${escapeHtml(heading)}</strong></p>`;
    return text === '' ? [] : [{ text, html: `<blockquote>${shown}${content.map(({ html }) => html).join('')}</blockquote>` }];
  }
}

/** Where `{name}` closes it; code in between may hold the same words. */
function findClosing(wiki: string, name: string, from: number): number | undefined {
  const isRaw = name === 'code' || name === 'noformat';
  const tag = isRaw
    ? new RegExp(`(?<!\\\\)\\{${name}\\}`, 'g')
    : new RegExp(`(?<!\\\\)\\{(${name}|code|noformat)(?::[^}\\n]{0,300})?\\}`, 'g');
  tag.lastIndex = from;
  for (let found = tag.exec(wiki); found !== null; found = tag.exec(wiki)) {
    if (isRaw || found[1] === name) return found.index;
    const skipped = findClosing(wiki, found[1] ?? '', tag.lastIndex);
    if (skipped === undefined) continue;
    tag.lastIndex = skipped + (found[1] ?? '').length + 2;
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

/** Headings, lists, tables and paragraphs; each begins on a line of its own, without an empty one before. */
function toTextBlocks(wiki: string, findPicture: FindPicture): readonly Description[] {
  const blocks: Description[] = [];
  let lines: string[] = [];
  let kind: LineKind = 'blank';
  const flush = (): void => {
    if (lines.length > 0) blocks.push(renderBlock(kind, lines, findPicture));
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
    if (next !== 'blank') lines.push(line);
  }
  flush();
  return blocks.filter(({ text }) => text.trim() !== '');
}

function isOpenRow(kind: LineKind, lines: readonly string[]): boolean {
  return kind === 'table' && !/\|\s*$/.test(lines.at(-1) ?? '');
}

function renderBlock(kind: LineKind, lines: readonly string[], findPicture: FindPicture): Description {
  const inline = (wiki: string) => renderInline(wiki, findPicture);
  const [first = ''] = lines;
  switch (kind) {
    case 'heading': {
      const [, level = '3', wiki = ''] = /^\s*h([1-6])\.\s*(.*)$/.exec(first) ?? [];
      const heading = inline(wiki);
      return { text: heading.text, html: `<h${level}>${heading.html}</h${level}>` };
    }
    case 'quote': {
      const quote = inline(first.replace(/^\s*bq\.\s+/, ''));
      return { text: quote.text, html: `<blockquote>${quote.html}</blockquote>` };
    }
    case 'rule':
      return { text: '---', html: '<hr>' };
    case 'list':
      return renderList(lines, inline);
    case 'table':
      return renderTable(lines, inline);
    default: {
      const paragraph = inline(lines.map((line) => line.trim()).join('\n'));
      return { text: paragraph.text.trim(), html: `<p>${paragraph.html}</p>` };
    }
  }
}
