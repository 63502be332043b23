import { describe, expect, it } from 'vitest';
import { advance, buildTable, crowd, facilitatorOf } from '../store/testing/play.ts';
import { facilitatorsOf } from './access.ts';
import type { SessionAggregate } from './model.ts';
import {
  grantFacilitation,
  joinSession,
  leaveSession,
  readmitParticipant,
  reinstateOwner,
  removeName,
  removeParticipant,
  revokeFacilitation,
  updateMe,
  vouchFor,
} from './participants.ts';
import { startRound } from './rounds.ts';
import { closeSession } from './session.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const by = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
const refusal = (code: string) => expect.objectContaining({ code });
const guest = { id: 'guest', name: 'Guest', role: 'ESTIMATOR', discipline: null, now } as const;
const leaders = (state: SessionAggregate) => facilitatorsOf(state).map(({ id }) => id);

function opened(table: Parameters<typeof buildTable>[0] = {}): SessionAggregate {
  const state = buildTable(table);
  return advance(state, startRound(state, by(state), { id: 'round-1' }));
}

describe('joining', () => {
  it('lets a person in with a name without invisible characters', () => {
    const state = buildTable();
    const joined = advance(state, joinSession(state, { ...guest, name: '  Zoë\u0000\u202e\n Fox ' }));
    expect(joined.participants.at(-1)).toMatchObject({ id: 'guest', name: 'Zoë Fox', leftAt: null, facilitatorRank: null });
  });

  it('is refused with INVALID_INPUT for an empty or too long name, SESSION_CLOSED, SESSION_FULL', () => {
    const state = buildTable();
    for (const name of ['', ' \u200b ', 'x'.repeat(61)])
      expect(() => joinSession(state, { ...guest, name })).toThrow(refusal('INVALID_INPUT'));
    const closed = advance(state, closeSession(state, by(state)));
    expect(() => joinSession(closed, guest)).toThrow(refusal('SESSION_CLOSED'));
    expect(() => joinSession(crowd(buildTable(), 497), guest)).toThrow(refusal('SESSION_FULL'));
    // Also by people who come and go.
    const gone = { ...buildTable().participants[1], leftAt: now } as SessionAggregate['participants'][number];
    const crowded = { ...buildTable(), participants: [...buildTable().participants, ...Array(1_997).fill(gone)] };
    expect(() => joinSession(crowded, guest)).toThrow(refusal('SESSION_FULL'));
  });

  it('finds the places of those who were removed free again', () => {
    const full = crowd(buildTable(), 497);
    expect(() => joinSession(full, guest)).toThrow(refusal('SESSION_FULL'));
    const after = ['voter-1', 'voter-2'].reduce((state, id) => advance(state, removeParticipant(state, by(state), id)), full);
    const joined = advance(after, joinSession(after, guest));
    expect(joined.participants.filter(({ leftAt }) => leftAt === null)).toHaveLength(499);
  });

  it('during a round waits for the next one, or votes at once, as the setting says', () => {
    const waiting = opened();
    expect(advance(waiting, joinSession(waiting, guest)).session.openRoundVoters).not.toContain('guest');
    const atOnce = opened({ settings: { lateJoin: 'NOW' } });
    expect(advance(atOnce, joinSession(atOnce, guest)).session.openRoundVoters).toContain('guest');
    expect(advance(atOnce, joinSession(atOnce, { ...guest, role: 'SPECTATOR' })).session.openRoundVoters).not.toContain('guest');
  });

  it('a session that nobody is in leads it', () => {
    const before = buildTable({ voters: 0 });
    const empty = advance(before, leaveSession(before, by(before)));
    expect(leaders(advance(empty, joinSession(empty, guest)))).toEqual(['guest']);
  });
});

describe('leaving', () => {
  it('hands over to nobody who has left before', () => {
    const before = buildTable();
    const fewer = advance(before, leaveSession(before, { actorId: 'voter-1', now }));
    expect(leaders(advance(fewer, leaveSession(fewer, by(fewer))))).toEqual(['voter-2']);
  });

  it('of somebody else does not make a leader of who joins next', () => {
    const before = buildTable();
    const fewer = advance(before, leaveSession(before, { actorId: 'voter-1', now }));
    expect(leaders(advance(fewer, joinSession(fewer, guest)))).toEqual([facilitatorOf(before)]);
  });

  it('takes the open vote along, and the place in the roster', () => {
    const state = opened();
    const change = leaveSession(state, { actorId: 'voter-1', now });
    expect(change.withdrawnVotes).toEqual([{ roundId: 'round-1', participantId: 'voter-1' }]);
    expect(advance(state, change).session.openRoundVoters).not.toContain('voter-1');
  });

  it('as the last facilitator hands over to whoever joined first of the estimators', () => {
    const before = buildTable();
    const watching = advance(before, updateMe(before, { actorId: 'voter-1', now }, { role: 'SPECTATOR' }));
    const state = advance(watching, leaveSession(watching, by(watching)));
    expect(leaders(state)).toEqual(['voter-2']);
  });

  it('twice, or as a stranger, is refused with NOT_A_PARTICIPANT', () => {
    const before = buildTable();
    const state = advance(before, leaveSession(before, { actorId: 'voter-1', now }));
    for (const actorId of ['voter-1', 'stranger'])
      expect(() => leaveSession(state, { actorId, now })).toThrow(refusal('NOT_A_PARTICIPANT'));
  });
});

describe('removing somebody', () => {
  it('is a facilitator’s: NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND, and never the last one: LAST_FACILITATOR', () => {
    const state = buildTable();
    expect(() => removeParticipant(state, { actorId: 'voter-1', now }, 'voter-2')).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(() => removeParticipant(state, by(state), 'stranger')).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
    expect(() => removeParticipant(state, by(state), facilitatorOf(state))).toThrow(refusal('LAST_FACILITATOR'));
    const gone = advance(state, removeParticipant(state, by(state), 'voter-1'));
    expect(gone.participants.find(({ id }) => id === 'voter-1')?.leftAt).toEqual(now);
    expect(() => removeParticipant(gone, by(gone), 'voter-1')).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
  });
});

describe('changing oneself', () => {
  it('is refused with SESSION_CLOSED in a closed session', () => {
    const state = buildTable();
    const closed = advance(state, closeSession(state, by(state)));
    expect(() => updateMe(closed, { actorId: 'voter-1', now }, { name: 'Vera' })).toThrow(refusal('SESSION_CLOSED'));
  });

  it('from a spectator into an estimator votes at once with lateJoin NOW, and once; other changes leave the roster alone', () => {
    const update = (state: SessionAggregate, given: Parameters<typeof updateMe>[2]) =>
      advance(state, updateMe(state, { actorId: 'voter-1', now }, given));
    const estimating = opened({ settings: { lateJoin: 'NOW' } });
    const roster = estimating.session.openRoundVoters;
    const watching = update(estimating, { role: 'SPECTATOR' });
    const fewer = roster.filter((id) => id !== 'voter-1');
    expect(watching.session.openRoundVoters).toEqual(fewer);
    expect(update(watching, { name: 'Vera' }).session.openRoundVoters).toEqual(fewer);
    expect(update(watching, { role: 'ESTIMATOR' }).session.openRoundVoters).toEqual([...fewer, 'voter-1']);
    expect(update(estimating, { name: 'Vera' }).session.openRoundVoters).toEqual(roster);
  });

  it('takes back no vote where none is open, or none is in question', () => {
    const tracks = [{ id: 'dev', discipline: 'dev' }];
    const turned = (state: SessionAggregate, update: Parameters<typeof updateMe>[2]) =>
      updateMe(state, { actorId: 'voter-1', now }, update);
    expect(turned(buildTable({ tracks }), { discipline: 'qa' })).not.toHaveProperty('withdrawnVotes');
    expect(turned(buildTable(), { role: 'SPECTATOR' })).not.toHaveProperty('withdrawnVotes');
    expect(turned(opened(), { name: 'Vera' })).not.toHaveProperty('withdrawnVotes');
    expect(turned(opened({ tracks }), { discipline: 'qa' }).withdrawnVotes).toEqual([
      { roundId: 'round-1', participantId: 'voter-1', track: 'dev' },
    ]);
  });
  it('into a spectator takes back the open vote; back again waits for the next round', () => {
    const state = opened();
    const change = updateMe(state, { actorId: 'voter-1', now }, { role: 'SPECTATOR' });
    expect(change.withdrawnVotes).toEqual([{ roundId: 'round-1', participantId: 'voter-1' }]);
    const watching = advance(state, change);
    const back = advance(watching, updateMe(watching, { actorId: 'voter-1', now }, { role: 'ESTIMATOR' }));
    expect(back.session.openRoundVoters).not.toContain('voter-1');
  });

  it('keeps what is not named, and null takes a discipline away', () => {
    const before = buildTable();
    const skilled = advance(before, updateMe(before, { actorId: 'voter-1', now }, { discipline: 'qa' }));
    const renamed = advance(skilled, updateMe(skilled, { actorId: 'voter-1', now }, { name: 'Vera' }));
    expect(renamed.participants.find(({ id }) => id === 'voter-1')).toMatchObject({ name: 'Vera', discipline: 'qa', role: 'ESTIMATOR' });
    const unskilled = advance(renamed, updateMe(renamed, { actorId: 'voter-1', now }, { discipline: null }));
    expect(unskilled.participants.find(({ id }) => id === 'voter-1')?.discipline).toBeNull();
  });
});

describe('the facilitation', () => {
  it('is granted behind those who have it, and taken away again, but for the last one: LAST_FACILITATOR', () => {
    const before = buildTable();
    const first = advance(before, grantFacilitation(before, by(before), 'voter-2'));
    const state = advance(first, grantFacilitation(first, { actorId: 'voter-2', now }, 'voter-1'));
    expect(leaders(state)).toEqual([facilitatorOf(state), 'voter-2', 'voter-1']);
    expect(grantFacilitation(state, by(state), 'voter-1')).toBeNull();
    const fewer = advance(state, revokeFacilitation(state, by(state), 'voter-2'));
    expect(leaders(fewer)).toEqual([facilitatorOf(state), 'voter-1']);
    expect(revokeFacilitation(fewer, by(fewer), 'voter-2')).toBeNull();
    expect(() => revokeFacilitation(before, by(before), facilitatorOf(before))).toThrow(refusal('LAST_FACILITATOR'));
  });

  it('passes to nobody new when a facilitator leaves and another stays', () => {
    const before = buildTable();
    const two = advance(before, grantFacilitation(before, by(before), 'voter-2'));
    expect(leaders(advance(two, leaveSession(two, by(two))))).toEqual(['voter-2']);
  });

  it('is needed to grant it: NOT_A_FACILITATOR; and its taker must be there: PARTICIPANT_NOT_FOUND', () => {
    const state = buildTable();
    expect(() => grantFacilitation(state, { actorId: 'voter-1', now }, 'voter-1')).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(() => grantFacilitation(state, by(state), 'stranger')).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
  });
});

describe('a change of discipline', () => {
  it('withdraws the open votes in tracks that are others’ now, and in no others', () => {
    const tracks = [{ id: 'all' }, { id: 'dev', discipline: 'dev' }, { id: 'qa', discipline: 'qa' }];
    const before = buildTable({ tracks });
    const acting = { actorId: facilitatorOf(before), now: before.session.createdAt };
    const state = advance(before, startRound(before, acting, { id: 'round-1' }));
    const withdrawn = (from: string | null, to: string | null) => {
      const participants = state.participants.map((participant) => ({ ...participant, discipline: from }));
      const change = updateMe({ ...state, participants }, acting, { discipline: to });
      return change.withdrawnVotes?.map((vote) => vote.track) ?? [];
    };
    expect(withdrawn('dev', 'qa')).toEqual(['dev']);
    expect(withdrawn(null, 'qa')).toEqual(['dev']);
    expect(withdrawn('qa', null)).toEqual([]);
    expect(withdrawn('qa', 'qa')).toEqual([]);
    expect(withdrawn(null, 'design')).toEqual(['dev', 'qa']);
  });
});

describe('letting in again', () => {
  it('gives back the place of whoever was removed or has left, and changes nothing for who is there', () => {
    const state = buildTable();
    const gone = advance(state, removeParticipant(state, by(state), 'voter-1'));
    const back = advance(gone, readmitParticipant(gone, by(gone), 'voter-1'));
    expect(back.participants).toEqual(state.participants);
    expect(readmitParticipant(back, by(back), 'voter-1')).toBeNull();
    expect(() => readmitParticipant(gone, { actorId: 'voter-2', now }, 'voter-1')).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(() => readmitParticipant(gone, by(gone), 'stranger')).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
  });

  it('is refused with SESSION_CLOSED in a closed session and with SESSION_FULL in a full one', () => {
    const state = buildTable();
    const gone = advance(state, removeParticipant(state, by(state), 'voter-1'));
    const closed = advance(gone, closeSession(gone, by(gone)));
    expect(() => readmitParticipant(closed, by(closed), 'voter-1')).toThrow(refusal('SESSION_CLOSED'));
    const before = crowd(state, 497);
    const replaced = advance(before, removeParticipant(before, by(before), 'voter-1'));
    const full = advance(replaced, joinSession(replaced, guest));
    expect(() => readmitParticipant(full, by(full), 'voter-1')).toThrow(refusal('SESSION_FULL'));
  });
});

describe('taking out a name', () => {
  const nameless = { name: 'Former participant', discipline: null, subject: null };
  const signedIn = (state: SessionAggregate) => advance(state, vouchFor(state, { actorId: 'voter-1', now }, 'subject-1'));
  const personOf = (state: SessionAggregate, id: string) => state.participants.find((participant) => participant.id === id);

  it('of one’s own is leaving, and changes nobody else’s', () => {
    const state = signedIn(buildTable());
    const after = advance(state, removeName(state, { actorId: 'voter-1', now }, 'voter-1'));
    expect(personOf(after, 'voter-1')).toMatchObject({ ...nameless, leftAt: now });
    const led = advance(state, removeName(state, by(state), facilitatorOf(state)));
    expect(personOf(led, 'voter-1')).toMatchObject({ name: 'Voter 1', subject: 'subject-1', facilitatorRank: 1 });
  });

  it('of somebody who has left is a facilitator’s, and keeps the rest of them', () => {
    const before = signedIn(buildTable());
    const gone = advance(before, leaveSession(before, { actorId: 'voter-1', now }));
    expect(personOf(advance(gone, removeName(gone, by(gone), 'voter-1')), 'voter-1')).toEqual({
      ...personOf(gone, 'voter-1'),
      ...nameless,
    });
    expect(() => removeName(gone, { actorId: 'voter-2', now }, 'voter-1')).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(() => removeName(gone, by(gone), 'stranger')).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
    expect(() => removeName(gone, by(gone), 'voter-2')).toThrow(refusal('NOT_PERMITTED'));
  });
});

describe('what is told of a change', () => {
  it('is what happened, when, by whom and to whom', () => {
    const state = buildTable();
    const lead = by(state);
    const one = { actorId: 'voter-1', now };
    const owner = state.participants[0] as SessionAggregate['participants'][number];
    const granted = advance(state, grantFacilitation(state, lead, 'voter-1'));
    const gone = advance(state, leaveSession(state, one));
    const told = (type: string, actorId: string, participantId: string) => ({ type, at: now, actorId, participantId });
    const cases = [
      [joinSession(state, guest), told('PARTICIPANT_JOINED', 'guest', 'guest')],
      [leaveSession(state, one), told('PARTICIPANT_LEFT', 'voter-1', 'voter-1')],
      [removeParticipant(state, lead, 'voter-1'), told('PARTICIPANT_LEFT', lead.actorId, 'voter-1')],
      [readmitParticipant(gone, lead, 'voter-1'), told('PARTICIPANT_JOINED', lead.actorId, 'voter-1')],
      [updateMe(state, one, { name: 'Vera' }), told('PARTICIPANT_UPDATED', 'voter-1', 'voter-1')],
      [vouchFor(state, one, 'subject-1'), told('PARTICIPANT_UPDATED', 'voter-1', 'voter-1')],
      [grantFacilitation(state, lead, 'voter-1'), told('PARTICIPANT_UPDATED', lead.actorId, 'voter-1')],
      [revokeFacilitation(granted, lead, 'voter-1'), told('PARTICIPANT_UPDATED', lead.actorId, 'voter-1')],
      [removeName(gone, lead, 'voter-1'), told('PARTICIPANT_UPDATED', lead.actorId, 'voter-1')],
      [reinstateOwner(state, { ...owner, facilitatorRank: null }, now), told('PARTICIPANT_UPDATED', owner.id, owner.id)],
      [reinstateOwner(state, { ...owner, leftAt: now }, now), told('PARTICIPANT_JOINED', owner.id, owner.id)],
    ] as const;
    for (const [change, event] of cases) expect(change?.event).toEqual(event);
  });
});
