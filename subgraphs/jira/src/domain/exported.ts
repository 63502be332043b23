import { toKey, toKeys } from './keys.ts';

/** How Jira's exports call the column of keys, in the languages of most of its users. */
const keyColumns = new Set([
  'issue key',
  'issuekey',
  'work item key',
  'key',
  'ключ задачи',
  'код запроса',
  'ключ',
  'vorgangsschlüssel',
  'schlüssel',
  'clé de ticket',
  'clé',
  'clave de incidencia',
  'clave',
  'chave da ocorrência',
  'chave',
  'chiave problema',
  'chiave',
  'klucz zgłoszenia',
  'klucz',
  'キー',
  '课题关键字',
]);

/**
 * The keys of the issues that one of Jira's exports lists (CSV, XML or HTML), in its order; not those that it only mentions. None when the text is no
 * export.
 */
export function findExportedKeys(text: string): readonly string[] {
  const given = text.replace(/^\ufeff/, '');
  const isMarkup = /^\s*<(?:!--|(?:\?xml|rss|!doctype|html|head|body|table|meta|div|item)\b)/i.test(given);
  return isMarkup ? findInMarkup(given) : findInTable(given);
}

/** XML has an item's own key in `<key>`, HTML in a row's attribute or in the cells of that column. */
function findInMarkup(text: string): readonly string[] {
  const forms = [
    /<key\b[^>]{0,200}>\s*([^<\s]{1,300})\s*<\/key>/gi,
    /<tr\b[^>]{0,1000}?\bdata-issuekey=["']([^"']{1,300})["']/gi,
    /<td\b[^>]{0,1000}?\bclass=["'][^"']{0,300}\bissuekey\b[^"']{0,300}["'][^>]{0,300}>\s*(?:<a\b[^>]{0,2000}>)?\s*([^<\s]{1,300})/gi,
    /<h3\b[^>]{0,300}\bformtitle\b[^>]{0,300}>\s*\[?\s*<a\b[^>]{0,2000}>\s*([^<\s]{1,300})/gi,
  ];
  for (const form of forms) {
    const keys = toKeys([...text.matchAll(form)].map(([, key]) => key ?? ''));
    if (keys.length > 0) return keys;
  }
  return [];
}

function findInTable(text: string): readonly string[] {
  const [firstLine = ''] = text.split(/[\r\n]/, 1);
  const separator = [',', ';', '\t'].find((each) => firstLine.includes(each));
  if (separator === undefined) return [];
  const [header = [], ...rows] = parseTable(text, separator);
  if (header.length < 2) return [];
  const named = header.findIndex((cell) => keyColumns.has(cell.trim().toLowerCase()));
  const column = named === -1 ? findKeyColumn(header, rows) : named;
  return column === -1 ? [] : toKeys(rows.map((row) => row[column] ?? ''));
}

/** The first column whose cells are all keys but for its head, in a table whose rows are as long as that. */
function findKeyColumn(header: readonly string[], rows: readonly (readonly string[])[]): number {
  if (rows.some((row) => row.length !== header.length)) return -1;
  return header.findIndex((head, at) => toKey(head) === undefined && rows.every((row) => toKey(row[at] ?? '') !== undefined));
}

/** Rows of cells, with quotes as in RFC 4180; rows without any text are left out. */
function parseTable(text: string, separator: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endRow = (): void => {
    row.push(cell);
    if (row.some((each) => each.trim() !== '')) rows.push(row);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(at + 1) === '"') {
        cell += char;
        at++;
      } else isQuoted = false;
    } else if (char === '"' && cell === '') isQuoted = true;
    else if (char === separator) {
      row.push(cell);
      cell = '';
    } else if (char === '\n' || char === '\r') endRow();
    else cell += char;
  }
  endRow();
  return rows;
}
