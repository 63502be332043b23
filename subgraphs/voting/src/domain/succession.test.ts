import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import type { Participant, SessionAggregate, Settings } from './model.ts';
import { grantFacilitation, leaveSession, reinstateOwner, removeParticipant, revokeFacilitation, vouchFor } from './participants.ts';
import { orderSuccessors } from './succession.ts';

const now = new Date('2026-11-29T09:00:00Z');
const by = (actorId: string) => ({ actorId, now });
const refused = (code: string) => expect.objectContaining({ code });

interface Cast {
  readonly ownerSubject?: string;
  readonly settings?: Partial<Settings>;
  /** Places of those who have signed in. */
  readonly signedIn?: readonly number[];
}

/** Ada facilitates; voters 1 to 4 are there. */
function cast({ signedIn = [], ...table }: Cast = {}): SessionAggregate {
  return signedIn.reduce(
    (state, place) => advance(state, vouchFor(state, by(`voter-${place}`), `subject-${place}`)),
    buildTable({ voters: 4, now, ...table }),
  );
}

const others = (state: SessionAggregate) => state.participants.slice(1);
const line = (state: SessionAggregate, ...voters: readonly string[]) =>
  orderSuccessors(state, others(state), new Set(voters)).map(({ id }) => id);
const lead = (state: SessionAggregate, id: string): SessionAggregate =>
  advance(state, {
    event: { type: 'FACILITATION_PASSED', at: now, actorId: null, participantId: id },
    participants: [{ ...(state.participants.find((each) => each.id === id) as Participant), facilitatorRank: 2, isSuccessor: true }],
  });

describe('the line of succession', () => {
  it('has only those who have voted or were named', () => {
    expect(line(cast())).toEqual([]);
    expect(line(cast(), 'voter-3', 'voter-2')).toEqual(['voter-2', 'voter-3']);
    expect(line(cast({ settings: { successors: ['voter-4'] } }), 'voter-2')).toEqual(['voter-4', 'voter-2']);
  });

  it('has only those named with NAMED, and everybody with EVERYONE', () => {
    expect(line(cast({ settings: { succession: 'NAMED', successors: ['voter-4'] } }), 'voter-2')).toEqual(['voter-4']);
    expect(line(cast({ settings: { succession: 'EVERYONE' } }))).toEqual(['voter-1', 'voter-2', 'voter-3', 'voter-4']);
  });

  it('has no guest while somebody is there who signed in, in a session whose owner did', () => {
    const owned = { ownerSubject: 'ada' };
    expect(line(cast({ ...owned, signedIn: [3] }), 'voter-1')).toEqual(['voter-3']);
    expect(line(cast(owned), 'voter-1')).toEqual(['voter-1']);
    expect(line(cast({ ...owned, signedIn: [3], settings: { succession: 'NAMED', successors: ['voter-1'] } }))).toEqual(['voter-1']);
  });

  it('leads to whoever has voted when the last facilitator leaves, else to whoever has been there longest', () => {
    const state = cast();
    const leave = (...voters: readonly string[]) => advance(state, leaveSession(state, by(facilitatorOf(state)), new Set(voters)));
    const leaders = (after: SessionAggregate) =>
      after.participants.filter(({ facilitatorRank }) => facilitatorRank !== null).map(({ id }) => id);
    expect(leaders(leave('voter-2'))).toEqual(['voter-2']);
    expect(leaders(leave())).toEqual(['voter-1']);
  });
});

describe('a successor', () => {
  const state = lead(cast(), 'voter-1');
  const ada = facilitatorOf(state);

  it('neither removes nor overrules those who facilitated before: NOT_PERMITTED', () => {
    expect(() => removeParticipant(state, by('voter-1'), ada)).toThrow(refused('NOT_PERMITTED'));
    expect(() => revokeFacilitation(state, by('voter-1'), ada)).toThrow(refused('NOT_PERMITTED'));
  });

  it('may remove others, step back, and be overruled', () => {
    expect(() => removeParticipant(state, by('voter-1'), 'voter-2')).not.toThrow();
    expect(() => revokeFacilitation(state, by('voter-1'), 'voter-1')).not.toThrow();
    expect(() => removeParticipant(state, by(ada), 'voter-1')).not.toThrow();
  });

  it('facilitates in their own right once a facilitator grants it', () => {
    const granted = advance(state, grantFacilitation(state, by(ada), 'voter-1'));
    expect(granted.participants.find(({ id }) => id === 'voter-1')).toMatchObject({ facilitatorRank: 2, isSuccessor: false });
    expect(grantFacilitation(state, by('voter-1'), 'voter-1')).toBeNull();
  });
});

describe('the owner', () => {
  const before = cast({ ownerSubject: 'ada', signedIn: [1] });
  const ada = facilitatorOf(before);
  const state = advance(before, grantFacilitation(before, by(ada), 'voter-1'));

  it('is neither removed nor revoked by anybody else: NOT_PERMITTED', () => {
    expect(() => removeParticipant(state, by('voter-1'), ada)).toThrow(refused('NOT_PERMITTED'));
    expect(() => revokeFacilitation(state, by('voter-1'), ada)).toThrow(refused('NOT_PERMITTED'));
  });

  it('who has left or stepped back is there and first in line again', () => {
    for (const gone of [advance(state, leaveSession(state, by(ada))), advance(state, revokeFacilitation(state, by(ada), ada))]) {
      const owner = gone.participants.find(({ id }) => id === ada) as Participant;
      const back = advance(gone, reinstateOwner(gone, owner, now));
      expect(back.participants.find(({ id }) => id === ada)).toMatchObject({ leftAt: null, facilitatorRank: 0, isSuccessor: false });
      expect(reinstateOwner(back, back.participants.find(({ id }) => id === ada) as Participant, now)).toBeNull();
    }
  });

  it('keeps their place from another account: NOT_PERMITTED', () => {
    expect(() => vouchFor(state, by(ada), 'eve')).toThrow(refused('NOT_PERMITTED'));
    expect(vouchFor(state, by(ada), 'ada')).toBeNull();
  });
});
