import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import type { SessionAggregate } from './model.ts';
import { addIssues, addTopics, deferItem, editTopic, findNext, moveItem, removeItem, reopenItem, reorderItems, skipItem } from './queue.ts';
import { toQueuePart } from './queue-size.ts';
import { revealRound, startRound } from './rounds.ts';
import { closeSession } from './session.ts';
import { settleRound } from './settlements.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const by = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
const refusal = (code: string) => expect.objectContaining({ code });
const order = (state: SessionAggregate) => state.items.map(({ id }) => id);
const states = (state: SessionAggregate) => state.items.map((item) => item.state);

/** Topics item-1 to item-3, the first being voted on. */
function voting(): SessionAggregate {
  const state = buildTable({ items: 3 });
  return advance(state, startRound(state, by(state), { id: 'round-1' }));
}

function estimated(): SessionAggregate {
  const open = voting();
  const turned = advance(open, revealRound(open, by(open), 'round-1'));
  return advance(turned, settleRound(turned, by(turned), { roundId: 'round-1', estimate: 5 }));
}

describe('the queue', () => {
  it('takes issues at its end, each once: doubles of the queue and of the request are named', () => {
    const draft = (id: string, issueKey: string) => ({ id, issueKey, seenInJira: { estimate: 3 }, seenAt: now });
    const before = buildTable({ items: 1 });
    const first = addIssues(before, by(before), [draft('a', 'SHOP-1'), draft('b', 'SHOP-2'), draft('c', 'SHOP-1')]);
    expect(first.duplicates).toEqual(['SHOP-1']);
    const state = advance(before, first.change);
    expect(order(state)).toEqual(['item-1', 'a', 'b']);
    expect(state.items.at(1)).toMatchObject({ issueKey: 'SHOP-1', topic: null, seenInJira: { estimate: 3 }, state: 'PENDING' });
    expect(addIssues(state, by(state), [draft('d', 'SHOP-2')])).toMatchObject({ change: null, duplicates: ['SHOP-2'] });
  });

  it('takes one issue once, whatever key it had or has', () => {
    const draft = (id: string, issueKey: string) => ({ id, issueKey, seenInJira: {}, seenAt: now });
    const before = buildTable({ items: 0 });
    const known = { ...draft('a', 'SHOP-11'), issueId: '10011' };
    const { change } = addIssues(before, by(before), [known, { ...draft('b', 'OLD-1'), issueId: '10011' }]);
    const after = advance(before, change);
    expect(after.items.map(({ issueKey }) => issueKey)).toEqual(['SHOP-11']);
    // Also when it has moved since.
    expect(addIssues(after, by(after), [{ ...draft('c', 'NEW-5'), issueId: '10011' }])).toMatchObject({ added: [], duplicates: ['NEW-5'] });
    expect(addIssues(after, by(after), [draft('d', 'SHOP-12'), draft('e', 'SHOP-13')]).added).toHaveLength(2);
  });

  it.each([
    // held, added, held then
    [0, 1_000, 1_000],
    [0, 1_001, 'TOO_MANY_ITEMS'],
    [4_000, 1_000, 5_000],
    [4_000, 1_001, 'TOO_MANY_ITEMS'],
    [4_999, 1, 5_000],
    [4_999, 2, 'TOO_MANY_ITEMS'],
    [5_000, 1, 'TOO_MANY_ITEMS'],
  ] as const)('takes 1000 topics in a request and holds 5000 items: %d and %d more are %s', (held, count, outcome) => {
    const state = buildTable({ items: held });
    const topics = Array.from({ length: count }, (_, index) => ({ id: `more-${index}`, topic: 'More' }));
    const add = () => addTopics(state, by(state), topics);
    if (typeof outcome === 'number') expect(order(advance(state, add().change))).toHaveLength(outcome);
    else expect(add).toThrow(refusal(outcome));
  });

  it('counts issues without those that it holds already: 5000, else TOO_MANY_ITEMS', () => {
    const issues = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        id: `i${from + index}`,
        issueKey: `SHOP-${from + index}`,
        seenInJira: {},
        seenAt: now,
      }));
    const almost = buildTable({ items: 4_999 });
    const full = advance(almost, addIssues(almost, by(almost), issues(1, 1)).change);
    expect(order(full)).toHaveLength(5_000);
    expect(addIssues(full, by(full), issues(1, 1))).toMatchObject({ added: [], duplicates: ['SHOP-1'] });
    expect(() => addIssues(full, by(full), issues(1, 2))).toThrow(refusal('TOO_MANY_ITEMS'));
  });

  it('is put into a whole new order of 1000 items at most: TOO_MANY_ITEMS, and each item is moved alone', () => {
    const state = buildTable({ items: 1_001 });
    expect(() => reorderItems(state, by(state), order(state).toReversed())).toThrow(refusal('TOO_MANY_ITEMS'));
    expect(moveItem(state, by(state), 'item-1001', 0)?.items).toHaveLength(1);
    const largest = buildTable({ items: 1_000 });
    expect(reorderItems(largest, by(largest), order(largest).toReversed())?.items).toHaveLength(1_000);
  });

  it('refuses no topics, an empty and a too long one with INVALID_INPUT', () => {
    const state = buildTable();
    expect(() => addTopics(state, by(state), [])).toThrow(refusal('INVALID_INPUT'));
    for (const topic of ['', ' \t ', 'x'.repeat(201)])
      expect(() => addTopics(state, by(state), [{ id: 'a', topic }])).toThrow(refusal('INVALID_INPUT'));
  });

  it('is reordered by naming every item once: INCOMPLETE_ORDER', () => {
    const state = buildTable({ items: 3 });
    expect(order(advance(state, reorderItems(state, by(state), ['item-3', 'item-1', 'item-2'])))).toEqual(['item-3', 'item-1', 'item-2']);
    expect(reorderItems(state, by(state), order(state))).toBeNull();
    for (const wrong of [
      [],
      ['item-1'],
      ['item-1', 'item-2', 'item-2'],
      ['item-1', 'item-2', 'item-4'],
      ['item-1', 'item-2', 'item-3', 'item-3'],
    ]) {
      expect(() => reorderItems(state, by(state), wrong)).toThrow(refusal('INCOMPLETE_ORDER'));
    }
  });

  it('never moves, deletes, rewords or reopens the item being voted on: ITEM_IN_USE', () => {
    const state = voting();
    expect(() => reorderItems(state, by(state), ['item-2', 'item-1', 'item-3'])).toThrow(refusal('ITEM_IN_USE'));
    expect(() => moveItem(state, by(state), 'item-1', 2)).toThrow(refusal('ITEM_IN_USE'));
    expect(() => removeItem(state, by(state), 'item-1')).toThrow(refusal('ITEM_IN_USE'));
    expect(() => editTopic(state, by(state), 'item-1', 'other')).toThrow(refusal('ITEM_IN_USE'));
    expect(() => reopenItem(state, by(state), 'item-1')).toThrow(refusal('ITEM_IN_USE'));
    expect(order(advance(state, reorderItems(state, by(state), ['item-1', 'item-3', 'item-2'])))).toEqual(['item-1', 'item-3', 'item-2']);
  });

  it('moves one item to a place; past the end is the end', () => {
    const state = buildTable({ items: 3 });
    expect(order(advance(state, moveItem(state, by(state), 'item-3', 0)))).toEqual(['item-3', 'item-1', 'item-2']);
    expect(order(advance(state, moveItem(state, by(state), 'item-1', 99)))).toEqual(['item-2', 'item-3', 'item-1']);
    expect(moveItem(state, by(state), 'item-2', 1)).toBeNull();
  });

  it('deletes what was never played, and keeps what was: ITEM_IN_USE', () => {
    const state = estimated();
    expect(order(advance(state, removeItem(state, by(state), 'item-2')))).toEqual(['item-1', 'item-3']);
    expect(() => removeItem(state, by(state), 'item-1')).toThrow(refusal('ITEM_IN_USE'));
  });

  it('skips an item where it stands, and defers one to its end', () => {
    const state = buildTable({ items: 3 });
    const skipped = advance(state, skipItem(state, by(state), 'item-1'));
    expect([order(skipped), states(skipped)]).toEqual([
      ['item-1', 'item-2', 'item-3'],
      ['SKIPPED', 'PENDING', 'PENDING'],
    ]);
    const deferred = advance(skipped, deferItem(skipped, by(skipped), 'item-2'));
    expect([order(deferred), states(deferred)]).toEqual([
      ['item-1', 'item-3', 'item-2'],
      ['SKIPPED', 'PENDING', 'DEFERRED'],
    ]);
  });

  it('skipping or deferring the item being voted on abandons its round, whose votes stay in the ledger', () => {
    for (const aside of [skipItem, deferItem]) {
      const open = voting();
      const change = aside(open, by(open), 'item-1');
      expect(change.withdrawnVotes).toBeUndefined();
      expect(advance(open, change)).toMatchObject({
        session: { openRoundId: null, openRoundVoters: [] },
        rounds: [{ state: 'ABANDONED' }],
      });
    }
  });

  it('plays deferred items after the pending ones, and skipped ones not at all', () => {
    const before = buildTable({ items: 2 });
    const deferred = advance(before, deferItem(before, by(before), 'item-1'));
    const skipped = advance(deferred, skipItem(deferred, by(deferred), 'item-2'));
    const started = advance(skipped, startRound(skipped, by(skipped), { id: 'round-1' }));
    expect(started.rounds[0]?.itemId).toBe('item-1');
    const allSkipped = advance(skipped, skipItem(skipped, by(skipped), 'item-1'));
    expect(() => startRound(allSkipped, by(allSkipped), { id: 'round-1' })).toThrow(refusal('NOTHING_TO_ESTIMATE'));
  });

  it('reopens an estimated item, whose estimate stays in the ledger', () => {
    const before = estimated();
    const state = advance(before, reopenItem(before, by(before), 'item-1'));
    expect(state.items.at(0)?.state).toBe('PENDING');
    expect(state.estimates).toHaveLength(1);
    expect(reopenItem(state, by(state), 'item-1')).toBeNull();
  });

  it('is a facilitator’s in an open session: NOT_A_FACILITATOR, ITEM_NOT_FOUND, SESSION_CLOSED', () => {
    const state = buildTable({ items: 2 });
    const closed = advance(state, closeSession(state, by(state)));
    const commands = [removeItem, skipItem, deferItem, reopenItem];
    for (const command of commands) {
      expect(() => command(state, { actorId: 'voter-1', now }, 'item-1')).toThrow(refusal('NOT_A_FACILITATOR'));
      expect(() => command(state, by(state), 'none')).toThrow(refusal('ITEM_NOT_FOUND'));
      expect(() => command(closed, by(closed), 'item-1')).toThrow(refusal('SESSION_CLOSED'));
    }
    expect(() => reorderItems(closed, by(closed), ['item-2', 'item-1'])).toThrow(refusal('SESSION_CLOSED'));
    expect(() => moveItem(closed, by(closed), 'item-2', 0)).toThrow(refusal('SESSION_CLOSED'));
  });
});

describe('a part of the queue', () => {
  const state = buildTable({ items: 7 });
  const read = (first: number, after?: number | null) => {
    const { nodes, ...rest } = toQueuePart(state, first, after ?? undefined);
    return { ids: nodes.map(({ id }) => id), ...rest };
  };

  it.each([1, 2, 3, 7, 5_000])('is followed by the next, until all of it was read, %d at a time', (first) => {
    const ids: string[] = [];
    for (let part = read(first); ; part = read(first, part.endCursor)) {
      ids.push(...part.ids);
      expect(part.ids.length).toBeLessThanOrEqual(first);
      if (!part.hasNextPage) break;
    }
    expect(ids).toEqual(order(state));
  });

  it('is empty behind the last item, and goes on behind one that was removed', () => {
    const [, second] = state.items;
    expect(read(5, state.items.at(-1)?.position)).toEqual({ ids: [], hasNextPage: false, endCursor: null });
    const without = advance(state, removeItem(state, by(state), second?.id ?? ''));
    expect(toQueuePart(without, 1, second?.position).nodes).toEqual([state.items.at(2)]);
  });

  it('is 1 to 5000 items, else refused with INVALID_INPUT', () => {
    for (const first of [0, -1, 5_001]) expect(() => read(first)).toThrow(refusal('INVALID_INPUT'));
  });
});

it('what comes next is the first pending item, or else the first that was deferred', () => {
  const state = buildTable({ items: 3 });
  const [one, two, three] = order(state);
  const act = (from: SessionAggregate, change: ReturnType<typeof skipItem>) => advance(from, change);
  const deferred = act(state, deferItem(state, by(state), one ?? ''));
  expect(findNext(deferred)?.id).toBe(two);
  const skipped = [two, three].reduce((before, id) => act(before, skipItem(before, by(before), id ?? '')), deferred);
  expect(findNext(skipped)?.id).toBe(one);
  expect(findNext(act(skipped, skipItem(skipped, by(skipped), one ?? '')))).toBeUndefined();
});

describe('a move of one item', () => {
  const build = (count: number) => {
    const empty = buildTable({ items: 0 });
    return advance(
      empty,
      addTopics(
        empty,
        by(empty),
        Array.from({ length: count }, (_, index) => ({ id: `t${index}`, topic: 'Pay' })),
      ).change,
    );
  };

  it.each([
    ['the last to the front', 't999', 0],
    ['the first to the end', 't0', 999],
    ['the first past the end', 't0', 5_000],
    ['into the middle', 't3', 500],
  ])('changes that item alone in a queue of a thousand: %s', (_what, itemId, to) => {
    const state = build(1_000);
    expect(moveItem(state, by(state), itemId, to)?.items?.map(({ id }) => id)).toEqual([itemId]);
  });

  it('brings the order that was asked for whatever was moved before, and changes less than two items at a time on average', () => {
    const moves = fc.array(fc.tuple(fc.nat(11), fc.nat(13)), { minLength: 40, maxLength: 80 });
    fc.assert(
      fc.property(moves, (given) => {
        let state = build(12);
        let written = 0;
        for (const [from, to] of given) {
          const ids = order(state);
          const moved = ids[from] ?? '';
          const change = moveItem(state, by(state), moved, to);
          written += change?.items?.length ?? 0;
          state = advance(state, change);
          expect(order(state)).toEqual(ids.toSpliced(from, 1).toSpliced(to, 0, moved));
          expect(state.items.toArray().every(({ position }) => Number.isInteger(position))).toBe(true);
        }
        expect(written).toBeLessThan(2 * given.length);
      }),
    );
  });

  it('counts on beyond a billion, one at a time, so that a position stays a GraphQL Int', () => {
    const built = build(3);
    const far = { ...built, items: built.items.with(built.items.map((item, index) => ({ ...item, position: (index - 1) * 2 ** 30 }))) };
    const ends = [moveItem(far, by(far), 't1', 0), moveItem(far, by(far), 't1', 2)].map((change) => change?.items?.at(0)?.position);
    expect(ends).toEqual([-(2 ** 30) - 1, 2 ** 30 + 1]);
  });

  it('makes room where there is none: queues of before this rule stand without gaps', () => {
    const built = build(4);
    const dense = { ...built, items: built.items.with(built.items.map((item, index) => ({ ...item, position: index + 1 }))) };
    const state = advance(dense, moveItem(dense, by(dense), 't3', 1));
    expect(order(state)).toEqual(['t0', 't3', 't1', 't2']);
    expect(moveItem(state, by(state), 't2', 1)?.items).toHaveLength(1);
  });
});
