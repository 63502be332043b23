import { applyChange, type Change } from './change.ts';
import type { Estimate, Item, Participant, Round, Session, SessionAggregate } from './model.ts';

type Patch<Row, Key extends keyof Row> = Pick<Row, Key> & Partial<Row>;

/** What a change changed, field by field: what the log keeps of it. A new row is there whole, of an old one the fields that differ. Never a card. */
export interface Delta {
  readonly session?: Partial<Session>;
  readonly participants?: readonly Patch<Participant, 'id'>[];
  readonly items?: readonly Patch<Item, 'id'>[];
  readonly removedItemIds?: readonly string[];
  readonly rounds?: readonly Patch<Round, 'id'>[];
  readonly estimates?: readonly Patch<Estimate, 'roundId' | 'track' | 'itemId'>[];
  /** Whose votes of which round went. */
  readonly withdrawnVotes?: NonNullable<Change['withdrawnVotes']>;
}

/** The difference that a change makes to the state it was decided on. */
export function toDelta(basis: SessionAggregate, change: Change): Delta {
  return withoutNothing({
    session: change.session === undefined ? undefined : differenceOf(basis.session, change.session, []),
    participants: patches(basis.participants, change.participants, ['id']),
    items: patches(basis.items, change.items, ['id']),
    removedItemIds: change.removedItemIds,
    rounds: patches(basis.rounds, change.rounds, ['id']),
    estimates: patches(basis.estimates, change.estimates, ['roundId', 'track', 'itemId']),
    withdrawnVotes: change.withdrawnVotes,
  });
}

/** The state after the change of which this is the difference, committed as `revision`. */
export function applyDelta(state: SessionAggregate, delta: Delta, revision: number): SessionAggregate {
  return applyChange(
    state,
    withoutNothing({
      event: { type: 'SESSION_UPDATED' as const, at: state.session.createdAt, actorId: null },
      session: delta.session === undefined ? undefined : { ...state.session, ...delta.session },
      participants: patched(state.participants, delta.participants, ['id']),
      items: patched(state.items, delta.items, ['id']),
      removedItemIds: delta.removedItemIds,
      rounds: patched(state.rounds, delta.rounds, ['id']),
      estimates: patched(state.estimates, delta.estimates, ['roundId', 'track']),
    }),
    revision,
  );
}

function patches<Row extends object, Key extends keyof Row>(
  rows: readonly Row[],
  changed: readonly Row[] | undefined,
  key: readonly Key[],
): readonly Patch<Row, Key>[] | undefined {
  if (changed === undefined) return undefined;
  const before = byKey(rows, changed, key);
  return changed.map((row) => differenceOf(before.get(keyOf(row, key)), row, key) as Patch<Row, Key>);
}

function patched<Row extends object, Key extends keyof Row>(
  rows: readonly Row[],
  given: readonly Patch<Row, Key>[] | undefined,
  key: readonly Key[],
): readonly Row[] | undefined {
  if (given === undefined) return undefined;
  const before = byKey(rows, given, key);
  return given.map((patch) => ({ ...before.get(keyOf(patch, key)), ...patch }) as Row);
}

/** The fields of `after` that differ, and the key's; all of them when there was nothing before. */
function differenceOf<Row extends object>(before: Row | undefined, after: Row, key: readonly (keyof Row)[]): Partial<Row> {
  const names = Object.keys(after) as (keyof Row)[];
  const differs = (name: keyof Row) => before === undefined || !isEqual(before[name], after[name]);
  return Object.fromEntries(names.filter((name) => key.includes(name) || differs(name)).map((name) => [name, after[name]])) as Partial<Row>;
}

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other));
}

function byKey<Row extends object, Key extends keyof Row>(
  rows: readonly Row[],
  wanted: readonly Pick<Row, Key>[],
  key: readonly Key[],
): ReadonlyMap<string, Row> {
  const keys = new Set(wanted.map((row) => keyOf(row, key)));
  return new Map(rows.map((row) => [keyOf(row, key), row] as const).filter(([rowKey]) => keys.has(rowKey)));
}

const keyOf = <Key extends PropertyKey>(row: Readonly<Record<Key, unknown>>, key: readonly Key[]) => key.map((name) => row[name]).join('/');

/** An object without the fields that are undefined. */
function withoutNothing<Fields extends object>(fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]: Exclude<Fields[Name], undefined>;
  };
}
