import type { Change } from '../../domain/change.ts';
import { toColumns } from '../rows.ts';

interface Table {
  readonly name: string;
  readonly key: readonly string[];
  /** Column → SQL type, without `session_id`, which every table has. */
  readonly columns: Readonly<Record<string, string>>;
  /** What an update sets besides. */
  readonly alsoSet?: string;
}

const tables = {
  participants: {
    name: 'participant',
    key: ['id'],
    columns: {
      id: 'text',
      name: 'text',
      role: 'text',
      discipline: 'text',
      avatar: 'text',
      facilitator_rank: 'int',
      is_successor: 'boolean',
      subject: 'text',
      joined_at: 'timestamptz',
      left_at: 'timestamptz',
    },
  },
  items: {
    name: 'item',
    key: ['id'],
    columns: {
      id: 'text',
      position: 'int',
      state: 'text',
      issue_key: 'text',
      issue_id: 'text',
      topic: 'text',
      decision: 'text',
      seen_in_jira: 'jsonb',
      seen_at: 'timestamptz',
    },
  },
  rounds: {
    name: 'round',
    key: ['id'],
    columns: {
      id: 'text',
      item_id: 'text',
      number: 'int',
      state: 'text',
      origin: 'text',
      reason: 'text',
      settled_by: 'text',
      deck: 'jsonb',
      policy: 'text',
      roster: 'text[]',
      opened_at: 'timestamptz',
      reveals_at: 'timestamptz',
      deadline_at: 'timestamptz',
      timer_left_seconds: 'int',
      revealed_at: 'timestamptz',
      settled_at: 'timestamptz',
    },
  },
  estimates: {
    name: 'estimate',
    key: ['round_id', 'track'],
    columns: {
      round_id: 'text',
      track: 'text',
      item_id: 'text',
      issue_key: 'text',
      value: 'float8',
      label: 'text',
      settled_at: 'timestamptz',
      state: 'text',
      attempts: 'int',
      next_attempt_at: 'timestamptz',
      reason: 'text',
      reason_code: 'text',
      value_in_jira: 'float8',
      overwrite: 'boolean',
      is_strict: 'boolean',
      written_at: 'timestamptz',
      summary_fingerprint: 'text',
      description_fingerprint: 'text',
    },
    // As `keepsLease` says.
    alsoSet: "leased_until = CASE WHEN EXCLUDED.state IN ('SUPERSEDED', 'PENDING') OR EXCLUDED.attempts > 1 THEN estimate.leased_until END",
  },
} as const satisfies Record<string, Table>;

/** One statement for each table that a change puts rows into: `$1` is the session's id, `$2` the rows as JSON. In the order of the foreign keys. */
export function toUpserts(change: Pick<Change, keyof typeof tables>): readonly { readonly sql: string; readonly rows: string }[] {
  return (Object.keys(tables) as (keyof typeof tables)[]).flatMap((list) => {
    const rows = change[list] ?? [];
    return rows.length === 0 ? [] : [{ sql: statements[list], rows: JSON.stringify(rows.map(toColumns)) }];
  });
}

const statements = Object.fromEntries(Object.entries(tables).map(([list, table]) => [list, toStatement(table)])) as Record<
  keyof typeof tables,
  string
>;

/** A set of rows goes in one round trip, however many there are: 1000 imported issues are one statement. */
function toStatement({ name, key, columns, alsoSet }: Table): string {
  const all = Object.keys(columns);
  const typed = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  const updated = all.filter((column) => !key.includes(column)).map((column) => `${column} = EXCLUDED.${column}`);
  return [
    `INSERT INTO ${name} (session_id, ${all.join(', ')})`,
    `SELECT $1, ${all.join(', ')} FROM jsonb_to_recordset($2::jsonb) AS given(${typed.join(', ')})`,
    `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${[...updated, ...(alsoSet === undefined ? [] : [alsoSet])].join(', ')}`,
  ].join(' ');
}
