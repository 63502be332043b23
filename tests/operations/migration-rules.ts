// Expand, then contract: while a release rolls out, the version before it works on the new schema.
import { readdirSync, readFileSync } from 'node:fs';
import { isInBatches } from '../../prisma/migrate.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

const folder = new URL('../../prisma/migrations/', import.meta.url);

/** Those before knew no rule, and nobody had released anything yet. */
const firstBound = '20261129';

/** The migrations that the rules bind. */
export function readBoundMigrations(): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name >= firstBound && !exceptions.has(entry.name))
    .map(({ name }) => ({ name, sql: readFileSync(new URL(`${name}/migration.sql`, folder), 'utf8') }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** What the version before may still use: allowed in a migration that says `-- contract: RELEASE`, from which release on nothing uses it. */
const contracting: readonly (readonly [RegExp, string])[] = [
  [/\bDROP\s+(TABLE|COLUMN|VIEW|TYPE)\b/i, 'drops what the version before may read'],
  [/\bRENAME\b/i, 'renames what the version before may use: add the new one, copy, drop the old one a release later'],
  [/\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b/i, 'changes the type of a column: add another column'],
  [/\bSET\s+NOT\s+NULL\b/i, 'demands what the version before may leave out'],
  [/\bADD\s+CONSTRAINT\b(?![\s\S]*\bNOT\s+VALID\b)/i, 'checks all rows under a lock: NOT VALID first, VALIDATE in a migration of its own'],
];

/** Those that came before the first release, and why they may be as they are. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['20261129020000_who_people_are', 'before the first release'],
  ['20261129030000_room_ledger', 'before the first release'],
]);

/** What no migration may do. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [
    /\bADD\s+COLUMN\s+(?:IF\s+NOT\s+EXISTS\s+)?\S+\s+(?:(?!,|;|\bDEFAULT\b)[\s\S])*\bNOT\s+NULL\b(?!\s+DEFAULT\b)/i,
    'adds a column that is NOT NULL without a default: the INSERT of the version before fails',
  ],
];

const allRows = 'changes all rows in one statement: back-fill `-- in batches`';

/** What is wrong with a migration, in words. Tables that it creates itself are nobody's yet. */
export function findFaults({ sql }: Pick<Migration, 'sql'>): readonly string[] {
  const isContract = /^--\s*contract:\s*\S+/im.test(sql);
  const statements = sql
    .replaceAll(/--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  const created = new Set(
    statements.flatMap((statement) => /^CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)/i.exec(statement)?.[1] ?? []),
  );
  const faults: string[] = [];
  for (const statement of statements) {
    const table = /^(?:ALTER\s+TABLE\s+(?:ONLY\s+)?|CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:CONCURRENTLY\s+)?\S+\s+ON\s+)"?(\w+)/i.exec(
      statement,
    )?.[1];
    if (table !== undefined && created.has(table)) continue;
    if (/^CREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)/i.test(statement))
      faults.push('builds an index under a lock: CREATE INDEX CONCURRENTLY');
    if (/^(UPDATE|DELETE)\b/i.test(statement) && !isInBatches(sql)) faults.push(allRows);
    for (const [pattern, fault] of [...forbidden, ...(isContract ? [] : contracting)]) if (pattern.test(statement)) faults.push(fault);
  }
  if (/\bCONCURRENTLY\b/i.test(statements.join(';')) && statements.length > 1)
    faults.push('has more than the one statement that CONCURRENTLY allows');
  if (isInBatches(sql) && statements.length !== 1) faults.push('has another statement beside the one that runs in batches');
  if (isInBatches(sql) && !/\bLIMIT\s+\d+[\s\S]*\bRETURNING\b/i.test(statements[0] ?? ''))
    faults.push('is in batches without LIMIT, which bounds one, and RETURNING, which tells when there is none');
  return faults;
}

/** A statement of a release, as it was sent. */
export interface ReleasedStatement {
  readonly text: string;
}

/** The columns that an INSERT names, by table. */
export function readInserts({ text }: ReleasedStatement): readonly { readonly table: string; readonly columns: readonly string[] }[] {
  const inserts = text.matchAll(/\bINSERT INTO (?:"?public"?\.)?"?(\w+)"? \(([^)]*)\)/g);
  return [...inserts].map(([, table = '', list = '']) => ({
    table,
    columns: list.split(',').map((column) => column.trim().replaceAll('"', '')),
  }));
}
