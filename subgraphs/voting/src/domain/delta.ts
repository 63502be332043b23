import { applyChange, type Change } from './change.ts';
import { grouped } from './grouped.ts';
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
    participants: patches(amongAll(basis.participants, idOf), change.participants, ['id']),
    items: patches(({ id }) => basis.items.get(id), change.items, ['id']),
    removedItemIds: change.removedItemIds,
    rounds: patches(amongAll(basis.rounds, idOf), change.rounds, ['id']),
    estimates: patches(amongAll(basis.estimates, fieldOf), change.estimates, ['roundId', 'track', 'itemId']),
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
      participants: patched(amongAll(state.participants, idOf), delta.participants),
      items: patched(({ id }) => state.items.get(id), delta.items),
      removedItemIds: delta.removedItemIds,
      rounds: patched(amongAll(state.rounds, idOf), delta.rounds),
      estimates: patched(amongAll(state.estimates, fieldOf), delta.estimates),
    }),
    revision,
  );
}

function patches<Row extends object, Key extends keyof Row>(
  find: (row: Row) => Row | undefined,
  changed: readonly Row[] | undefined,
  key: readonly Key[],
): readonly Patch<Row, Key>[] | undefined {
  return changed?.map((row) => differenceOf(find(row), row, key) as Patch<Row, Key>);
}

function patched<Row extends object, Given extends object>(
  find: (patch: Given) => Row | undefined,
  given: readonly Given[] | undefined,
): readonly Row[] | undefined {
  return given?.map((patch) => ({ ...find(patch), ...patch }) as unknown as Row);
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

/** Finds the row of a list that has the same key. */
function amongAll<Key, Row extends Key>(rows: readonly Row[], keyOf: (row: Key) => string): (row: Key) => Row | undefined {
  const find = grouped(rows, keyOf);
  return (row) => find(keyOf(row))[0];
}

const idOf = ({ id }: Pick<Round, 'id'>) => id;
const fieldOf = ({ roundId, track }: Pick<Estimate, 'roundId' | 'track'>) => `${roundId}/${track}`;

/** An object without the fields that are undefined. */
function withoutNothing<Fields extends object>(fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]: Exclude<Fields[Name], undefined>;
  };
}
