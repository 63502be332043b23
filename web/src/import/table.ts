/** A file's rows: of a CSV its own columns, of Jira's XML and HTML exports key and summary. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Which of the columns hold an issue's key, and what a row without one is called; -1: none. */
export interface Mapping {
  readonly key: number;
  readonly title: number;
}

/** What is to be added: issues by key, and topics for rows without one. */
export interface Mapped {
  readonly keys: readonly string[];
  readonly topics: readonly string[];
}

const keyForm = /^[A-Z][A-Z0-9_]+-[1-9]\d*$/;
const longestTopic = 200;

/** Undefined when the file holds no table. */
export function parseTable(text: string): Table | undefined {
  const given = text.replace(/^\ufeff/u, '');
  const rows = /^\s*<(?:\?xml|!--|rss|!doctype|html|table)/iu.test(given) ? readMarkup(given) : readCsv(given);
  const [columns, ...rest] = rows;
  return columns === undefined || rest.length === 0 ? undefined : { columns, rows: rest };
}

/** The columns that look like keys and titles; people may choose others. */
export function guessMapping({ columns, rows }: Table): Mapping {
  const keysIn = (at: number) => rows.filter((row) => keyForm.test(toKey(row[at]))).length;
  const named = columns.findIndex((name) => /^(?:issue )?key$|^ключ/iu.test(name.trim()));
  const best = columns.map((_name, at) => at).reduce((one, other) => (keysIn(other) > keysIn(one) ? other : one), 0);
  const key = named !== -1 ? named : keysIn(best) > 0 ? best : -1;
  const title = columns.findIndex((name) => /summary|title|topic|story|name|тема|название|задача/iu.test(name));
  return { key, title: title !== -1 && title !== key ? title : columns.findIndex((_name, at) => at !== key) };
}

/** Each key once, in the order of the rows; a row without a key becomes a topic. */
export function toMapped({ rows }: Table, { key, title }: Mapping): Mapped {
  const keys = new Set<string>();
  const topics: string[] = [];
  for (const row of rows) {
    const found = toKey(row[key]);
    const topic = (row[title] ?? '').replace(/\s+/gu, ' ').trim().slice(0, longestTopic);
    if (keyForm.test(found)) keys.add(found);
    else if (topic !== '') topics.push(topic);
  }
  return { keys: [...keys], topics };
}

function toKey(cell: string | undefined): string {
  return (cell ?? '').trim().toUpperCase();
}

function readMarkup(text: string): readonly (readonly string[])[] {
  const isXml = /^\s*<(?:\?xml|rss|!--)/iu.test(text) && /<rss\b/iu.test(text);
  const parsed = new DOMParser().parseFromString(text, isXml ? 'application/xml' : 'text/html');
  const cell = (parent: Element, selector: string) => parent.querySelector(selector)?.textContent.trim() ?? '';
  const rows = isXml
    ? [...parsed.querySelectorAll('item')].map((item) => [cell(item, 'key'), cell(item, 'summary') || cell(item, 'title')])
    : [...parsed.querySelectorAll('tr')]
        .map((row) => [row.getAttribute('data-issuekey') ?? cell(row, 'td.issuekey'), cell(row, 'td.summary')])
        .filter(([key]) => key !== '');
  return rows.length === 0 ? [] : [['Key', 'Summary'], ...rows];
}

/** RFC 4180, with the separator that its first line uses most. */
function readCsv(text: string): readonly (readonly string[])[] {
  const [firstLine = ''] = text.split(/[\r\n]/u, 1);
  const count = (separator: string) => firstLine.split(separator).length;
  const separator = [',', ';', '\t'].reduce((one, other) => (count(other) > count(one) ? other : one));
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (isQuoted && char === '"' && text.charAt(at + 1) === '"') {
      cell += char;
      at += 1;
    } else if (isQuoted) {
      if (char === '"') isQuoted = false;
      else cell += char;
    } else if (char === '"' && cell === '') isQuoted = true;
    else if (char === separator) endCell();
    else if (char === '\n') {
      endCell();
      rows.push([]);
    } else if (char !== '\r') cell += char;
  }
  endCell();
  return rows.filter((row) => row.some((each) => each.trim() !== ''));
}
