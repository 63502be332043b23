import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decks, getDeck, isNumeric, toCustomDeck } from './decks.ts';
import type { Deck, EstimatePolicy, Round, Vote } from './model.ts';
import { type Result, toResult } from './results.ts';

const policies: readonly EstimatePolicy[] = ['UNANIMOUS', 'WITHIN_ONE_CARD', 'MEDIAN', 'MAX', 'MAJORITY'];

function buildRound(deck: Deck, policy: EstimatePolicy = 'MEDIAN'): Round {
  const times = {
    openedAt: new Date(0),
    revealsAt: null,
    deadlineAt: null,
    timerLeftSeconds: null,
    revealedAt: new Date(1),
    settledAt: null,
  };
  return {
    id: 'round',
    itemId: 'item',
    number: 1,
    state: 'REVEALED',
    origin: 'VOTE',
    reason: null,
    settledBy: null,
    deck,
    policy,
    roster: [],
    ...times,
  };
}

/** The result of these cards, each by a voter of its own: v0, v1 … */
function resultOf(
  cards: readonly string[],
  { policy = 'MEDIAN' as EstimatePolicy, deck = getDeck('fibonacci'), size = cards.length } = {},
): Result {
  const votes = cards.map((card, index): Vote => ({ roundId: 'round', participantId: `v${index}`, track: 'estimate', card, note: null }));
  return toResult(buildRound(deck, policy), { track: 'estimate', size }, votes);
}

const suggested = (cards: readonly string[], policy: EstimatePolicy) => resultOf(cards, { policy }).suggestion.value;

/** Some cards of some deck, played under some policy. */
const plays = fc.constantFrom(...decks).chain((deck) =>
  fc.record({
    deck: fc.constant(deck),
    cards: fc.array(fc.constantFrom(...deck.cards.map((card) => card.label)), { maxLength: 12 }),
    policy: fc.constantFrom(...policies),
  }),
);

function always(
  check: (result: Result, play: { readonly deck: Deck; readonly cards: readonly string[]; readonly values: readonly number[] }) => void,
): void {
  fc.assert(
    fc.property(plays, ({ deck, cards, policy }) => {
      const values = cards.flatMap((label) => deck.cards.find((card) => card.label === label)?.value ?? []);
      check(resultOf(cards, { policy, deck }), { deck, cards, values });
    }),
  );
}

describe('the result of a round', () => {
  it('counts every card played, in the deck’s order', () => {
    always(({ distribution }, { deck, cards }) => {
      expect(distribution.reduce((sum, { count }) => sum + count, 0)).toBe(cards.length);
      const places = distribution.map(({ card }) => deck.cards.findIndex(({ label }) => label === card.label));
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect(distribution.every(({ count }) => count > 0)).toBe(true);
    });
  });

  it('has its median and its mean between the lowest and the highest number', () => {
    always(({ median, mean, min, max, numericCount }, { values, deck }) => {
      expect(numericCount).toBe(values.length);
      if (values.length === 0) return expect([median, mean, min, max]).toEqual([null, null, null, null]);
      expect([min, max]).toEqual([Math.min(...values), Math.max(...values)]);
      expect(mean === null).toBe(!isNumeric(deck));
      for (const middle of [median, mean ?? median]) {
        expect(middle).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
        expect(middle).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
      }
    });
  });

  it('has as many numbers below its median as above', () => {
    always(({ median }, { values }) => {
      if (median === null) return;
      const half = values.length / 2;
      expect(values.filter((value) => value < median).length).toBeLessThanOrEqual(half);
      expect(values.filter((value) => value > median).length).toBeLessThanOrEqual(half);
    });
  });

  it('has an agreement between 0 and 1, which is the share of the most played number', () => {
    always(({ agreement, mode }, { values, cards }) => {
      if (values.length === 0) return expect([agreement, mode]).toEqual([null, []]);
      if (values.length < 2 || values.length * 2 < cards.length) return expect(agreement).toBeNull();
      expect(agreement).toBeGreaterThan(0);
      expect(agreement).toBeLessThanOrEqual(1);
      const most = Math.max(...values.map((value) => values.filter((other) => other === value).length));
      expect(agreement).toBe(most / values.length);
      expect([...mode].sort()).toEqual(
        [...new Set(values.filter((value) => values.filter((other) => other === value).length === most))].sort(),
      );
    });
  });

  it('has no deviation exactly when all numbers are the same', () => {
    always(({ standardDeviation }, { values, deck }) => {
      if (values.length === 0 || !isNumeric(deck)) return expect(standardDeviation).toBeNull();
      expect((standardDeviation ?? -1) < 1e-9).toBe(new Set(values).size === 1);
      expect(standardDeviation).toBeLessThanOrEqual((Math.max(...values) - Math.min(...values)) / 2 + 1e-6);
    });
  });

  it('does not depend on the order of voting', () => {
    always((result, { deck, cards }) => {
      const { outlierIds: _, ...rest } = resultOf([...cards].reverse(), { deck, policy: result.suggestion.rule });
      expect(rest).toEqual({ ...result, outlierIds: undefined });
    });
  });

  it('suggests a card of the deck that lies among the votes, or nothing, and says by which rule and why', () => {
    always(({ suggestion }, { deck, values }) => {
      expect(suggestion.reason).not.toBe('');
      if (suggestion.value === null) return;
      expect(deck.cards.map((card) => card.value)).toContain(suggestion.value);
      expect(suggestion.value).toBeGreaterThanOrEqual(Math.min(...values));
      expect(suggestion.value).toBeLessThanOrEqual(Math.max(...values));
    });
  });

  it('leaves ? and ☕ out of the maths', () => {
    const { numericCount, mean, median, agreement, min, distribution } = resultOf(['?', '☕', '5', '☕']);
    expect({ numericCount, mean, median, agreement, min }).toEqual({ numericCount: 1, mean: 5, median: 5, agreement: null, min: 5 });
    expect(distribution.map(({ card, count }) => [card.label, count])).toEqual([
      ['5', 1],
      ['?', 1],
      ['☕', 2],
    ]);
  });

  it('takes 0 and ½ for the numbers they are', () => {
    const deck = getDeck('modified-fibonacci');
    expect(resultOf(['0', '0', '½'], { deck })).toMatchObject({ numericCount: 3, min: 0, max: 0.5, median: 0, mode: [0], mean: 0.166667 });
    expect(resultOf(['0', '0'], { deck })).toMatchObject({ hasConsensus: true, median: 0, suggestion: { value: 0 } });
  });

  it('without a number has nothing to say but who played what', () => {
    for (const policy of policies) {
      expect(resultOf(['?', '☕'], { policy })).toMatchObject({
        mean: null,
        median: null,
        mode: [],
        min: null,
        max: null,
        standardDeviation: null,
        agreement: null,
        hasConsensus: false,
        outlierIds: [],
        suggestion: { value: null, rule: policy },
      });
    }
  });

  it('is consensus when all numbers are the same and nobody is unsure; a break does not count', () => {
    expect(resultOf(['5', '5', '5']).hasConsensus).toBe(true);
    expect(resultOf(['5', '5', '☕']).hasConsensus).toBe(true);
    expect(resultOf(['5', '5', '?']).hasConsensus).toBe(false);
    expect(resultOf(['5', '8']).hasConsensus).toBe(false);
  });

  it('agrees on nothing with fewer than two numbers, or with those of fewer than half of the roster', () => {
    const saysOf = (cards: readonly string[], size: number) => {
      const { agreement, hasConsensus, votedCount, voterCount } = resultOf(cards, { size });
      return { agreement, hasConsensus, turnout: `${votedCount} of ${voterCount}` };
    };
    expect(saysOf(['5'], 1)).toEqual({ agreement: null, hasConsensus: false, turnout: '1 of 1' });
    expect(saysOf(['5', '5'], 5)).toEqual({ agreement: null, hasConsensus: false, turnout: '2 of 5' });
    expect(saysOf(['5', '5', '☕'], 5)).toEqual({ agreement: null, hasConsensus: false, turnout: '3 of 5' });
    expect(saysOf(['5', '5'], 4)).toEqual({ agreement: 1, hasConsensus: true, turnout: '2 of 4' });
    expect(saysOf(['5', '8', '5'], 5)).toMatchObject({ agreement: 2 / 3, hasConsensus: false });
  });

  it('says labels of sizes, and no mean of what nobody has given a number', () => {
    const sizes = resultOf(['S', 'M', 'L'], { deck: getDeck('t-shirt') });
    expect(sizes).toMatchObject({ mean: null, standardDeviation: null, suggestion: { value: 4, label: 'M' } });
    const declared = toCustomDeck([
      { label: 'S', value: 1, kind: 'NUMBER' },
      { label: 'M', value: 3, kind: 'NUMBER' },
    ]);
    expect(resultOf(['S', 'M'], { deck: declared })).toMatchObject({ mean: 2, suggestion: { label: 'M' } });
  });

  it.each([
    [['0.1', '0.2'], { mean: 0.15, median: 0.15 }],
    [['0.1', '0.2', '0.3'], { mean: 0.2, median: 0.2 }],
    [['0.001', '0.002'], { mean: 0.0015, median: 0.0015 }],
  ])('computes with %s as people do', (cards, expected) => {
    const deck = toCustomDeck([...new Set([...cards, '9'])].map((label) => ({ label, value: Number(label), kind: 'NUMBER' as const })));
    expect(resultOf(cards, { deck })).toMatchObject(expected);
  });

  it('names those at both ends, lowest first, when the ends are more than one card apart', () => {
    expect(resultOf(['5', '13', '5', '3', '13']).outlierIds).toEqual(['v3', 'v1', 'v4']);
    expect(resultOf(['5', '8', '8']).outlierIds).toEqual([]);
    expect(resultOf(['5', '?']).outlierIds).toEqual([]);
  });

  it('goes by the numbers, in whatever order a deck of one’s own has its cards', () => {
    const deck = toCustomDeck([8, 1, 3, 2].map((value) => ({ label: String(value), value, kind: 'NUMBER' as const })));
    expect(resultOf(['8', '1', '3'], { deck })).toMatchObject({ min: 1, median: 3, max: 8, outlierIds: ['v1', 'v0'] });
    expect(resultOf(['8', '3'], { deck, policy: 'WITHIN_ONE_CARD' })).toMatchObject({ outlierIds: [], suggestion: { value: 8 } });
    expect(resultOf(['1', '3'], { deck, policy: 'WITHIN_ONE_CARD' })).toMatchObject({
      outlierIds: ['v0', 'v1'],
      suggestion: { value: null },
    });
  });

  it('counts only votes of its round and track', () => {
    const votes: Vote[] = [
      { roundId: 'round', participantId: 'v0', track: 'dev', card: '5', note: null },
      { roundId: 'round', participantId: 'v0', track: 'test', card: '8', note: null },
      { roundId: 'other', participantId: 'v1', track: 'dev', card: '13', note: null },
    ];
    expect(toResult(buildRound(getDeck('fibonacci')), { track: 'dev', size: 1 }, votes)).toMatchObject({
      track: 'dev',
      numericCount: 1,
      max: 5,
    });
  });
});

describe('the suggestion', () => {
  it('UNANIMOUS: the card that everybody played, else none', () => {
    expect(suggested(['5', '5'], 'UNANIMOUS')).toBe(5);
    expect(suggested(['5', '8'], 'UNANIMOUS')).toBeNull();
    expect(suggested(['5', '5', '?'], 'UNANIMOUS')).toBeNull();
  });

  it('WITHIN_ONE_CARD: the higher of two neighbours, else none', () => {
    expect(suggested(['5', '8', '5'], 'WITHIN_ONE_CARD')).toBe(8);
    expect(suggested(['3', '3'], 'WITHIN_ONE_CARD')).toBe(3);
    expect(suggested(['3', '8'], 'WITHIN_ONE_CARD')).toBeNull();
  });

  it('MEDIAN: the card nearest to the median, half-way up', () => {
    expect(suggested(['3', '5', '13'], 'MEDIAN')).toBe(5);
    // 5 and 13 have their middle at 9, to which 8 is nearest.
    expect(suggested(['5', '13'], 'MEDIAN')).toBe(8);
    expect(suggested(['1', '2'], 'MEDIAN')).toBe(2);
    const reasonOf = (cards: readonly string[]) => resultOf(cards).suggestion.reasonCode;
    expect([reasonOf(['3', '5', '13']), reasonOf(['5', '13'])]).toEqual(['MEDIAN', 'NEAREST_TO_MEDIAN']);
  });

  it('MAX: the highest card', () => {
    expect(suggested(['1', '2', '13', '?'], 'MAX')).toBe(13);
  });

  it('MAJORITY: the card with more than half of the numbers, else none', () => {
    expect(suggested(['5', '5', '8'], 'MAJORITY')).toBe(5);
    expect(suggested(['5', '8', '8'], 'MAJORITY')).toBe(8);
    expect(suggested(['5', '8'], 'MAJORITY')).toBeNull();
    expect(suggested(['5', '5', '8', '13'], 'MAJORITY')).toBeNull();
  });

  it('MAJORITY: none while fewer than half of those who might have voted played a number', () => {
    const suggestionOf = (cards: readonly string[], size: number) => resultOf(cards, { policy: 'MAJORITY', size }).suggestion;
    expect(suggestionOf(['5', '5', '?'], 5)).toMatchObject({
      value: null,
      reasonCode: 'NO_QUORUM',
      reason: 'Only 2 of 5 played a number.',
    });
    expect(suggestionOf(['5', '5', '?'], 4)).toMatchObject({ value: 5, reasonCode: 'MAJORITY' });
  });
});
