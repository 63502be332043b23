import type { Description } from './issue.ts';

type Inline = (wiki: string) => Description;

interface ListItem {
  /** One sign for each level: `*` and `-` for bullets, `#` for numbers. */
  readonly marks: string;
  readonly wiki: string;
}

/** A line's list item, if it is one. */
export function toListItem(line: string): ListItem | undefined {
  const [, marks = '', wiki = ''] = /^\s*([*#]{1,20}|-{1,3})\s+(\S.*)$/.exec(line) ?? [];
  return marks === '' ? undefined : { marks, wiki };
}

/** Lines of items, and of text that goes on with the item before. */
export function renderList(lines: readonly string[], inline: Inline): Description {
  const items: ListItem[] = [];
  for (const line of lines) {
    const item = toListItem(line);
    const last = items.at(-1);
    if (item !== undefined) items.push(item);
    else if (last !== undefined) items[items.length - 1] = { ...last, wiki: `${last.wiki}\n${line.trim()}` };
  }
  return renderLevel(items, { from: 0, to: items.length, level: 1 }, inline);
}

interface Level {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

/** The items of one level, each with what is deeper below it; another kind of mark begins another list. */
function renderLevel(items: readonly ListItem[], { from, to, level }: Level, inline: Inline): Description {
  const text: string[] = [];
  const html: string[] = [];
  let open = '';
  let number = 0;
  for (let at = from; at < to; ) {
    const item = items[at] ?? { marks: '*', wiki: '' };
    let end = at + 1;
    while ((items[end]?.marks.length ?? 0) > level) end++;
    const isNumbered = item.marks.charAt(level - 1) === '#';
    const tag = isNumbered ? 'ol' : 'ul';
    if (tag !== open) {
      html.push(`${open === '' ? '' : `</${open}>`}<${tag}>`);
      open = tag;
      number = 0;
    }
    number += 1;
    const said = inline(item.wiki);
    const inner = end === at + 1 ? undefined : renderLevel(items, { from: at + 1, to: end, level: level + 1 }, inline);
    const bullet = isNumbered ? `${number}. ` : '- ';
    const whole = inner === undefined ? said.text : `${said.text}\n${inner.text}`;
    text.push(`${bullet}${whole.replaceAll('\n', `\n${' '.repeat(bullet.length)}`)}`);
    html.push(`<li>${said.html}${inner?.html ?? ''}</li>`);
    at = end;
  }
  return { text: text.join('\n'), html: `${html.join('')}</${open}>` };
}

export function isTableRow(line: string): boolean {
  return /^\s*\|.*\S/.test(line);
}

/** Lines of rows, `||heads||` and `|cells|`; a row that its line does not close goes on in the next one. */
export function renderTable(lines: readonly string[], renderCell: Inline): Description {
  const rows: string[] = [];
  for (const line of lines) rows.push(isTableRow(line) ? line : `${rows.pop() ?? ''}\n${line}`);
  const cells = rows.map((row) => toCells(row).map(({ isHead, wiki }) => ({ isHead, said: renderCell(wiki.trim()) })));
  const html = cells.map(
    (row) => `<tr>${row.map(({ isHead, said }) => `<${isHead ? 'th' : 'td'}>${said.html}</${isHead ? 'th' : 'td'}>`).join('')}</tr>`,
  );
  return {
    text: cells.map((row) => row.map(({ said }) => said.text.replace(/\s*\n\s*/g, ' ')).join(' | ')).join('\n'),
    html: `<table>${html.join('')}</table>`,
  };
}

interface Cell {
  readonly isHead: boolean;
  readonly wiki: string;
}

/** Bars inside of links, pictures, code and after a backslash part no cells. */
function toCells(row: string): readonly Cell[] {
  const part = /\\.|\{\{[^}\n]{0,500}\}\}|\[[^\]\n]{0,2500}\]|![^!\s|][^!\n]{0,500}!|\|\||[^\\{[!|]+|./g;
  const cells: Cell[] = [];
  let bar: string | undefined;
  let wiki = '';
  for (const [token] of row.matchAll(part)) {
    if (token !== '|' && token !== '||') {
      wiki += token;
      continue;
    }
    if (bar !== undefined) cells.push({ isHead: bar === '||', wiki });
    bar = token;
    wiki = '';
  }
  return wiki.trim() !== '' ? [...cells, { isHead: bar === '||', wiki }] : cells;
}
