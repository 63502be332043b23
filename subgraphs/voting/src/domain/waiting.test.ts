import { describe, expect, it } from 'vitest';
import { advance, buildTable, crowd, facilitatorOf } from '../store/testing/play.ts';
import { toDelta } from './delta.ts';
import type { SessionAggregate, Settings } from './model.ts';
import { leaveSession, removeParticipant } from './participants.ts';
import { startRound } from './rounds.ts';
import { closeSession, updateSession } from './session.ts';
import { admitWaiting, askToJoin, declineWaiting, joinFreely, maxWaiting, needsApproval, stopWaiting } from './waiting.ts';

const now = new Date('2026-11-29T09:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const rate = { joinRate: 200 };
const refusal = (code: string) => expect.objectContaining({ code });
const joining = (id: string, name = id, at = now) => ({ id, name, role: 'ESTIMATOR' as const, discipline: null, now: at });
const table = (settings: Partial<Settings> = {}, voters = 2) =>
  buildTable({ voters, now, settings: { joinByApproval: true, ...settings } });
const leader = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
const ask = (state: SessionAggregate, ...ids: readonly string[]) =>
  ids.reduce((after, id) => advance(after, askToJoin(after, joining(id), rate)), state);
const waiting = ({ session }: SessionAggregate) => session.waiting.map(({ id }) => id);
const present = ({ participants }: SessionAggregate) => participants.filter(({ leftAt }) => leftAt === null).map(({ id }) => id);

describe('with joinByApproval', () => {
  it('whoever is new does not come in with APPROVAL_REQUIRED, and waits when they ask', () => {
    expect(() => joinFreely(table(), joining('guest'), rate)).toThrow(refusal('APPROVAL_REQUIRED'));
    const asked = ask(table(), 'one', 'two');
    expect(waiting(asked)).toEqual(['one', 'two']);
    expect(asked.participants).toHaveLength(3);
  });

  it('who waits is nobody in the session: no voter, no successor, no name that is taken', () => {
    const asked = ask(table({ lateJoin: 'NOW' }), 'one');
    const open = advance(asked, startRound(asked, leader(asked), { id: 'round-1', itemId: 'item-1' }));
    expect(open.session.openRoundVoters).not.toContain('one');
    expect(() => admitWaiting(open, { actorId: 'one', now }, null)).toThrow(refusal('NOT_A_PARTICIPANT'));
    expect(advance(open, askToJoin(open, joining('two', 'one'), rate)).session.waiting[1]?.name).toBe('one');
  });

  it('a facilitator lets in those named, or all; they are told apart by name, and vote at once with lateJoin NOW', () => {
    const asked = ask(table({ lateJoin: 'NOW' }), 'one', 'two', 'three');
    const open = advance(asked, startRound(asked, leader(asked), { id: 'round-1', itemId: 'item-1' }));
    const same = advance(open, askToJoin(open, joining('other', 'two'), rate));
    const some = admitWaiting(same, leader(same), ['three']);
    expect(some?.event).toMatchObject({ type: 'PARTICIPANT_JOINED', participantId: 'three' });
    const all = advance(advance(same, some), admitWaiting(advance(same, some), leader(same), null));
    expect(waiting(all)).toEqual([]);
    expect(present(all).slice(3)).toEqual(['three', 'one', 'two', 'other']);
    expect(all.participants.map(({ name }) => name).slice(3)).toEqual(['three', 'one', 'two', 'two (2)']);
    expect(all.session.openRoundVoters).toEqual(all.rounds.at(-1)?.roster);
    expect(all.session.openRoundVoters.slice(3)).toEqual(['three', 'one', 'two', 'other']);
  });

  it('letting in again who is in already changes nothing; whoever never asked is PARTICIPANT_NOT_FOUND', () => {
    const asked = ask(table(), 'one');
    const inside = advance(asked, admitWaiting(asked, leader(asked), ['one']));
    expect(admitWaiting(inside, leader(inside), ['one'])).toBeNull();
    expect(admitWaiting(inside, leader(inside), null)).toBeNull();
    expect(() => admitWaiting(inside, leader(inside), ['nobody'])).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
    expect(() => declineWaiting(inside, leader(inside), ['nobody'])).toThrow(refusal('PARTICIPANT_NOT_FOUND'));
    const many = Array.from({ length: 100_000 }, (_, index) => `p${index}`);
    expect(() => admitWaiting(inside, leader(inside), many)).toThrow(refusal('INVALID_INPUT'));
  });

  it('is for facilitators to decide, of an open session', () => {
    const asked = ask(table(), 'one');
    for (const decide of [admitWaiting, declineWaiting])
      expect(() => decide(asked, { actorId: 'voter-1', now }, null)).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(waiting(advance(asked, closeSession(asked, leader(asked))))).toEqual([]);
  });

  it('declined, or tired of it, one does not wait any more and may ask again', () => {
    const asked = ask(table(), 'one', 'two');
    const declined = advance(asked, declineWaiting(asked, leader(asked), ['one']));
    expect(waiting(declined)).toEqual(['two']);
    expect(waiting(advance(declined, stopWaiting(declined, 'two', now)))).toEqual([]);
    expect(stopWaiting(declined, 'one', now)).toBeNull();
    expect(waiting(ask(declined, 'one'))).toEqual(['two', 'one']);
  });

  it(`at most ${maxWaiting} wait, then WAITING_ROOM_FULL; whoever is sent away frees their place`, () => {
    const full = ask(table(), ...Array.from({ length: maxWaiting }, (_, index) => `bot-${index}`));
    expect(() => askToJoin(full, joining('guest'), rate)).toThrow(refusal('WAITING_ROOM_FULL'));
    const emptied = advance(full, declineWaiting(full, leader(full), null));
    expect(waiting(ask(emptied, 'guest'))).toEqual(['guest']);
  });

  it('nobody asks to come into a locked, closed or full session', () => {
    const closed = table();
    expect(() => askToJoin(table({ isLocked: true }), joining('guest'), rate)).toThrow(refusal('SESSION_LOCKED'));
    expect(() => askToJoin(advance(closed, closeSession(closed, leader(closed))), joining('guest'), rate)).toThrow(
      refusal('SESSION_CLOSED'),
    );
    const full = crowd(buildTable({ now: later(-20), settings: { joinByApproval: true } }), 497);
    expect(() => askToJoin(full, joining('guest'), rate)).toThrow(refusal('SESSION_FULL'));
  });

  it('what a facilitator does counts also after the session was locked, but not beyond its places', () => {
    const asked = ask(table(), 'one');
    const locked = advance(asked, updateSession(asked, leader(asked), { settings: { isLocked: true } }));
    expect(present(advance(locked, admitWaiting(locked, leader(locked), null)))).toContain('one');
    const crowded = ask(crowd(buildTable({ now: later(-20), settings: { joinByApproval: true } }), 496), 'one', 'two');
    expect(() => admitWaiting(crowded, leader(crowded), null)).toThrow(refusal('SESSION_FULL'));
    expect(admitWaiting(crowded, leader(crowded), ['one'])?.participants).toHaveLength(1);
  });

  it('an empty session is not taken over by who waits', () => {
    const asked = ask(table({}, 0), 'one');
    const left = advance(asked, leaveSession(asked, leader(asked)));
    expect(() => joinFreely(left, joining('guest'), rate)).toThrow(refusal('APPROVAL_REQUIRED'));
    expect(waiting(left)).toEqual(['one']);
  });

  it('the log has no account of who waits', () => {
    const change = askToJoin(table(), { ...joining('one'), subject: 'account' }, rate);
    expect(change.event).toEqual({ type: 'WAITING_CHANGED', at: now, actorId: null });
    expect(Object.keys(toDelta(table(), change))).toEqual(['session']);
  });
});

describe('when very many come within ten minutes', () => {
  const few = { joinRate: 3 };
  const open = (at: Date) => buildTable({ voters: 2, now: at });

  it('the others wait, whatever the settings say, and come in freely again afterwards', () => {
    expect(() => joinFreely(open(now), joining('guest'), few)).toThrow(refusal('APPROVAL_REQUIRED'));
    expect(waiting(advance(open(now), askToJoin(open(now), joining('guest'), few)))).toEqual(['guest']);
    expect(joinFreely(open(now), joining('guest', 'guest', later(10)), few).participants).toHaveLength(1);
  });

  it('who was removed meanwhile counts, or bots would be let in as fast as they are thrown out', () => {
    const state = open(now);
    const after = advance(state, removeParticipant(state, leader(state), 'voter-1'));
    expect(needsApproval(after, now, few)).toBe(true);
  });

  it('asking where nobody needs to be asked is joining', () => {
    const state = open(later(-11));
    expect(present(advance(state, askToJoin(state, joining('guest'), few)))).toContain('guest');
  });
});
