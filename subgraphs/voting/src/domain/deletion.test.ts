import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import { requireDeletable } from './deletion.ts';
import type { Estimate, SessionAggregate } from './model.ts';
import { grantFacilitation } from './participants.ts';
import { revealRound, startRound } from './rounds.ts';
import { settleRound } from './settlements.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const by = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
const refusal = (code: string) => expect.objectContaining({ code });

/** The table with a second facilitator, `voter-1`. */
function led(table: SessionAggregate): SessionAggregate {
  return advance(table, grantFacilitation(table, by(table), 'voter-1'));
}

/** A session with one estimate, which is in that state. */
function estimated(written: Estimate['state']): SessionAggregate {
  let state = buildTable();
  state = advance(state, startRound(state, by(state), { id: 'round' }));
  state = advance(state, revealRound(state, by(state), 'round'));
  state = advance(state, settleRound(state, by(state), { roundId: 'round', estimate: 5 }));
  return { ...state, estimates: state.estimates.map((estimate): Estimate => ({ ...estimate, state: written })) };
}

describe('deleting a session', () => {
  it('is any facilitator’s where nobody knows the owner: NOT_A_FACILITATOR, NOT_A_PARTICIPANT', () => {
    const state = led(buildTable());
    for (const actorId of [facilitatorOf(state), 'voter-1']) expect(() => requireDeletable(state, actorId, false)).not.toThrow();
    expect(() => requireDeletable(state, 'voter-2', false)).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(() => requireDeletable(state, 'stranger', false)).toThrow(refusal('NOT_A_PARTICIPANT'));
  });

  it('is the owner’s alone where the owner is known: NOT_PERMITTED', () => {
    const state = led(buildTable({ ownerSubject: 'owner' }));
    expect(() => requireDeletable(state, facilitatorOf(state), false)).not.toThrow();
    expect(() => requireDeletable(state, 'voter-1', false)).toThrow(refusal('NOT_PERMITTED'));
  });

  it('is not for who only stands in for a facilitator: NOT_PERMITTED', () => {
    const state = led(buildTable());
    const participants = state.participants.map((each) => ({ ...each, isSuccessor: each.id === 'voter-1' }));
    expect(() => requireDeletable({ ...state, participants }, 'voter-1', false)).toThrow(refusal('NOT_PERMITTED'));
  });

  it('loses no estimate on its way to Jira without a word: WRITE_BACKS_PENDING, with their number', () => {
    const state = estimated('PENDING');
    const refused = expect.objectContaining({ code: 'WRITE_BACKS_PENDING', details: { pending: 1 } });
    expect(() => requireDeletable(state, facilitatorOf(state), false)).toThrow(refused);
    expect(() => requireDeletable(state, facilitatorOf(state), true)).not.toThrow();
    for (const written of ['WRITTEN', 'FAILED'] as const) {
      const settled = estimated(written);
      expect(() => requireDeletable(settled, facilitatorOf(settled), false)).not.toThrow();
    }
  });
});
