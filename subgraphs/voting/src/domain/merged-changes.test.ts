import { describe, expect, it } from 'vitest';
import type { Delta } from './delta.ts';
import { mergeChanges } from './merged-changes.ts';
import type { SessionEvent } from './model.ts';

let revision = 0;

const logged = (type: SessionEvent['type'], about: Partial<SessionEvent> = {}, delta: Delta | null = null) => ({
  event: { type, at: new Date(), actorId: null, revision: ++revision, ...about },
  delta,
});
const cast = (participantId: string, track: string) => logged('VOTE_CAST', { roundId: 'r', participantId, track });
const withdrawn = (participantId: string, track?: string) =>
  logged('PARTICIPANT_UPDATED', {}, { withdrawnVotes: [{ roundId: 'r', participantId, ...(track === undefined ? {} : { track }) }] });

describe('changes that are merged', () => {
  it('tell the last that is known of each vote, whoever voted first', () => {
    const retracted = logged('VOTE_RETRACTED', { roundId: 'r', participantId: 'ada', track: 'dev' });
    expect(mergeChanges([cast('bob', 'dev'), cast('ada', 'dev'), retracted])?.votes).toEqual([
      { roundId: 'r', participantId: 'ada', track: 'dev', hasVoted: false },
      { roundId: 'r', participantId: 'bob', track: 'dev', hasVoted: true },
    ]);
  });

  it('take away the votes of one track, or of all, as they were withdrawn', () => {
    const votes = [cast('ada', 'dev'), cast('ada', 'test')];
    expect(mergeChanges([...votes, withdrawn('ada', 'dev')])?.votes).toEqual([
      { roundId: 'r', participantId: 'ada', track: 'dev', hasVoted: false },
      { roundId: 'r', participantId: 'ada', track: 'test', hasVoted: true },
    ]);
    expect(mergeChanges([...votes, withdrawn('ada')])?.votes).toEqual([
      { roundId: 'r', participantId: 'ada', track: null, hasVoted: false },
    ]);
    expect(mergeChanges([...votes, withdrawn('ada'), cast('ada', 'test')])?.votes.at(-1)).toMatchObject({ track: 'test', hasVoted: true });
  });

  it('keep everybody else’s votes when somebody’s are withdrawn', () => {
    expect(mergeChanges([cast('ada', 'dev'), cast('bob', 'dev'), withdrawn('bob')])?.votes).toEqual([
      { roundId: 'r', participantId: 'ada', track: 'dev', hasVoted: true },
      { roundId: 'r', participantId: 'bob', track: null, hasVoted: false },
    ]);
  });

  it('tell the revision of the last, and of the session when its fields or a round changed', () => {
    const renamed = logged('SESSION_UPDATED', {}, { session: { title: 'New' } });
    const opened = logged('ROUND_STARTED', {}, { rounds: [{ id: 'r', state: 'OPEN' }] });
    const moved = logged('ITEMS_CHANGED', {}, { items: [{ id: 'a', position: 2 }] });
    expect(mergeChanges([renamed, moved])).toMatchObject({ isSessionChanged: true, roundIds: [], revision: moved.event.revision });
    expect(mergeChanges([moved, opened])).toMatchObject({ isSessionChanged: true, roundIds: ['r'] });
    expect(mergeChanges([moved])).toMatchObject({ isSessionChanged: false });
  });

  it('tell of the queue when an item is new, differs or is gone', () => {
    const isQueueChanged = (delta: Delta) => mergeChanges([logged('ITEMS_CHANGED', {}, delta)])?.isQueueChanged;
    expect(isQueueChanged({ items: [{ id: 'a', position: 2 }] })).toBe(true);
    expect(isQueueChanged({ removedItemIds: ['a'] })).toBe(true);
    expect(isQueueChanged({ items: [{ id: 'a', position: 2 }], removedItemIds: ['b'] })).toBe(true);
    expect(isQueueChanged({ session: { title: 'New' } })).toBe(false);
  });

  it('name each estimate once, however often it changed', () => {
    const written = (roundId: string, track: string) =>
      logged('ESTIMATE_REVISED', {}, { estimates: [{ roundId, track, itemId: 'a', state: 'WRITTEN' }] });
    expect(mergeChanges([written('r', 'dev'), written('r', 'test'), written('r', 'dev')])?.estimates).toEqual([
      { roundId: 'r', track: 'dev', itemId: 'a' },
      { roundId: 'r', track: 'test', itemId: 'a' },
    ]);
  });

  it('name an item that only moved apart from one that changed, and neither when it was removed', () => {
    const moved = logged(
      'ITEMS_CHANGED',
      {},
      {
        items: [
          { id: 'a', position: 2 },
          { id: 'b', position: 1 },
          { id: 'c', position: 3 },
        ],
      },
    );
    const skipped = logged('ITEMS_CHANGED', {}, { items: [{ id: 'b', state: 'SKIPPED' }], removedItemIds: ['c'] });
    expect(mergeChanges([moved, skipped])).toMatchObject({ itemIds: ['b'], movedItemIds: ['a'], removedItemIds: ['c'] });
  });

  it.each([
    ['somebody is made a facilitator', { id: 'bob', facilitatorRank: 2 }, true],
    ['a facilitator steps back', { id: 'bob', facilitatorRank: null }, true],
    ['a facilitator joins', { id: 'bob', facilitatorRank: 1, joinedAt: new Date() }, true],
    ['somebody else joins', { id: 'bob', facilitatorRank: null, joinedAt: new Date() }, false],
    ['somebody is renamed', { id: 'bob', name: 'Bob' }, false],
  ])('tell of the session, which lists the facilitators, when that list changes: %s', (_what, patch, isSessionChanged) => {
    expect(mergeChanges([logged('PARTICIPANT_UPDATED', {}, { participants: [patch] })])).toMatchObject({
      participantIds: ['bob'],
      isSessionChanged,
    });
  });

  it('are nothing when one of them was logged without what it changed', () => {
    expect(mergeChanges([cast('ada', 'dev'), logged('SESSION_UPDATED')])).toBeUndefined();
    expect(mergeChanges([logged('SESSION_UPDATED', { roundId: 'r', participantId: 'ada', track: 'dev' })])).toBeUndefined();
  });

  it.each(['roundId', 'participantId', 'track'] as const)('are nothing when a vote was logged without its %s', (name) => {
    const { [name]: _left, ...about } = { roundId: 'r', participantId: 'ada', track: 'dev' };
    expect(mergeChanges([logged('VOTE_CAST', about)])).toBeUndefined();
  });
});
