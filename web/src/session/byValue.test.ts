import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toSeatsByValue } from './byValue.ts';

const deck = { cards: ['1', '3', '5', '?'].map((label) => ({ label })) };
const front = { id: 'front' };
const back = { id: 'back' };

/** `Ann 3 5` played 3 in the first and 5 in the second track; `-` is no card. */
function reveal(...people: readonly string[]) {
  const played = people.map((person) => person.split(' '));
  const votes = played.flatMap(([id = '', ...labels]) =>
    labels.flatMap((label, at) => (label === '-' ? [] : [{ participant: { id }, track: at === 0 ? front.id : back.id, card: { label } }])),
  );
  return { roster: played.map(([id = '']) => ({ id })), votes, deck };
}

const said = (round: ReturnType<typeof reveal>, tracks: readonly { readonly id: string }[]) =>
  toSeatsByValue(round, tracks).map(({ id, group }) =>
    group === undefined ? id : `${id} ${group.cards.map(({ label }) => label).join('/')} x${group.count}`,
  );

test('one track: the lowest card first, equal ones together with their number, who played none last', () => {
  expect(said(reveal('Ann 5', 'Ben -', 'Eve 1', 'Kim 5', 'Tom ?'), [front])).toEqual(['Eve 1 x1', 'Ann 5 x2', 'Kim', 'Tom ? x1', 'Ben']);
});

test('several tracks: by the first, then by the second; those of the second track only behind', () => {
  const round = reveal('Ann 5 3', 'Ben - 3', 'Eve 5 1', 'Kim 5 3', 'Tom - 1', 'Max 1 -', 'Zoe - -', 'Ivy - 3');
  expect(said(round, [front, back])).toEqual(['Max 1 x1', 'Eve 5/1 x1', 'Ann 5/3 x2', 'Kim', 'Tom 1 x1', 'Ben 3 x2', 'Ivy', 'Zoe']);
});

test('everybody sits once, and the groups count everybody who played', () => {
  const card = fc.constantFrom('-', ...deck.cards.map(({ label }) => label));
  fc.assert(
    fc.property(fc.array(fc.tuple(card, card), { maxLength: 30 }), (cards) => {
      const round = reveal(...cards.map(([one, other], at) => `p${at} ${one} ${other}`));
      const seats = toSeatsByValue(round, [front, back]);
      expect(seats.map(({ id }) => id).sort()).toEqual(round.roster.map(({ id }) => id).sort());
      const counted = seats.reduce((sum, { group }) => sum + (group?.count ?? 0), 0);
      expect(counted).toBe(cards.filter(([one, other]) => one !== '-' || other !== '-').length);
      const groups = seats.flatMap(({ group }) => (group === undefined ? [] : [JSON.stringify(group.cards)]));
      expect(new Set(groups).size).toBe(groups.length);
    }),
  );
});
