import type { Delta } from '../domain/delta.ts';
import { toItems } from '../domain/items.ts';
import type { Item, SessionAggregate } from '../domain/model.ts';
import { defaultSettings } from '../domain/session.ts';

// Domain rows as plain JSON and back, for every adapter: times are ISO strings there, Dates here. A field that is a time is named `at`, `since` or `…At`.

/** A row as JSON holds it. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** A row read back: its times are Dates again. What was written as a `Row` is read as one. */
export function fromJson<Row>(row: JsonRow): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, isTime(name, value) ? new Date(value) : value])) as Row;
}

function isTime(name: string, value: unknown): value is string {
  return typeof value === 'string' && (name === 'at' || name === 'since' || name.endsWith('At'));
}

/** `facilitatorRank` → `facilitator_rank`, of the row's own fields. */
export function toColumns(row: object): JsonRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}

/** `facilitator_rank` → `facilitatorRank`, of the row's own fields; times become Dates. */
export function fromColumns<Row>(columns: JsonRow): Row {
  return fromJson(
    Object.fromEntries(
      Object.entries(columns).map(([name, value]) => [name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()), value]),
    ),
  );
}

/** A difference read back. */
export function fromJsonDelta(json: JsonRow): Delta {
  const { session, ...lists } = json as { readonly session?: JsonRow } & Readonly<Record<string, readonly unknown[]>>;
  const rows = Object.entries(lists).map(([name, list]) => [
    name,
    (list as readonly unknown[]).map((row) => (typeof row === 'object' ? fromJson(row as JsonRow) : row)),
  ]);
  return { ...Object.fromEntries(rows), ...(session === undefined ? {} : { session: fromJson(session) }) } as Delta;
}

/** A state that was stored, perhaps by an older release: what did not exist then has its default. */
export function completeState(state: Omit<SessionAggregate, 'items'> & { readonly items: readonly Item[] }): SessionAggregate {
  const { session, participants, items } = state;
  return {
    ...state,
    session: { ...session, settings: { ...defaultSettings, ...session.settings }, waiting: session.waiting ?? [] },
    items: toItems(items.map((row) => ({ ...row, decision: row.decision ?? null }))),
    participants: participants.map((row) => ({ ...row, isSuccessor: row.isSuccessor ?? false, subject: row.subject ?? null })),
  };
}

/** How many of a session's newest revisions a retraction looks through for the one before it, which then goes from the log. */
export const revisionsLookedThrough = 1_000;
