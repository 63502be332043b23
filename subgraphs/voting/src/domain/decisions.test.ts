import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import { noteDecision, toJiraComment } from './decisions.ts';
import type { Estimate, SessionAggregate } from './model.ts';
import { estimateItem, reviseEstimate } from './settlements.ts';

const refusal = (code: string) => expect.objectContaining({ code });
const now = new Date('2026-11-29T10:00:00Z');
const by = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
const noted = (state: SessionAggregate, decision: string | null) => advance(state, noteDecision(state, by(state), 'item-1', decision));
const decisionOf = (state: SessionAggregate) => state.items.at(0)?.decision;

/** A session of two tracks that comments decisions, its first item an issue whose estimates are in Jira. */
function written(): SessionAggregate {
  const table = buildTable({ tracks: [{ id: 'dev' }, { id: 'test' }], settings: { commentDecisions: true } });
  const state = {
    ...table,
    items: table.items.with(table.items.map((item) => ({ ...item, topic: null, issueKey: `SHOP-${item.position}` }))),
  };
  const estimates = ['test', 'dev'].map((track) => ({ track, value: 5 }));
  const settled = advance(state, estimateItem(state, by(state), { id: 'round', itemId: 'item-1', estimates }));
  return inJira(settled);
}

const inJira = (state: SessionAggregate): SessionAggregate => ({
  ...state,
  estimates: state.estimates.map((estimate): Estimate => ({ ...estimate, state: 'WRITTEN', attempts: 1, writtenAt: now })),
});
const commentsOf = (state: SessionAggregate) =>
  state.estimates.map((estimate) => [estimate.roundId, estimate.track, toJiraComment(state, estimate)]);

describe('a decision', () => {
  it('is kept with its item in one line, changed, and taken back', () => {
    const state = noted(buildTable(), ' Without\nthe migration ');
    expect(decisionOf(state)).toBe('Without the migration');
    expect(noteDecision(state, by(state), 'item-1', 'Without the migration')).toBeNull();
    expect(decisionOf(noted(state, null))).toBe('');
    expect(decisionOf(noted(buildTable(), null))).toBeNull();
  });

  it('is a facilitator’s, of 500 characters at most, about an item that there is', () => {
    const state = buildTable();
    expect(() => noteDecision(state, { actorId: 'voter-1', now }, 'item-1', 'x')).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(() => noteDecision(state, by(state), 'none', 'x')).toThrow(refusal('ITEM_NOT_FOUND'));
    expect(() => noteDecision(state, by(state), 'item-1', 'x'.repeat(501))).toThrow(refusal('INVALID_INPUT'));
  });

  it('goes to Jira in one comment: beside the newest estimate of the first track', () => {
    const state = noted(written(), 'Go');
    expect(commentsOf(state)).toEqual([
      ['round', 'test', null],
      ['round', 'dev', 'Go'],
    ]);
    const revised = advance(
      state,
      reviseEstimate(state, by(state), { id: 'later', itemId: 'item-1', estimates: [{ track: 'dev', value: 8 }] }),
    );
    expect(commentsOf(revised).filter(([, , comment]) => comment !== null)).toEqual([['later', 'dev', 'Go']]);
  });

  it('noted later sends the estimate that carries it again, and no other; taken back, the comment loses it', () => {
    const state = noted(written(), 'Go');
    expect(state.estimates.map((estimate) => [estimate.track, estimate.state])).toEqual([
      ['test', 'WRITTEN'],
      ['dev', 'PENDING'],
    ]);
    expect(commentsOf(noted(inJira(state), null))).toContainEqual(['round', 'dev', '']);
  });

  it('stays here unless the session says otherwise', () => {
    const { session, ...rest } = written();
    const state = noted({ ...rest, session: { ...session, settings: { ...session.settings, commentDecisions: false } } }, 'Go');
    expect(state.estimates.every((estimate) => estimate.state === 'WRITTEN')).toBe(true);
    expect(commentsOf(state).every(([, , comment]) => comment === null)).toBe(true);
  });
});
