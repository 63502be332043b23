import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import { applyChange, type Change } from './change.ts';
import { noteDecision } from './decisions.ts';
import { applyDelta, toDelta } from './delta.ts';
import { toItems } from './items.ts';
import type { Item, SessionAggregate } from './model.ts';
import { addIssues, addTopics, deferItem, editTopic, findNext, moveItem, removeItem, reopenItem, skipItem } from './queue.ts';
import { toQueuePart } from './queue-size.ts';
import { startRound } from './rounds.ts';
import { closeSession, updateSession } from './session.ts';
import { estimateItem } from './settlements.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const by = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
const middle = 'item-2500';
const issues = ['SHOP-1', 'SHOP-2'].map((issueKey) => ({ id: issueKey, issueKey, issueId: `1-${issueKey}`, seenInJira: {}, seenAt: now }));

const commands: Readonly<Record<string, (state: SessionAggregate) => Change | null>> = {
  'moves one to the front': (state) => moveItem(state, by(state), middle, 0),
  'moves one between two others': (state) => moveItem(state, by(state), middle, 4_000),
  'adds topics': (state) => addTopics(state, by(state), [{ id: 'new', topic: 'New' }]).change,
  'adds issues': (state) => addIssues(state, by(state), issues).change,
  'removes one': (state) => removeItem(state, by(state), middle),
  'words one anew': (state) => editTopic(state, by(state), middle, 'Other'),
  'skips one': (state) => skipItem(state, by(state), middle),
  'defers one': (state) => deferItem(state, by(state), middle),
  'reopens one': (state) => reopenItem(state, by(state), 'item-1'),
  'notes a decision': (state) => noteDecision(state, by(state), middle, 'Without it'),
  'estimates one without a vote': (state) => estimateItem(state, by(state), { id: 'round', itemId: middle, estimate: 5 }),
  'starts a round on the next': (state) => startRound(state, by(state), { id: 'round' }),
  'renames the session': (state) => updateSession(state, by(state), { title: 'Other' }),
  'closes the session': (state) => closeSession(state, by(state)),
};

/** A queue of 4990 items, all but the last few skipped, with the items that were looked at since the last `clear`. */
function buildWatched(): { readonly state: SessionAggregate; readonly lookedAt: Set<string> } {
  const lookedAt = new Set<string>();
  const watch = (item: Item): Item =>
    new Proxy(item, {
      get: (target, name) => {
        lookedAt.add(target.id);
        return Reflect.get(target, name) as unknown;
      },
    });
  const table = buildTable({ items: 4_990 });
  const items = table.items.map((item, place) => watch({ ...item, state: place < 4_980 ? 'SKIPPED' : 'PENDING' }));
  return { state: { ...table, items: toItems(items) }, lookedAt };
}

describe('of a queue of five thousand few are looked at', () => {
  const { state, lookedAt } = buildWatched();

  it.for(Object.entries(commands))('by a command that %s, by who writes and tells it, and by a replica that hears of it', ([, decide]) => {
    const play = () => {
      const change = decide(state);
      if (change === null) throw new Error('Nothing was to be done.');
      const delta = toDelta(state, change);
      const after = applyDelta(state, delta, 2);
      expect(applyChange(state, change, 2).items.length).toBe(after.items.length);
      after.items.pick(change.items?.map(({ id }) => id) ?? []);
      return {
        next: findNext(after),
        skipped: after.items.count('state', 'SKIPPED'),
        part: toQueuePart(after, 50, after.items.at(4_000)?.position),
      };
    };
    // What is looked for is indexed once, and from then on in all that becomes of this state.
    findNext(state);
    play();
    lookedAt.clear();
    play();
    expect(lookedAt.size).toBeGreaterThan(0);
    expect(lookedAt.size).toBeLessThan(200);
  });

  it('and all of them by one who goes through them', () => {
    lookedAt.clear();
    expect(advance(state, null).items.filter((item) => item.state === 'PENDING')).toHaveLength(10);
    expect(lookedAt.size).toBe(4_990);
  });
});
