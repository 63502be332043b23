import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sorted } from './sorted.ts';

interface Row {
  readonly place: number;
  readonly text: string;
}

const toRow = (place: number): Row => ({ place, text: `row ${place}` });
const byPlace = (one: Row, other: Row) => one.place - other.place;

describe('rows in an order', () => {
  const places = fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { maxLength: 400 });

  it('are those of an array that is sorted again after each change, whatever is put and removed', () => {
    fc.assert(
      fc.property(places, fc.array(fc.record({ removed: places, put: places }), { maxLength: 12 }), (given, changes) => {
        let expected = new Map(given.map((place) => [place, toRow(place)]));
        let rows = Sorted.of([...expected.values()], byPlace);
        for (const { removed, put } of changes) {
          const before = rows.toArray();
          const added = put.map((place) => ({ ...toRow(place), text: 'put' }));
          const next = rows.with(removed.map(toRow), added);
          expect(rows.toArray()).toEqual(before);
          expected = new Map(expected);
          for (const place of removed) expected.delete(place);
          for (const row of added) expected.set(row.place, row);
          rows = next;
          const inOrder = [...expected.values()].sort(byPlace);
          expect(rows.toArray()).toEqual(inOrder);
          expect([...rows]).toEqual(inOrder);
          expect(rows).toHaveLength(inOrder.length);
          for (const at of [-inOrder.length - 1, -1, 0, 70, inOrder.length]) expect(rows.at(at)).toEqual(inOrder.at(at));
          expect(rows.countInFront(({ place }) => place < 300)).toBe(inOrder.filter(({ place }) => place < 300).length);
          expect(rows.slice(60, 80)).toEqual(inOrder.slice(60, 140));
        }
      }),
    );
  });

  it('compare a row with few others, wherever it is put, however they came about', () => {
    let compared = 0;
    const counted = (one: Row, other: Row) => {
      compared += 1;
      return byPlace(one, other);
    };
    let rows = Sorted.of<Row>([], counted);
    for (let place = 0; place < 5_000; place += 1) rows = rows.with([], [toRow((place * 2_003) % 5_000)]);
    // Most of them go: what is left is not spread over as many pieces as there were.
    rows = rows.with(
      rows.toArray().filter(({ place }) => place % 50 !== 0),
      [],
    );
    compared = 0;
    for (let place = 0; place < 5_000; place += 50) rows = rows.with([toRow(place)], [{ place, text: 'other' }]);
    expect(rows).toHaveLength(100);
    expect(compared / 200).toBeLessThan(12);
    for (let place = 0; place < 5_000; place += 1) rows = rows.with([], [toRow(place)]);
    compared = 0;
    for (let place = 0; place < 5_000; place += 50) rows = rows.with([toRow(place)], [{ place, text: 'other' }]);
    expect(compared / 200).toBeLessThan(20);
  });
});
