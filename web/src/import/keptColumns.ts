import type { Mapping, Table } from './table.ts';

/** A column by its name, and by which of the columns of that name it is; null: none. */
type Column = { readonly name: string; readonly nth: number } | null;

export interface Kept {
  /** The names of a file's columns, as `toKind` has them. */
  readonly kind: string;
  readonly key: Column;
  readonly title: Column;
}

const storageKey = 'tally.columns';
/** So many kinds of files are remembered, the last ones. */
const most = 20;

/** Equal for files with the same names of columns, in any order: Jira repeats a name as often as an issue has values. */
function toKind(columns: readonly string[]): string {
  return JSON.stringify([...new Set(columns.map(toName))].sort());
}

function toName(column: string): string {
  return column.trim().toLowerCase();
}

function toColumn(columns: readonly string[], at: number): Column {
  const name = columns[at];
  return name === undefined
    ? null
    : { name: toName(name), nth: columns.slice(0, at).filter((other) => toName(other) === toName(name)).length };
}

/** Undefined when the file has not as many columns of that name. */
function findColumn(columns: readonly string[], column: Column): number | undefined {
  if (column === null) return -1;
  return columns.flatMap((name, at) => (toName(name) === column.name ? [at] : []))[column.nth];
}

/** What was chosen for the last file with these columns; undefined when there was none. */
export function findMapping(kept: readonly Kept[], { columns }: Table): Mapping | undefined {
  const found = kept.find(({ kind }) => kind === toKind(columns));
  if (found === undefined) return undefined;
  const key = findColumn(columns, found.key);
  const title = findColumn(columns, found.title);
  return key === undefined || title === undefined ? undefined : { key, title };
}

/** With what was chosen for a file, in place of what was chosen for files with these columns before. */
export function withMapping(kept: readonly Kept[], { columns }: Table, { key, title }: Mapping): readonly Kept[] {
  const kind = toKind(columns);
  const chosen: Kept = { kind, key: toColumn(columns, key), title: toColumn(columns, title) };
  return [chosen, ...kept.filter((other) => other.kind !== kind)].slice(0, most);
}

/** Of this browser; nothing when something else is kept there. */
export function readKept(): readonly Kept[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? (kept as readonly Kept[]) : [];
  } catch {
    return [];
  }
}

export function keep(kept: readonly Kept[]): void {
  localStorage.setItem(storageKey, JSON.stringify(kept));
}
