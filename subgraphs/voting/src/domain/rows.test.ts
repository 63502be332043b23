import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rows, type Shape } from './rows.ts';

interface Card {
  readonly id: string;
  readonly place: number;
  readonly suit: string | null;
}

const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
const suits = [null, '', 'clubs', 'hearts'];
const compare = (one: Card, other: Card) => one.place - other.place;
const shape: Shape<Card, 'suit'> = { compare, idOf: ({ id }) => id, names: { suit: ({ suit }) => suit } };
const card = fc.record({ id: fc.constantFrom(...letters), place: fc.nat(3), suit: fc.constantFrom(...suits) });
const steps = fc.array(fc.record({ put: fc.uniqueArray(card, { selector: ({ id }) => id }), removed: fc.subarray(letters) }), {
  maxLength: 6,
});

/** The rows as a list would have them: by place, and by id where places are equal. */
const inOrder = (rows: Iterable<Card>) => [...rows].sort((one, other) => one.place - other.place || (one.id < other.id ? -1 : 1));

describe('rows', () => {
  it('are what a list is, after any changes: in their order, by id, by name, and counted', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (changes, isAskedBetween) => {
        let rows = Rows.of(shape, []);
        const list = new Map<string, Card>();
        for (const { put, removed } of changes) {
          const gone = removed.filter((id) => !put.some((row) => row.id === id));
          rows = rows.with(put, gone);
          for (const id of gone) list.delete(id);
          for (const row of put) list.set(row.id, row);
          // An index that was asked for is carried on.
          if (isAskedBetween) expect(rows.count('suit', 'clubs')).toBe([...list.values()].filter(({ suit }) => suit === 'clubs').length);
        }
        const expected = inOrder(list.values());
        expect(rows.toArray()).toEqual(expected);
        expect(JSON.stringify(rows)).toBe(JSON.stringify(expected));
        for (const id of letters) expect(rows.get(id)).toEqual(list.get(id));
        for (const suit of ['', 'clubs', 'hearts', 'spades']) {
          const named = expected.filter((row) => row.suit === suit);
          expect(rows.count('suit', suit)).toBe(named.length);
          expect(rows.first('suit', suit)).toEqual(named[0]);
        }
        expect(rows.pick(['f', 'a', 'none', 'a', 'c'])).toEqual(expected.filter(({ id }) => ['a', 'c', 'f'].includes(id)));
      }),
    );
  });

  it('are the same ones when nothing is put or removed', () => {
    const rows = Rows.of(shape, [{ id: 'a', place: 1, suit: null }]);
    expect(rows.with([])).toBe(rows);
    expect(rows.with([], ['a']).toArray()).toEqual([]);
    expect(rows.with([{ id: 'b', place: 0, suit: null }], ['a']).toArray()).toEqual([{ id: 'b', place: 0, suit: null }]);
  });
});
