import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf, openRoundOf, type Table } from '../store/testing/play.ts';
import { getItem } from './access.ts';
import type { SessionAggregate } from './model.ts';
import { addIssues, reopenItem } from './queue.ts';
import { toReport } from './report.ts';
import { revealRound, startRound } from './rounds.ts';
import { closeSession } from './session.ts';
import { estimateItem, findChanges, reviseEstimate, settleRound } from './settlements.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const by = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
const refusal = (code: string) => expect.objectContaining({ code });

/** A session whose first item, a Jira issue, was settled on `value`. */
function settled({ value = 5, ...table }: Table & { readonly value?: number } = {}): SessionAggregate {
  const empty = buildTable({ ...table, items: 0 });
  const drafts = ['SHOP-1', 'SHOP-2'].map((issueKey) => ({ id: issueKey, issueKey, seenInJira: {}, seenAt: now }));
  const queued = advance(empty, addIssues(empty, by(empty), drafts).change);
  const open = advance(queued, startRound(queued, by(queued), { id: 'round-1' }));
  const revealed = advance(open, revealRound(open, by(open), openRoundOf(open)));
  return advance(revealed, settleRound(revealed, by(revealed), { roundId: 'round-1', estimate: value }));
}

/** The same session with its first item's round revealed, not settled. */
const unsettled = (state: SessionAggregate): SessionAggregate => ({
  ...state,
  rounds: state.rounds.map((round) => ({ ...round, state: 'REVEALED', settledAt: null, settledBy: null })),
  estimates: [],
});

describe('settling', () => {
  it('is a facilitator’s, in an open session: NOT_A_FACILITATOR, SESSION_CLOSED', () => {
    const state = unsettled(settled());
    const closed = { ...state, session: { ...state.session, state: 'CLOSED' as const } };
    const settlement = { roundId: 'round-1', estimate: 5 };
    expect(() => settleRound(state, { actorId: 'voter-1', now }, settlement)).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(() => settleRound(closed, by(closed), settlement)).toThrow(refusal('SESSION_CLOSED'));
  });

  it('notes what was decided with it, and without a word leaves what was noted', () => {
    const before = unsettled(settled());
    const settle = (of: SessionAggregate, decision?: string | null) =>
      settleRound(of, by(of), { roundId: 'round-1', estimate: 5, decision }).items?.[0]?.decision;
    expect(settle(before, ' By invoice ')).toBe('By invoice');
    const noted = { ...before, items: before.items.with([{ ...getItem(before, 'SHOP-1'), decision: 'By card' }]) };
    expect([settle(noted), settle(noted, null), settle(noted, '')]).toEqual(['By card', 'By card', '']);
  });

  it('remembers how the issue was worded, and tells what was reworded since; of a wording that was not known it tells nothing', () => {
    const before = unsettled(settled());
    const wording = { summaryFingerprint: 's1', descriptionFingerprint: 'd1' };
    const settle = (given: object) => settleRound(before, by(before), { roundId: 'round-1', estimate: 5, ...given }).estimates?.at(-1);
    const [known, unknown] = [settle({ wording }), settle({})];
    expect(known).toMatchObject({ ...wording, isStrict: false });
    expect(unknown).toMatchObject({ summaryFingerprint: null, descriptionFingerprint: null });
    if (known === undefined || unknown === undefined) return expect.unreachable('A settlement makes an estimate.');
    expect(findChanges(known, wording)).toEqual([]);
    expect(findChanges(known, { ...wording, summaryFingerprint: 's2' })).toEqual(['SUMMARY']);
    expect(findChanges(known, { ...wording, descriptionFingerprint: 'd2' })).toEqual(['DESCRIPTION']);
    expect(findChanges(unknown, wording)).toEqual([]);
  });

  it('keeps the label of the card, or the number where no card has it', () => {
    expect(settled({ deck: 't-shirt', value: 4 }).estimates).toMatchObject([{ value: 4, label: 'M' }]);
    expect(settled({ value: 4 }).estimates).toMatchObject([{ value: 4, label: '4' }]);
  });

  it('takes the place of what waits for Jira, and of nothing that has arrived, failed or conflicts', () => {
    const first = settled();
    const states = ['PENDING', 'WRITTEN', 'SUPERSEDED', 'CONFLICT', 'FAILED', 'NOT_NEEDED'] as const;
    const after = states.map((state) => {
      const before = { ...first, estimates: first.estimates.map((estimate) => ({ ...estimate, state })) };
      return advance(before, reviseEstimate(before, by(before), { id: 'round-2', itemId: 'SHOP-1', estimate: 8 })).estimates[0]?.state;
    });
    expect(after).toEqual(['SUPERSEDED', 'WRITTEN', 'SUPERSEDED', 'CONFLICT', 'FAILED', 'NOT_NEEDED']);
  });
});

describe('correcting an estimate', () => {
  it('is an entry of its own in the ledger, written to Jira like a settlement', () => {
    const before = settled();
    const state = advance(
      before,
      reviseEstimate(before, by(before), { id: 'round-2', itemId: 'SHOP-1', estimate: 8, reason: ' It was the other one ' }),
    );
    expect(state.rounds).toMatchObject([
      before.rounds[0],
      {
        id: 'round-2',
        number: 2,
        state: 'SETTLED',
        origin: 'REVISION',
        reason: 'It was the other one',
        roster: [],
        revealedAt: null,
        settledBy: facilitatorOf(state),
      },
    ]);
    expect(state.estimates).toMatchObject([
      { roundId: 'round-1', value: 5, state: 'SUPERSEDED' },
      { roundId: 'round-2', value: 8, label: '8', state: 'PENDING', issueKey: 'SHOP-1' },
    ]);
    expect(state.session.openRoundId).toBeNull();
  });

  it('is in the cards that were played, whatever the deck is now', () => {
    const before = settled({ deck: 't-shirt', value: 4 });
    const state = { ...before, session: { ...before.session, deck: buildTable().session.deck } };
    expect(advance(state, reviseEstimate(state, by(state), { id: 'r', itemId: 'SHOP-1', estimate: 8 })).estimates.at(-1)?.label).toBe('L');
  });

  it('is in the cards of its own item’s round, not of one that was played later', () => {
    const first = settled({ deck: 't-shirt', value: 4 });
    const between = { ...first, session: { ...first.session, deck: buildTable().session.deck } };
    const state = advance(between, estimateItem(between, by(between), { id: 'round-2', itemId: 'SHOP-2', estimate: 3 }));
    expect(reviseEstimate(state, by(state), { id: 'r', itemId: 'SHOP-1', estimate: 8 }).estimates?.at(-1)?.label).toBe('L');
  });

  it('is logged as what it is, with its round, its item and who made it', () => {
    const state = settled();
    const { event, answer } = reviseEstimate(state, by(state), { id: 'round-2', itemId: 'SHOP-1', estimate: 8 });
    expect(event).toEqual({ type: 'ESTIMATE_REVISED', at: now, actorId: facilitatorOf(state), roundId: 'round-2', itemId: 'SHOP-1' });
    expect(answer).toEqual({ settled: ['round-2'] });
  });

  it('refuses with NOT_ESTIMATED, NOT_A_FACILITATOR, SESSION_CLOSED, ITEM_NOT_FOUND, UNKNOWN_TRACK, INVALID_INPUT', () => {
    const state = settled();
    const closed = advance(state, closeSession(state, by(state)));
    expect(() => reviseEstimate(closed, by(closed), { id: 'r', itemId: 'SHOP-1', estimate: 3 })).toThrow(refusal('SESSION_CLOSED'));
    const revise =
      (given: object, acting = by(state)) =>
      () =>
        reviseEstimate(state, acting, { id: 'r', itemId: 'SHOP-1', estimate: 3, ...given });
    expect(revise({ itemId: 'SHOP-2' })).toThrow(refusal('NOT_ESTIMATED'));
    expect(revise({}, { actorId: 'voter-1', now })).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(revise({ itemId: 'none' })).toThrow(refusal('ITEM_NOT_FOUND'));
    expect(revise({ estimate: null, estimates: [{ track: 'none', value: 1 }] })).toThrow(refusal('UNKNOWN_TRACK'));
    expect(revise({ reason: 'x'.repeat(281) })).toThrow(refusal('INVALID_INPUT'));
    expect(revise({ estimate: 0.0001 })).toThrow(refusal('INVALID_INPUT'));
  });
});

describe('estimating without a vote', () => {
  it('settles a pending, skipped, deferred or reopened item, and refuses an estimated one with ALREADY_ESTIMATED', () => {
    const state = settled();
    const estimate = (of: SessionAggregate, itemId: string) => estimateItem(of, by(of), { id: 'round-2', itemId, estimate: 1 });
    for (const itemState of ['PENDING', 'SKIPPED', 'DEFERRED'] as const) {
      const item = getItem(state, 'SHOP-2');
      const of = { ...state, items: state.items.with([{ ...item, state: itemState }]) };
      const { items, rounds } = advance(of, estimate(of, 'SHOP-2'));
      expect(items.map((one) => one.state)).toEqual(['ESTIMATED', 'ESTIMATED']);
      expect(rounds).toMatchObject([{}, { origin: 'DIRECT', number: 1 }]);
    }
    expect(() => estimate(state, 'SHOP-1')).toThrow(refusal('ALREADY_ESTIMATED'));
    const reopened = advance(state, reopenItem(state, by(state), 'SHOP-1'));
    expect(estimate(reopened, 'SHOP-1').rounds).toMatchObject([{ number: 2 }]);
  });

  it('is in today’s cards, also of an item that was played with others, and is logged as what it is', () => {
    const first = settled({ deck: 't-shirt', value: 4 });
    const reopened = advance(first, reopenItem(first, by(first), 'SHOP-1'));
    const state = { ...reopened, session: { ...reopened.session, deck: buildTable().session.deck } };
    const { estimates, event } = estimateItem(state, by(state), { id: 'round-2', itemId: 'SHOP-1', estimate: 8 });
    expect(estimates?.at(-1)?.label).toBe('8');
    expect(event).toMatchObject({ type: 'ITEM_ESTIMATED', roundId: 'round-2', itemId: 'SHOP-1' });
  });

  it('refuses an item that is being voted on with ITEM_IN_USE', () => {
    const before = settled();
    const state = advance(before, startRound(before, by(before), { id: 'round-2', itemId: 'SHOP-2' }));
    expect(() => estimateItem(state, by(state), { id: 'r', itemId: 'SHOP-2', estimate: 1 })).toThrow(refusal('ITEM_IN_USE'));
  });
});

describe('the report', () => {
  it('tells corrections and estimates without a vote as what they are, and counts votes only as rounds', () => {
    const first = settled();
    const revised = advance(first, reviseEstimate(first, by(first), { id: 'round-2', itemId: 'SHOP-1', estimate: 0.2 }));
    const state = advance(revised, estimateItem(revised, by(revised), { id: 'round-3', itemId: 'SHOP-2', estimate: 0.1 }));
    const report = toReport(state, []);
    expect(report.rows).toMatchObject([
      { origin: 'REVISION', roundCount: 1, estimates: [{ value: 0.2 }], votedCount: 0, voterCount: 3 },
      { origin: 'DIRECT', roundCount: 0, estimates: [{ value: 0.1 }], hadConsensus: null, votedCount: null },
    ]);
    expect(report).toMatchObject({ roundCount: 1, totals: [{ total: 0.3 }] });
  });

  it('does not add up sizes: it says how often each was settled', () => {
    const first = settled({ deck: 't-shirt', value: 4 });
    const state = advance(first, estimateItem(first, by(first), { id: 'round-2', itemId: 'SHOP-2', estimate: 2 }));
    expect(toReport(state, []).totals).toEqual([
      {
        track: 'estimate',
        total: null,
        labels: [
          { label: 'S', count: 1 },
          { label: 'M', count: 1 },
        ],
      },
    ]);
  });

  it('calls it consensus only when what was settled is what was agreed', () => {
    const votes = ['voter-1', 'voter-2'].map((participantId) => ({
      roundId: 'round-1',
      participantId,
      track: 'estimate',
      card: '5',
      note: null,
    }));
    expect(toReport(settled({ value: 5 }), votes).rows[0]?.hadConsensus).toBe(true);
    expect(toReport(settled({ value: 8 }), votes).rows[0]?.hadConsensus).toBe(false);
  });
});
