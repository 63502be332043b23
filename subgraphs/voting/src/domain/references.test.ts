import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import { getDeck } from './decks.ts';
import type { SessionAggregate } from './model.ts';
import { joinSession } from './participants.ts';
import { type Comparable, type Estimated, findReferences, maySeeReferences } from './references.ts';
import { revealRound, startRound, toVote } from './rounds.ts';
import { estimateItem } from './settlements.ts';

const deck = getDeck('fibonacci');
const issue = (title: string, more: Partial<Comparable> = {}): Comparable => ({
  ...{ key: 'SHOP-1', title, url: null, labels: [], components: [], epic: null },
  ...more,
});
const earlier = (title: string, value: number, more: Partial<Comparable> = {}): Estimated => ({
  ...issue(title, more),
  value,
  source: 'JIRA',
});

describe('earlier estimates', () => {
  it.each<[string, Partial<Comparable>, string, object]>([
    ['the same epic', { epic: 'SHOP-9' }, 'Other', { isSameEpic: true, score: 3 }],
    ['a component', { components: ['Pricing', 'Web'] }, 'Other', { sharedComponents: ['Pricing'], score: 2 }],
    ['labels', { labels: ['a', 'b'] }, 'Other', { sharedLabels: ['a', 'b'], score: 2 }],
    ['all words of the title', {}, 'Explain ERRORS in sale badges', { sharedWords: ['Explain', 'ERRORS', 'sale', 'badges'], score: 6 }],
    ['a word in another form', {}, 'The badge is empty', { sharedWords: ['badge'], score: 1 }],
    ['nothing', {}, 'Other', { sharedWords: [], isSameEpic: false, score: 0 }],
  ])('say why they are alike: %s', (_, more, title, why) => {
    const subject = issue('Explain error in sale badges', { epic: 'SHOP-9', components: ['Pricing'], labels: ['a', 'b', 'c'] });
    const { sizes } = findReferences(subject, [earlier(title, 5, more)], deck);
    const [found] = sizes[0]?.references ?? [];
    expect(found).toMatchObject(why);
  });

  it('are read in any script, and words that most titles have say nothing', () => {
    const titles = ['корзина падает', 'оплата', 'поиск', 'скидки', 'письма', 'фильтр', 'вход'].map((word) => `Сделать ${word}`);
    const estimated = [...titles, 'Сделать корзину быстрее'].map((title) => earlier(title, 3));
    const { similar } = findReferences(issue('Сделать корзины красивыми'), estimated, deck);
    expect(similar.map(({ title, sharedWords }) => [title, sharedWords])).toEqual([
      ['Сделать корзина падает', ['корзина']],
      ['Сделать корзину быстрее', ['корзину']],
    ]);
  });

  it('come by the cards of the deck, three of a size, and five that have something in common', () => {
    const estimated = [8, 3, 3, 3, 3, 4, 5].map((value, index) =>
      earlier(`Basket ${index}`, value, { epic: index === 3 ? 'SHOP-9' : null }),
    );
    const { sizes, similar } = findReferences(issue('Basket', { epic: 'SHOP-9' }), estimated, deck);
    expect(sizes.map(({ label, references }) => [label, references.length])).toEqual([
      ['3', 3],
      ['5', 1],
      ['8', 1],
    ]);
    expect(sizes[0]?.references[0]).toMatchObject({ title: 'Basket 3', label: '3' });
    expect(similar).toHaveLength(5);
    expect(findReferences(issue('Basket'), [], deck)).toEqual({ sizes: [], similar: [] });
  });
});

describe('whether they may be seen', () => {
  const now = new Date();
  const by = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
  const table = (hideEstimates = true) => {
    const before = buildTable({ voters: 1, tracks: [{ id: 'dev', discipline: 'dev' }, { id: 'all' }], settings: { hideEstimates } });
    return advance(before, joinSession(before, { id: 'watcher', name: 'Wim', role: 'SPECTATOR', discipline: null, now }));
  };
  const open = (state: SessionAggregate) => advance(state, startRound(state, by(state), { id: 'round', itemId: 'item-1' }));
  const may = (state: SessionAggregate, id: string, tracks: readonly string[] = []) => {
    const participant = state.participants.find((candidate) => candidate.id === id);
    if (participant === undefined) throw new Error(`nobody is ${id}`);
    const votes = tracks.map((track) => toVote(state, id, { roundId: 'round', card: '5', track }));
    return maySeeReferences(state, participant, { itemId: 'item-1', votes });
  };

  it('is no before the round, and without one’s own vote; others’ votes do not help', () => {
    expect(may(table(), 'voter-1')).toBe(false);
    const state = open(table());
    expect(may(state, 'voter-1')).toBe(false);
    expect(may(state, 'watcher')).toBe(false);
    expect(may(state, 'voter-1', ['all'])).toBe(true);
    const others = [toVote(state, facilitatorOf(state), { roundId: 'round', card: '5', track: 'all' })];
    const voter = state.participants.find(({ id }) => id === 'voter-1');
    expect(voter && maySeeReferences(state, voter, { itemId: 'item-1', votes: others })).toBe(false);
  });

  it('is yes for all at the reveal, no again in the next round, and yes for what is settled', () => {
    const opened = open(table());
    const revealed = advance(opened, revealRound(opened, by(opened), 'round'));
    expect(may(revealed, 'watcher')).toBe(true);
    expect(may(advance(revealed, startRound(revealed, by(revealed), { id: 'again' })), 'watcher')).toBe(false);
    const estimates = [{ track: 'all', value: 5 }];
    const fresh = table();
    expect(may(advance(fresh, estimateItem(fresh, by(fresh), { id: 'direct', itemId: 'item-1', estimates })), 'watcher')).toBe(true);
  });

  it('is always yes where the session hides nothing', () => {
    expect(may(table(false), 'watcher')).toBe(true);
    expect(may(open(table(false)), 'voter-1')).toBe(true);
  });
});
