import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import type { SessionAggregate } from './model.ts';
import { joinSession, updateMe } from './participants.ts';
import { addTopics } from './queue.ts';
import { revealRound, startRound } from './rounds.ts';
import { closeSession, createSession, reopenSession, rotateInviteCode, updateSession } from './session.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const by = (state: SessionAggregate, actorId = facilitatorOf(state)) => ({ actorId, now });
const refusal = (code: string) => expect.objectContaining({ code });
const draft = {
  id: 'session',
  participantId: 'ada',
  inviteCode: 'invite',
  title: ' Sprint\t12 ',
  name: 'Ada',
  role: 'ESTIMATOR',
  discipline: null,
  now,
} as const;

describe('a new session', () => {
  it('is open, at revision 1, led by who made it, with the Fibonacci deck and one track', () => {
    const { session, participants, items } = createSession(draft);
    expect(session).toMatchObject({ title: 'Sprint 12', state: 'OPEN', revision: 1, ownerSubject: null, deck: { name: 'fibonacci' } });
    expect(session.tracks.map(({ id }) => id)).toEqual(['estimate']);
    expect(participants.map(({ id, facilitatorRank }) => [id, facilitatorRank])).toEqual([['ada', 1]]);
    expect(items).toHaveLength(0);
  });

  it('is revealed by facilitators, never by itself, unlocked, and passed on after two minutes unless the settings say otherwise', () => {
    expect(createSession(draft).session.settings).toEqual({
      revealedBy: 'FACILITATORS',
      autoRevealSeconds: null,
      lateJoin: 'NEXT_ROUND',
      policy: 'MEDIAN',
      writeBack: true,
      successionSeconds: 120,
      waitForAway: false,
      succession: 'VOTERS',
      successors: [],
      atDeadline: 'NOTHING',
      hideEstimates: true,
      commentDecisions: false,
      isLocked: false,
      joinByApproval: false,
    });
    const settings = { autoRevealSeconds: 0, successionSeconds: null, isLocked: true, writeBack: null };
    expect(createSession({ ...draft, settings }).session.settings).toMatchObject({ ...settings, writeBack: true });
  });

  it('is owned by whom the identity provider vouches for; nobody in it is a stand-in', () => {
    const { session, participants } = createSession({ ...draft, ownerSubject: 'account' });
    expect(session.ownerSubject).toBe('account');
    expect(participants).toMatchObject([{ subject: 'account', isSuccessor: false }]);
  });

  it('shows estimates of Jira while people vote only if its settings say so', () => {
    for (const hideEstimates of [true, false])
      expect(createSession({ ...draft, settings: { hideEstimates } }).session.settings.hideEstimates).toBe(hideEstimates);
    expect(createSession({ ...draft, settings: { isLocked: true } }).session.settings.hideEstimates).toBe(true);
  });

  it('takes each number of its settings from the least to the most', () => {
    for (const autoRevealSeconds of [0, 600]) expect(createSession({ ...draft, settings: { autoRevealSeconds } })).toBeDefined();
    for (const successionSeconds of [60, 86_400]) expect(createSession({ ...draft, settings: { successionSeconds } })).toBeDefined();
    const many = (count: number) => ({ settings: { successors: Array.from({ length: count }, (_, index) => `person-${index}`) } });
    expect(createSession({ ...draft, ...many(50) }).session.settings.successors).toHaveLength(50);
    const values = { field: 'successors', least: 0, most: 50, given: 51 };
    expect(() => createSession({ ...draft, ...many(51) })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ reason: 'OUT_OF_RANGE', values }) }),
    );
  });

  it('has a title of whole, visible characters', () => {
    expect(createSession({ ...draft, title: 'S\u0000p\u200br\ud800int \u{1f0cf}' }).session.title).toBe('Sprint \u{1f0cf}');
    expect(() => createSession({ ...draft, title: '\ud83d\u200b\ude00' })).toThrow(refusal('INVALID_INPUT'));
  });

  it('is refused with INVALID_INPUT for a bad title or name, two decks or numbers out of bounds, and with UNKNOWN_DECK', () => {
    const customDeck = [
      { label: '1', value: 1 },
      { label: '2', value: 2 },
    ].map((card) => ({ ...card, kind: 'NUMBER' as const }));
    const bad = [
      { title: ' ' },
      { title: 'x'.repeat(121) },
      { name: '\u200b' },
      { deck: 'fibonacci', customDeck },
      { settings: { autoRevealSeconds: 601 } },
      { settings: { autoRevealSeconds: -1 } },
      { settings: { successionSeconds: 59 } },
      { settings: { successionSeconds: 86_401 } },
      { tracks: [] },
    ];
    for (const wrong of bad) expect(() => createSession({ ...draft, ...wrong })).toThrow(refusal('INVALID_INPUT'));
    expect(() => createSession({ ...draft, deck: 'tarot' })).toThrow(refusal('UNKNOWN_DECK'));
  });
});

describe('changing a session', () => {
  it('leaves what is not given as it is; null switches off what can be off', () => {
    const state = buildTable({ settings: { autoRevealSeconds: 5, successionSeconds: 60, policy: 'MAX' } });
    const renamed = advance(state, updateSession(state, by(state), { title: 'New' }));
    expect(renamed.session).toMatchObject({ title: 'New', settings: state.session.settings, deck: state.session.deck });
    const changed = advance(state, updateSession(state, by(state), { settings: { autoRevealSeconds: null, successionSeconds: null } }));
    expect(changed.session.settings).toEqual({ ...state.session.settings, autoRevealSeconds: null, successionSeconds: null });
  });

  it('gives the next round the new deck, and leaves the open one its own', () => {
    const state = buildTable();
    const playing = advance(state, startRound(state, by(state), { id: 'round-1' }));
    const changed = advance(playing, updateSession(playing, by(playing), { deck: 't-shirt' }));
    expect(changed.session.deck.name).toBe('t-shirt');
    expect(changed.rounds[0]?.deck).toEqual(state.session.deck);
  });

  it('is for facilitators, and not of a closed session', () => {
    const state = buildTable();
    const voter = by(state, state.participants[1]?.id);
    for (const change of [
      () => updateSession(state, voter, { title: 'Mine' }),
      () => rotateInviteCode(state, voter, 'mine'),
      () => closeSession(state, voter),
      () => reopenSession(state, voter),
    ])
      expect(change).toThrow(refusal('NOT_A_FACILITATOR'));
    const closed = advance(state, closeSession(state, by(state)));
    expect(() => updateSession(closed, by(closed), { title: 'Late' })).toThrow(refusal('SESSION_CLOSED'));
    expect(() => rotateInviteCode(closed, by(closed), 'late')).toThrow(refusal('SESSION_CLOSED'));
  });

  it('is told in the log: what, when and by whom', () => {
    const state = buildTable();
    const closed = advance(state, closeSession(state, by(state)));
    const told = { at: now, actorId: facilitatorOf(state) };
    expect(updateSession(state, by(state), { title: 'New' }).event).toEqual({ ...told, type: 'SESSION_UPDATED' });
    expect(rotateInviteCode(state, by(state), 'new').event).toEqual({ ...told, type: 'SESSION_UPDATED' });
    expect(closeSession(state, by(state))?.event).toEqual({ ...told, type: 'SESSION_CLOSED' });
    expect(reopenSession(closed, by(closed))?.event).toEqual({ ...told, type: 'SESSION_REOPENED' });
  });

  it('names only participants as successors, else PARTICIPANT_NOT_FOUND', () => {
    const state = buildTable();
    const naming = (...successors: string[]) => updateSession(state, by(state), { settings: { successors } });
    expect(naming('voter-1').session?.settings.successors).toEqual(['voter-1']);
    expect(() => naming('voter-1', 'stranger')).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
  });

  it('takes a deck of its own cards', () => {
    const state = buildTable();
    const customDeck = ['1', '2'].map((label) => ({ label, value: Number(label), kind: 'NUMBER' as const }));
    const { session } = updateSession(state, by(state), { customDeck });
    expect(session?.deck.cards.map(({ label }) => label)).toEqual(expect.arrayContaining(['1', '2']));
    expect(session?.deck.name).not.toBe(state.session.deck.name);
  });

  it('makes the old invite code stop working', () => {
    const state = buildTable();
    expect(advance(state, rotateInviteCode(state, by(state), 'fresh')).session.inviteCode).toBe('fresh');
  });
});

describe('a locked session', () => {
  const guest = { id: 'guest', name: 'Guest', role: 'ESTIMATOR', discipline: null, now } as const;

  it('takes nobody new with SESSION_LOCKED, keeps who is in, and opens again', () => {
    const state = buildTable();
    const locked = advance(state, updateSession(state, by(state), { settings: { isLocked: true } }));
    expect(() => joinSession(locked, guest)).toThrow(refusal('SESSION_LOCKED'));
    expect(updateMe(locked, by(locked, locked.participants[1]?.id), { name: 'Still here' }).participants).toHaveLength(1);
    const unlocked = advance(locked, updateSession(locked, by(locked), { settings: { isLocked: false } }));
    expect(joinSession(unlocked, guest).participants).toHaveLength(1);
  });
});

describe('closing', () => {
  it('abandons an open or revealed round, makes its item pending again, and leaves the unplayed ones unplayed', () => {
    const table = buildTable();
    const state = advance(table, addTopics(table, by(table), [{ id: 'later', topic: 'Later' }]).change);
    const open = advance(state, startRound(state, by(state), { id: 'round-1' }));
    const revealed = advance(open, revealRound(open, by(open), 'round-1'));
    for (const playing of [open, revealed]) {
      const closed = advance(playing, closeSession(playing, by(playing)));
      expect(closed.session).toMatchObject({ state: 'CLOSED', closedAt: now, openRoundId: null, openRoundVoters: [] });
      expect(closed.rounds.map((round) => round.state)).toEqual(['ABANDONED']);
      expect(new Set(closed.items.map((item) => item.state))).toEqual(new Set(['PENDING']));
    }
  });

  it('twice, or reopening what is open, changes nothing; a reopened session can be played again', () => {
    const state = buildTable();
    expect(reopenSession(state, by(state))).toBeNull();
    const closed = advance(state, closeSession(state, by(state)));
    expect(closeSession(closed, by(closed))).toBeNull();
    expect(() => startRound(closed, by(closed), { id: 'round-1' })).toThrow(refusal('SESSION_CLOSED'));
    const reopened = advance(closed, reopenSession(closed, by(closed)));
    expect(reopened.session).toMatchObject({ state: 'OPEN', closedAt: null });
    expect(startRound(reopened, by(reopened), { id: 'round-1' }).rounds).toHaveLength(1);
  });
});
