import { type Compare, Sorted } from './sorted.ts';

/** How rows of a kind are told apart, ordered and found. */
export interface Shape<Row, Name extends string> {
  readonly idOf: (row: Row) => string;
  /** The order; rows of which it says 0 are in the order of their ids. */
  readonly compare: Compare<Row>;
  /** What rows are looked for by; where it says null they are not found by it. */
  readonly names: Readonly<Record<Name, (row: Row) => string | null>>;
}

type Indexes<Row> = Map<string, Sorted<Row>>;

/**
 * Rows of a state in their order, of which each is found by its id, and by the names of their shape. They never change: `with` gives others, and costs
 * what changes. An index is made when it is first asked for; what comes of these rows by `with` has it, too.
 */
export class Rows<Row extends object, Name extends string = never> implements Iterable<Row> {
  readonly #shape: Shape<Row, Name>;
  readonly #inOrder: Sorted<Row>;
  readonly #indexes: Indexes<Row>;
  readonly length: number;

  private constructor(shape: Shape<Row, Name>, inOrder: Sorted<Row>, indexes: Indexes<Row>) {
    this.#shape = shape;
    this.#inOrder = inOrder;
    this.#indexes = indexes;
    this.length = inOrder.length;
  }

  /** In any order; no two have one id. */
  static of<Row extends object, Name extends string>(shape: Shape<Row, Name>, rows: readonly Row[]): Rows<Row, Name> {
    return new Rows(shape, Sorted.of(rows, withIds(shape)), new Map());
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.#inOrder[Symbol.iterator]();
  }

  toArray(): readonly Row[] {
    return this.#inOrder.toArray();
  }

  toJSON(): readonly Row[] {
    return this.toArray();
  }

  /** The one of this id. */
  get(id: string): Row | undefined {
    return firstOf(this.#index('', this.#shape.idOf), this.#shape.idOf, id);
  }

  /** Those of these ids, in their order. */
  pick(ids: Iterable<string>): readonly Row[] {
    return [...new Set(ids)].flatMap((id) => this.get(id) ?? []).sort(withIds(this.#shape));
  }

  /** The first in their order that has this name. */
  first(name: Name, value: string): Row | undefined {
    return firstOf(this.#index(name, this.#shape.names[name]), this.#shape.names[name], value);
  }

  /** How many have this name. */
  count(name: Name, value: string): number {
    const nameOf = this.#shape.names[name];
    const index = this.#index(name, nameOf);
    return index.countInFront((row) => (nameOf(row) ?? '') <= value) - index.countInFront((row) => (nameOf(row) ?? '') < value);
  }

  /** In a place, 0 being the first, -1 the last. */
  at(place: number): Row | undefined {
    return this.#inOrder.at(place);
  }

  /** The place of a row that is among them, 0 being the first. */
  placeOf(row: Row): number {
    const compare = withIds(this.#shape);
    return this.#inOrder.countInFront((other) => compare(other, row) < 0);
  }

  /** Up to `count` behind all those of which `isInFront` says so. */
  behind(isInFront: (row: Row) => boolean, count: number): readonly Row[] {
    return this.#inOrder.slice(this.#inOrder.countInFront(isInFront), count);
  }

  /** With `put` in the places of those with their ids, and without the ids `removed`. */
  with(put: readonly Row[], removed: readonly string[] = []): Rows<Row, Name> {
    if (put.length + removed.length === 0) return this;
    const { idOf, names } = this.#shape;
    const fresh = new Map(put.map((row) => [idOf(row), row]));
    const old = [...new Set([...removed, ...fresh.keys()])].flatMap((id) => this.get(id) ?? []);
    const nameOf = (name: string) => (name === '' ? idOf : names[name as Name]);
    const indexes = [...this.#indexes].map(([name, index]) => {
      const has = (row: Row) => nameOf(name)(row) !== null;
      return [name, index.with(old.filter(has), [...fresh.values()].filter(has))] as const;
    });
    return new Rows(this.#shape, this.#inOrder.with(old, fresh.values()), new Map(indexes));
  }

  #index(name: string, nameOf: (row: Row) => string | null): Sorted<Row> {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    const then = withIds(this.#shape);
    const rows = this.toArray().filter((row) => nameOf(row) !== null);
    const made = Sorted.of(rows, (one, other) => compareTexts(nameOf(one) ?? '', nameOf(other) ?? '') || then(one, other));
    this.#indexes.set(name, made);
    return made;
  }

  // As of an array: each goes through all of them.

  map<Other>(each: (row: Row, place: number) => Other): Other[] {
    return this.toArray().map((row, place) => each(row, place));
  }

  flatMap<Other>(each: (row: Row) => Other | readonly Other[]): Other[] {
    return this.toArray().flatMap((row) => each(row));
  }

  filter(isWanted: (row: Row) => boolean): Row[] {
    return this.toArray().filter((row) => isWanted(row));
  }
}

function firstOf<Row>(index: Sorted<Row>, nameOf: (row: Row) => string | null, value: string): Row | undefined {
  const found = index.at(index.countInFront((row) => (nameOf(row) ?? '') < value));
  return found !== undefined && nameOf(found) === value ? found : undefined;
}

const compareTexts: Compare<string> = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

function withIds<Row>({ compare, idOf }: Pick<Shape<Row, never>, 'compare' | 'idOf'>): Compare<Row> {
  return (one, other) => compare(one, other) || compareTexts(idOf(one), idOf(other));
}
