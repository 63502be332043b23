/** Negative when `one` comes before `other`; 0 for one and the same place only. */
export type Compare<Row> = (one: Row, other: Row) => number;

/** A piece that grows beyond this is cut in two; two neighbours that have less than half of it together become one. */
const mostInPiece = 128;

type Piece<Row> = readonly Row[];

/**
 * Rows in an order, no two in one place. It never changes: `with` gives another one that shares the pieces in which nothing changed, so that a change
 * copies the pieces that it touches and the list of pieces, however many rows there are.
 */
export class Sorted<Row> implements Iterable<Row> {
  readonly #compare: Compare<Row>;
  readonly #pieces: readonly Piece<Row>[];
  readonly length: number;

  private constructor(compare: Compare<Row>, pieces: readonly Piece<Row>[], length: number) {
    this.#compare = compare;
    this.#pieces = pieces;
    this.length = length;
  }

  /** Rows in any order; in theirs it costs least. */
  static of<Row>(rows: readonly Row[], compare: Compare<Row>): Sorted<Row> {
    const isInOrder = rows.every((row, index) => index === 0 || compare(rows[index - 1] as Row, row) < 0);
    const inOrder = isInOrder ? rows : rows.toSorted(compare);
    const size = mostInPiece / 2;
    const pieces = Array.from({ length: Math.ceil(inOrder.length / size) }, (_, index) => inOrder.slice(index * size, (index + 1) * size));
    return new Sorted(compare, pieces, inOrder.length);
  }

  *[Symbol.iterator](): Generator<Row, undefined> {
    for (const piece of this.#pieces) yield* piece;
  }

  toArray(): Row[] {
    return this.#pieces.flat() as Row[];
  }

  /** The row in a place, 0 being the first, -1 the last. */
  at(place: number): Row | undefined {
    let rest = place < 0 ? this.length + place : place;
    if (rest < 0) return undefined;
    for (const piece of this.#pieces) {
      if (rest < piece.length) return piece[rest];
      rest -= piece.length;
    }
    return undefined;
  }

  /** The number of rows in front, of which `isInFront` says so: all those up to some place. */
  countInFront(isInFront: (row: Row) => boolean): number {
    const index = firstNot(this.#pieces, (piece) => isInFront(piece.at(-1) as Row));
    const before = this.#pieces.slice(0, index).reduce((sum, { length }) => sum + length, 0);
    return before + firstNot(this.#pieces[index] ?? [], isInFront);
  }

  /** Up to `count` rows from a place on. */
  slice(start: number, count: number): Row[] {
    const found: Row[] = [];
    let rest = start;
    for (const piece of this.#pieces) {
      if (found.length >= count) break;
      if (rest < piece.length) found.push(...piece.slice(rest, rest + count - found.length));
      rest = Math.max(0, rest - piece.length);
    }
    return found;
  }

  /** Without the rows that are in the places of `removed`, then with those of `added`. */
  with(removed: Iterable<Row>, added: Iterable<Row>): Sorted<Row> {
    const draft = createDraft(this.#pieces, this.#compare);
    for (const row of removed) draft.remove(row);
    for (const row of added) draft.put(row);
    return new Sorted(this.#compare, draft.pieces, draft.length(this.length));
  }
}

/** Pieces on the way to others: each is copied before the first change to it. */
function createDraft<Row>(from: readonly Piece<Row>[], compare: Compare<Row>) {
  const pieces = [...from];
  const own = new Set<Piece<Row>>();
  let grown = 0;

  function find(row: Row) {
    const isInFront = (other: Row) => compare(other, row) < 0;
    const behind = firstNot(pieces, (piece) => isInFront(piece.at(-1) as Row));
    // Behind all others there is still the last piece.
    const index = Math.max(0, Math.min(behind, pieces.length - 1));
    const place = firstNot(pieces[index] ?? [], isInFront);
    const there = pieces[index]?.[place];
    return { index, place, isThere: there !== undefined && compare(there, row) === 0 };
  }

  function splice(index: number, place: number, count: number, ...rows: readonly Row[]): void {
    const known = pieces[index] ?? [];
    const piece = own.has(known) ? (known as Row[]) : [...known];
    piece.splice(place, count, ...rows);
    grown += rows.length - count;
    if (piece.length <= mostInPiece) replace(index, 1, piece);
    else replace(index, 1, piece.slice(0, mostInPiece / 2), piece.slice(mostInPiece / 2));
  }

  function replace(index: number, count: number, ...others: readonly Piece<Row>[]): void {
    const filled = others.filter(({ length }) => length > 0);
    pieces.splice(index, count, ...filled);
    for (const piece of filled) own.add(piece);
  }

  function joinAround(index: number): void {
    for (const first of [index, index - 1]) {
      const [one, other] = [pieces[first], pieces[first + 1]];
      if (one !== undefined && other !== undefined && one.length + other.length < mostInPiece / 2) replace(first, 2, [...one, ...other]);
    }
  }

  return {
    pieces,
    length: (before: number) => before + grown,
    remove(row: Row): void {
      const { index, place, isThere } = find(row);
      if (!isThere) return;
      splice(index, place, 1);
      joinAround(index);
    },
    put(row: Row): void {
      const { index, place, isThere } = find(row);
      splice(index, place, isThere ? 1 : 0, row);
    },
  };
}

/** The first place whose row is not in front, by halves. */
function firstNot<Row>(rows: readonly Row[], isInFront: (row: Row) => boolean): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isInFront(rows[middle] as Row)) from = middle + 1;
    else to = middle;
  }
  return from;
}
