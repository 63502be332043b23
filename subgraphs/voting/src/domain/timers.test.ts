import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import type { SessionAggregate, Settings } from './model.ts';
import { removeParticipant } from './participants.ts';
import { cancelReveal, followQuorum, revealDue, revealRound, startRound, toVote } from './rounds.ts';
import { updateSession } from './session.ts';
import { pauseSession, pauseTimer, resumeSession, resumeTimer, setTimer } from './timers.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const by = (state: SessionAggregate, at = now) => ({ actorId: facilitatorOf(state), now: at });
const refusal = (code: string) => expect.objectContaining({ code });

function opened(settings: Partial<Settings> = {}, timerSeconds: number | null = 60): SessionAggregate {
  const state = buildTable({ settings, now });
  return advance(state, startRound(state, by(state), { id: 'round-1', timerSeconds }));
}

const roundOf = (state: SessionAggregate) => state.rounds[0];
const voteOf = (state: SessionAggregate, id: string) => toVote(state, id, { roundId: 'round-1', card: '5' });

describe('a timer', () => {
  it('reveals at zero with those who voted, when the session has it so, and otherwise never', () => {
    expect(revealDue(opened(), 'round-1', later(3600))).toBeNull();
    const state = opened({ atDeadline: 'REVEAL' });
    expect(revealDue(state, 'round-1', later(59))).toBeNull();
    expect(revealDue(state, 'round-1', later(60))).toMatchObject({ rounds: [{ state: 'REVEALED', roster: { length: 3 } }] });
  });

  it('is started, extended, paused, resumed and stopped in a running round', () => {
    const state = opened({ atDeadline: 'REVEAL' }, null);
    expect(roundOf(state)).toMatchObject({ deadlineAt: null, revealsAt: null });
    const started = advance(state, setTimer(state, by(state), 'round-1', 30));
    expect(roundOf(started)).toMatchObject({ deadlineAt: later(30), revealsAt: later(30) });
    const extended = advance(started, setTimer(started, by(started, later(20)), 'round-1', 60));
    expect(roundOf(extended)).toMatchObject({ deadlineAt: later(80), revealsAt: later(80) });
    const paused = advance(extended, pauseTimer(extended, by(extended, later(30)), 'round-1'));
    expect(roundOf(paused)).toMatchObject({ deadlineAt: null, revealsAt: null, timerLeftSeconds: 50 });
    expect(revealDue(paused, 'round-1', later(3600))).toBeNull();
    const resumed = advance(paused, resumeTimer(paused, by(paused, later(100)), 'round-1'));
    expect(roundOf(resumed)).toMatchObject({ deadlineAt: later(150), revealsAt: later(150), timerLeftSeconds: null });
    const stopped = advance(resumed, setTimer(resumed, by(resumed), 'round-1', null));
    expect(roundOf(stopped)).toMatchObject({ deadlineAt: null, revealsAt: null, timerLeftSeconds: null });
    expect([pauseTimer(stopped, by(stopped), 'round-1'), resumeTimer(stopped, by(stopped), 'round-1')]).toEqual([null, null]);
  });

  it('refuses with NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN, INVALID_INPUT', () => {
    const state = opened();
    expect(() => setTimer(state, { actorId: 'voter-1', now }, 'round-1', 30)).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(() => pauseTimer(state, by(state), 'none')).toThrow(refusal('ROUND_NOT_FOUND'));
    for (const seconds of [0, 4, 86_401]) expect(() => setTimer(state, by(state), 'round-1', seconds)).toThrow(refusal('INVALID_INPUT'));
    const revealed = advance(state, revealRound(state, by(state), 'round-1'));
    expect(() => setTimer(revealed, by(revealed), 'round-1', 30)).toThrow(refusal('ROUND_NOT_OPEN'));
  });

  it('and the countdown after the last vote: whichever is over first reveals, and a broken quorum leaves the timer', () => {
    const state = opened({ atDeadline: 'REVEAL', autoRevealSeconds: 10 });
    const votes = [facilitatorOf(state), 'voter-1', 'voter-2'].map((id) => voteOf(state, id));
    const follow = (of: SessionAggregate, cast: typeof votes, at: Date) => followQuorum(of, { votes: cast, sightings: new Map() }, at);
    const counting = advance(state, follow(state, votes, now));
    expect(roundOf(counting)?.revealsAt).toEqual(later(10));
    expect(roundOf(advance(counting, follow(counting, votes.slice(1), later(2))))?.revealsAt).toEqual(later(60));
    expect(roundOf(advance(counting, cancelReveal(counting, by(counting), 'round-1')))?.revealsAt).toEqual(later(60));
    expect(follow(state, votes, later(40))).toMatchObject({ rounds: [{ revealsAt: later(50) }] });
    expect(
      follow({ ...state, participants: state.participants.map((one) => ({ ...one, joinedAt: later(55) })) }, votes, later(55)),
    ).toBeNull();
  });

  it('takes up a setting that is changed while it runs', () => {
    const state = opened();
    const on = advance(state, updateSession(state, by(state), { settings: { atDeadline: 'REVEAL' } }));
    expect(roundOf(on)?.revealsAt).toEqual(later(60));
    const off = advance(on, updateSession(on, by(on), { settings: { atDeadline: 'NOTHING' } }));
    expect(roundOf(off)?.revealsAt).toBeNull();
  });
});

describe('a paused session', () => {
  it('takes no votes, reveals nothing, and keeps its round, its votes and what its timer has left', () => {
    const state = opened({ atDeadline: 'REVEAL' });
    const paused = advance(state, pauseSession(state, by(state, later(20))));
    expect(paused.session).toMatchObject({ state: 'PAUSED', openRoundId: null, openRoundVoters: [] });
    expect(roundOf(paused)).toMatchObject({ state: 'OPEN', timerLeftSeconds: 40, revealsAt: null });
    expect(() => voteOf(paused, 'voter-1')).toThrow(refusal('SESSION_PAUSED'));
    expect(() => revealRound(paused, by(paused), 'round-1')).toThrow(refusal('SESSION_PAUSED'));
    expect(() => startRound(paused, by(paused), { id: 'round-2' })).toThrow(refusal('SESSION_PAUSED'));
    expect(revealDue(paused, 'round-1', later(3600))).toBeNull();
    expect(pauseSession(paused, by(paused))).toBeNull();
    expect(() => pauseSession(state, { actorId: 'voter-1', now })).toThrow(refusal('NOT_A_FACILITATOR'));
  });

  it('goes on with those of the roster who are still here, and with the time that was left', () => {
    const state = opened({ atDeadline: 'REVEAL' });
    const paused = advance(state, pauseSession(state, by(state, later(20))));
    const smaller = advance(paused, removeParticipant(paused, by(paused), 'voter-2'));
    const resumed = advance(smaller, resumeSession(smaller, by(smaller, later(500))));
    expect(resumed.session).toMatchObject({ state: 'OPEN', openRoundId: 'round-1', openRoundVoters: [facilitatorOf(state), 'voter-1'] });
    expect(roundOf(resumed)).toMatchObject({ deadlineAt: later(540), revealsAt: later(540), timerLeftSeconds: null });
    expect(voteOf(resumed, 'voter-1').card).toBe('5');
    expect(resumeSession(resumed, by(resumed))).toBeNull();
  });
});
