import { describe, expect, it } from 'vitest';
import { applyChange, type Change } from './change.ts';
import type { Estimate, SessionAggregate } from './model.ts';
import { addIssues } from './queue.ts';
import { revealRound, startRound } from './rounds.ts';
import { createSession } from './session.ts';
import { settleRound } from './settlements.ts';
import {
  isKnownInJira,
  keepsLease,
  lastKnown,
  planWriteBacks,
  recordWriteBack,
  resolveConflict,
  retryWriteBacks,
  supersede,
  syncSession,
  type WriteBackOutcome,
} from './write-backs.ts';

const now = new Date('2026-11-22T10:00:00Z');
const acting = { actorId: 'ann', now };
const target = { roundId: 'r1', track: 'estimate' };

function applied(state: SessionAggregate, ...changes: readonly (Change | null)[]): SessionAggregate {
  return changes.reduce((before, change) => (change === null ? before : applyChange(before, change, before.session.revision + 1)), state);
}

const draft = {
  id: 's',
  participantId: 'ann',
  inviteCode: 'i',
  title: 'T',
  name: 'Ann',
  role: 'ESTIMATOR',
  discipline: null,
  now,
} as const;

/** TALLY-1, seen with 1 point in Jira, settled at 5 in round r1. */
function settled(): SessionAggregate {
  let state = createSession(draft);
  state = applied(state, addIssues(state, acting, [{ id: 'item', issueKey: 'TALLY-1', seenInJira: { estimate: 1 }, seenAt: now }]).change);
  return settle(state, 'r1', 5);
}

function settle(before: SessionAggregate, roundId: string, estimate: number, itemId = 'item'): SessionAggregate {
  let state = applied(before, startRound(before, acting, { id: roundId, itemId }));
  state = applied(state, revealRound(state, acting, roundId));
  return applied(state, settleRound(state, acting, { roundId, estimate }));
}

const stateOf = (state: SessionAggregate, roundId = 'r1') => state.estimates.find((estimate) => estimate.roundId === roundId)?.state;

describe('a write-back', () => {
  it('is pending from the settlement on, and superseded by the next settlement of the item', () => {
    const state = settled();
    expect(stateOf(state)).toBe('PENDING');
    const again = settle(applied(state), 'r2', 8);
    expect([stateOf(again, 'r1'), stateOf(again, 'r2')]).toEqual(['SUPERSEDED', 'PENDING']);
  });

  it.each<[WriteBackOutcome, string]>([
    [{ kind: 'written' }, 'WRITTEN'],
    [{ kind: 'conflict', valueInJira: 3 }, 'CONFLICT'],
    [{ kind: 'failed', reason: 'There is no such issue.', reasonCode: 'ISSUE_NOT_FOUND' }, 'FAILED'],
  ])('that came to an end is not superseded by a later settlement: %o', (outcome, ended) => {
    const state = applied(settled(), recordWriteBack(settled(), target, outcome, now));
    const [before] = state.estimates;
    const again = settle(state, 'r2', 8);
    expect([stateOf(again, 'r1'), stateOf(again, 'r2')]).toEqual([ended, 'PENDING']);
    expect(again.estimates.find(({ roundId }) => roundId === 'r1')).toEqual(before);
  });

  it('of another issue or another track is not superseded', () => {
    let state = createSession({ ...draft, tracks: [{ id: 'dev' }, { id: 'test' }] });
    const drafts = ['one', 'two'].map((id) => ({ id, issueKey: `TALLY-${id}`, seenInJira: {}, seenAt: now }));
    state = applied(state, addIssues(state, acting, drafts).change);
    const settleTrack = (roundId: string, itemId: string, track: string) => {
      state = applied(state, startRound(state, acting, { id: roundId, itemId }));
      state = applied(state, revealRound(state, acting, roundId));
      state = applied(state, settleRound(state, acting, { roundId, estimates: [{ track, value: 5 }] }));
    };
    settleTrack('r1', 'one', 'dev');
    settleTrack('r2', 'one', 'test');
    settleTrack('r3', 'two', 'dev');
    expect(state.estimates.map((estimate) => estimate.state)).toEqual(['PENDING', 'PENDING', 'PENDING']);
    // One of the two tracks that are settled at once overtakes; it need not be all of them.
    state = applied(state, startRound(state, acting, { id: 'r4', itemId: 'one' }));
    state = applied(state, revealRound(state, acting, 'r4'));
    const unsettled = state;
    const both = [
      { track: 'dev', value: 8 },
      { track: 'test', value: 8 },
    ];
    const overtaken = applied(unsettled, settleRound(unsettled, acting, { roundId: 'r4', estimates: both })).estimates;
    expect(overtaken.map((estimate) => estimate.state)).toEqual(['SUPERSEDED', 'SUPERSEDED', 'PENDING', 'PENDING', 'PENDING']);
    state = applied(unsettled, settleRound(unsettled, acting, { roundId: 'r4', estimates: both.slice(0, 1) }));
    expect(state.estimates.map((estimate) => [estimate.roundId, estimate.state])).toEqual([
      ['r1', 'SUPERSEDED'],
      ['r2', 'PENDING'],
      ['r3', 'PENDING'],
      ['r4', 'PENDING'],
    ]);
  });

  it('begins with a settlement that ends its round and is told of; only a revealed round is settled, with one kind of input', () => {
    let state = createSession(draft);
    state = applied(state, addIssues(state, acting, [{ id: 'item', issueKey: 'TALLY-1', seenInJira: {}, seenAt: now }]).change);
    state = applied(state, startRound(state, acting, { id: 'r1', itemId: 'item' }));
    const open = state;
    expect(() => settleRound(open, acting, { roundId: 'r1', estimate: 5 })).toThrow(
      expect.objectContaining({ code: 'ROUND_NOT_REVEALED', details: { state: 'OPEN' } }),
    );
    const revealed = applied(open, revealRound(open, acting, 'r1'));
    const twice = { estimate: 5, estimates: [{ track: 'estimate', value: 5 }] };
    for (const input of [{}, twice])
      expect(() => settleRound(revealed, acting, { roundId: 'r1', ...input })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    const change = settleRound(revealed, acting, { roundId: 'r1', estimate: 5 });
    expect(change.event).toEqual({ type: 'ROUND_SETTLED', at: now, actorId: 'ann', roundId: 'r1', itemId: 'item' });
    expect(change.rounds).toMatchObject([{ id: 'r1', state: 'SETTLED', settledAt: now, settledBy: 'ann' }]);
  });

  it('that was superseded on its way is still written when it arrived', () => {
    const state = settle(settled(), 'r2', 8);
    expect(stateOf(applied(state, recordWriteBack(state, target, { kind: 'written' }, now)))).toBe('WRITTEN');
    expect(recordWriteBack(state, target, { kind: 'conflict', valueInJira: 3 }, now)).toBeNull();
  });

  it('that was overtaken may have left its value in Jira without a record', () => {
    const state = settle(settled(), 'r2', 8);
    expect(isKnownInJira(state, { roundId: 'r2', track: 'estimate' }, 5)).toBe(true);
    expect(isKnownInJira(state, { roundId: 'r2', track: 'estimate' }, 3)).toBe(false);
    expect(planWriteBacks(state, new Map([['TALLY-1', { estimate: 5 }]]))).toMatchObject([{ value: 8, valueInJira: 5, action: 'WRITE' }]);
  });

  it('expects nothing in the field of a track that is called as JavaScript calls things', () => {
    const [item] = settled().items;
    if (item === undefined) throw new Error('there is no item');
    expect(lastKnown(item, 'constructor', [])).toBeUndefined();
  });

  it('counts its attempts, and says why and when it is tried again', () => {
    const at = new Date('2026-11-22T10:00:30Z');
    const state = applied(
      settled(),
      recordWriteBack(settled(), target, { kind: 'retry', at, reason: 'Jira is busy', reasonCode: 'JIRA_UNAVAILABLE' }, now),
    );
    expect(state.estimates[0]).toMatchObject({ state: 'PENDING', attempts: 1, nextAttemptAt: at, reason: 'Jira is busy' });
  });

  it('in conflict shows the value in Jira, and overwrites it when a facilitator says so', () => {
    const state = applied(settled(), recordWriteBack(settled(), target, { kind: 'conflict', valueInJira: 3 }, now));
    expect(state.estimates[0]).toMatchObject({ state: 'CONFLICT', valueInJira: 3 });
    expect(applied(state, resolveConflict(state, acting, target, 'OVERWRITE')).estimates[0]).toMatchObject({
      state: 'PENDING',
      overwrite: true,
      valueInJira: 3,
    });
    expect(applied(state, resolveConflict(state, acting, target, 'KEEP')).estimates[0]).toMatchObject({ state: 'NOT_NEEDED' });
  });

  it('does not conflict again with a value that was kept, and never sends an older value after a newer one', () => {
    const state = applied(settled(), recordWriteBack(settled(), target, { kind: 'conflict', valueInJira: 3 }, now));
    const again = settle(applied(state, resolveConflict(state, acting, target, 'KEEP')), 'r2', 8);
    expect(isKnownInJira(again, { roundId: 'r2', track: 'estimate' }, 3)).toBe(true);
    const failed = applied(
      settled(),
      recordWriteBack(settled(), target, { kind: 'failed', reason: 'no field', reasonCode: 'FIELD_MISSING' }, now),
    );
    expect(retryWriteBacks(settle(failed, 'r2', 8), acting, null)).toBeNull();
  });

  it('without a conflict has nothing to decide: NO_CONFLICT', () => {
    expect(() => resolveConflict(settled(), acting, target, 'KEEP')).toThrow(expect.objectContaining({ code: 'NO_CONFLICT' }));
    expect(() => resolveConflict(settled(), acting, { roundId: 'r9', track: 'estimate' }, 'KEEP')).toThrow(
      expect.objectContaining({ code: 'ESTIMATE_NOT_FOUND' }),
    );
  });

  it('that failed is tried again when a facilitator says so, and one that did not fail is left alone', () => {
    const state = applied(
      settled(),
      recordWriteBack(settled(), target, { kind: 'failed', reason: 'no field', reasonCode: 'FIELD_MISSING' }, now),
    );
    expect(stateOf(applied(state, retryWriteBacks(state, acting, null)))).toBe('PENDING');
    expect(retryWriteBacks(settled(), acting, null)).toBeNull();
  });

  it('overtaken by another session is superseded once', () => {
    const state = applied(settled(), supersede(settled(), target, now));
    expect(stateOf(state)).toBe('SUPERSEDED');
    expect(supersede(state, target, now)).toBeNull();
  });

  it.each([
    [1, 'WRITE'],
    [5, 'NONE'],
    [3, 'CONFLICT'],
    [null, 'CONFLICT'],
  ])('is planned against %s in Jira as %s', (valueInJira, action) => {
    expect(planWriteBacks(settled(), new Map([['TALLY-1', { estimate: valueInJira }]]))).toMatchObject([
      { track: 'estimate', value: 5, valueInJira, action },
    ]);
  });

  it('expects the newest of what was seen and what was written, and nothing where nobody looked', () => {
    const [item] = settled().items;
    const [estimate] = settled().estimates;
    if (item === undefined || estimate === undefined) throw new Error('nothing was settled');
    const written = (minute: number) => ({
      ...estimate,
      state: 'WRITTEN' as const,
      value: minute,
      writtenAt: new Date(now.getTime() + minute * 60_000),
    });
    expect(lastKnown(item, 'estimate', [estimate])).toBe(1);
    expect(lastKnown(item, 'estimate', [written(5), written(3)])).toBe(5);
    expect(lastKnown(item, 'estimate', [written(-1)])).toBe(1);
    expect(lastKnown({ ...item, seenInJira: { estimate: null } }, 'estimate', [written(-1)])).toBeNull();
    expect(lastKnown(item, 'test', [])).toBeUndefined();
    expect(lastKnown({ ...item, seenInJira: {}, seenAt: null }, 'estimate', [written(2)])).toBe(2);
  });

  describe('of a session that does not write by itself', () => {
    /** TALLY-1 at 5 and TALLY-2 at 3, neither sent. */
    function unsent(): SessionAggregate {
      let state = createSession({ ...draft, settings: { writeBack: false } });
      const issues = ['TALLY-1', 'TALLY-2'].map((issueKey, index) => ({
        id: index === 0 ? 'item' : 'other',
        issueKey,
        seenInJira: { estimate: null },
        seenAt: now,
      }));
      state = applied(state, addIssues(state, acting, issues).change);
      return settle(settle(state, 'r1', 5), 'r2', 3, 'other');
    }

    it('is in the plan of a sync, without what a facilitator decided to keep', () => {
      const empty = new Map(['TALLY-1', 'TALLY-2'].map((key) => [key, { estimate: null }]));
      expect(planWriteBacks(unsent(), empty).map(({ value, action }) => [value, action])).toEqual([
        [5, 'WRITE'],
        [3, 'WRITE'],
      ]);
      const conflict = applied(settled(), recordWriteBack(settled(), target, { kind: 'conflict', valueInJira: 8 }, now));
      const kept = applied(conflict, resolveConflict(conflict, acting, target, 'KEEP'));
      expect(planWriteBacks(kept, new Map([['TALLY-1', { estimate: 8 }]]))).toEqual([]);
    });

    it('goes to Jira when a facilitator syncs, once', () => {
      const state = applied(unsent(), syncSession(unsent(), acting, 'SKIP_ERRORS'));
      expect([stateOf(state, 'r1'), stateOf(state, 'r2')]).toEqual(['PENDING', 'PENDING']);
      expect(syncSession(state, acting, 'SKIP_ERRORS')).toBeNull();
    });

    it.each([
      ['STRICT', 'FAILED'],
      ['SKIP_ERRORS', 'PENDING'],
    ] as const)('after a failure of a %s sync leaves the others %s', (mode, others) => {
      const state = applied(unsent(), syncSession(unsent(), acting, mode));
      const failed = applied(
        state,
        recordWriteBack(state, target, { kind: 'failed', reason: 'no field', reasonCode: 'FIELD_MISSING' }, now),
      );
      expect([stateOf(failed, 'r1'), stateOf(failed, 'r2')]).toEqual(['FAILED', others]);
    });

    it('that was stopped on its way is still written when it arrived', () => {
      const state = applied(unsent(), syncSession(unsent(), acting, 'STRICT'));
      const failed = applied(
        state,
        recordWriteBack(state, target, { kind: 'failed', reason: 'no field', reasonCode: 'FIELD_MISSING' }, now),
      );
      const arrived = recordWriteBack(failed, { roundId: 'r2', track: 'estimate' }, { kind: 'written' }, now);
      expect(stateOf(applied(failed, arrived), 'r2')).toBe('WRITTEN');
    });
  });
});

describe('write-backs', () => {
  /** As `settled`, with further estimates: each differs from the one of TALLY-1 in the fields given. */
  function among(...others: readonly Partial<Estimate>[]): SessionAggregate {
    const state = settled();
    return { ...state, estimates: state.estimates.flatMap((first) => [first, ...others.map((other) => ({ ...first, ...other }))]) };
  }

  it('are a facilitator’s to sync, to resolve and to try again: NOT_A_FACILITATOR', () => {
    const refused = expect.objectContaining({ code: 'NOT_A_FACILITATOR' });
    const state = settled();
    const joined = { ...state, participants: state.participants.flatMap((ann) => [ann, { ...ann, id: 'bob', facilitatorRank: null }]) };
    const bob = { actorId: 'bob', now };
    expect(() => syncSession(joined, bob, 'STRICT')).toThrow(refused);
    expect(() => resolveConflict(joined, bob, target, 'KEEP')).toThrow(refused);
    expect(() => retryWriteBacks(joined, bob, target)).toThrow(refused);
  });

  it('of a strict sync that still wait are stopped by a failure or a conflict; those of no strict sync, or with an outcome, are not', () => {
    const strict = { isStrict: true, issueKey: 'TALLY-2' };
    const state = among(
      { ...strict, roundId: 'waiting' },
      { ...strict, roundId: 'written', state: 'WRITTEN' },
      { ...strict, roundId: 'loose', isStrict: false },
    );
    const ofStrict = { ...state, estimates: state.estimates.map((one) => (one.roundId === 'r1' ? { ...one, isStrict: true } : one)) };
    const failed = { kind: 'failed', reason: 'No such field.', reasonCode: 'FIELD_MISSING' } as const;
    const touched = (of: SessionAggregate, outcome: WriteBackOutcome) =>
      recordWriteBack(of, target, outcome, now)?.estimates?.map(({ roundId, state: after }) => [roundId, after]);
    expect(touched(ofStrict, failed)).toEqual([
      ['r1', 'FAILED'],
      ['waiting', 'FAILED'],
    ]);
    expect(touched(ofStrict, { kind: 'conflict', valueInJira: 3 })).toEqual([
      ['r1', 'CONFLICT'],
      ['waiting', 'FAILED'],
    ]);
    expect(touched(ofStrict, { kind: 'written' })).toEqual([['r1', 'WRITTEN']]);
    expect(touched(state, failed)).toEqual([['r1', 'FAILED']]);
  });

  it('that have an outcome, or that nobody knows, take no other', () => {
    for (const state of ['CONFLICT', 'NOT_NEEDED', 'WRITTEN'] as const) {
      const done = settled();
      const decided = { ...done, estimates: done.estimates.map((estimate) => ({ ...estimate, state })) };
      expect(recordWriteBack(decided, target, { kind: 'written' }, now)).toBeNull();
    }
    expect(recordWriteBack(settled(), { roundId: 'none', track: 'estimate' }, { kind: 'written' }, now)).toBeNull();
    expect(supersede(settled(), { roundId: 'none', track: 'estimate' }, now)).toBeNull();
  });

  it('tried again by name are that one alone', () => {
    const failed = { state: 'FAILED', reason: 'Jira is down.' } as const;
    const state = among({ ...failed, roundId: 'r2', itemId: 'other', issueKey: 'TALLY-2' });
    const both = { ...state, estimates: state.estimates.map((estimate) => ({ ...estimate, ...failed })) };
    expect(retryWriteBacks(both, acting, target)?.estimates?.map(({ roundId }) => roundId)).toEqual(['r1']);
    expect(retryWriteBacks(both, acting, null)?.estimates?.map(({ roundId }) => roundId)).toEqual(['r1', 'r2']);
  });

  it('explain a value in Jira only of their own issue and track', () => {
    const uncertain = { state: 'SUPERSEDED' } as const;
    const state = among(
      { ...uncertain, roundId: 'r2', issueKey: 'TALLY-2', value: 2 },
      { ...uncertain, roundId: 'r3', track: 'test', value: 3 },
      { ...uncertain, roundId: 'r4', value: 4 },
      { roundId: 'r5', state: 'NOT_NEEDED', reasonCode: 'VALUE_KEPT', valueInJira: 7, value: 13 },
    );
    expect([2, 3, 4, 7, 13].filter((value) => isKnownInJira(state, target, value))).toEqual([4, 7]);
    expect(isKnownInJira(state, { roundId: 'none', track: 'estimate' }, 4)).toBe(false);
  });

  it.each<[Estimate['state'], number, boolean]>([
    ['WRITTEN', 1, false],
    ['FAILED', 1, false],
    ['WRITTEN', 2, true],
    ['PENDING', 1, true],
    ['SUPERSEDED', 0, true],
  ])('of an issue and track wait for an earlier one that is %s after %i attempts: its answer may come late', (state, attempts, isKept) => {
    const [estimate] = among().estimates.map((first) => ({ ...first, state, attempts }));
    expect(estimate && keepsLease(estimate)).toBe(isKept);
  });
});
