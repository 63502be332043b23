import { getFacilitator, getRound, requireOpen } from './access.ts';
import type { Change } from './change.ts';
import { timedReveal } from './deadlines.ts';
import { refuse } from './errors.ts';
import type { Round, SessionAggregate } from './model.ts';
import { requireRunning, requireTimerSeconds } from './rounds.ts';
import type { Acting } from './session.ts';

const after = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);

/**
 * Starts the timer of an open round, or gives it another time from now on; null stops it. Null when nothing changes.
 * Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, SESSION_PAUSED, ROUND_NOT_FOUND, ROUND_NOT_OPEN, INVALID_INPUT.
 */
export function setTimer(state: SessionAggregate, acting: Acting, roundId: string, seconds: number | null): Change | null {
  const round = getTimed(state, acting, roundId);
  requireTimerSeconds(seconds);
  if (seconds === null && round.deadlineAt === null && round.timerLeftSeconds === null) return null;
  const deadlineAt = seconds === null ? null : after(acting.now, seconds);
  return changed(state, acting, { ...round, deadlineAt, timerLeftSeconds: null });
}

/** Stops the clock where it stands; null when it does not run. Refuses as `setTimer`. */
export function pauseTimer(state: SessionAggregate, acting: Acting, roundId: string): Change | null {
  const round = getTimed(state, acting, roundId);
  return round.deadlineAt === null ? null : changed(state, acting, stopped(round, acting.now));
}

/** Lets a paused clock go on; null when none is paused. Refuses as `setTimer`. */
export function resumeTimer(state: SessionAggregate, acting: Acting, roundId: string): Change | null {
  const round = getTimed(state, acting, roundId);
  return round.timerLeftSeconds === null ? null : changed(state, acting, goingOn(round, acting.now));
}

function getTimed(state: SessionAggregate, { actorId }: Acting, roundId: string): Round {
  getFacilitator(state, actorId);
  requireRunning(state);
  const round = getRound(state, roundId);
  if (round.state !== 'OPEN') refuse('ROUND_NOT_OPEN', `The round is ${round.state}.`, { state: round.state });
  return round;
}

function changed(state: SessionAggregate, { actorId, now }: Acting, round: Round): Change {
  return {
    event: { type: 'TIMER_CHANGED', at: now, actorId, roundId: round.id, itemId: round.itemId },
    rounds: [{ ...round, revealsAt: timedReveal(state.session.settings, round) }],
  };
}

function stopped(round: Round, now: Date): Round {
  if (round.deadlineAt === null) return round;
  return { ...round, deadlineAt: null, timerLeftSeconds: Math.max(0, Math.ceil((round.deadlineAt.getTime() - now.getTime()) / 1000)) };
}

function goingOn(round: Round, now: Date): Round {
  return round.timerLeftSeconds === null ? round : { ...round, deadlineAt: after(now, round.timerLeftSeconds), timerLeftSeconds: null };
}

/**
 * Nobody votes and nothing is revealed until the session goes on; an open round keeps its votes, and its clock stands.
 * Null when it is paused. Refuses with NOT_A_FACILITATOR, SESSION_CLOSED.
 */
export function pauseSession(state: SessionAggregate, { actorId, now }: Acting): Change | null {
  getFacilitator(state, actorId);
  requireOpen(state);
  if (state.session.state === 'PAUSED') return null;
  const round = state.rounds.find((candidate) => candidate.id === state.session.openRoundId);
  return {
    event: { type: 'SESSION_PAUSED', at: now, actorId },
    // Without an open round the vote gate is shut.
    session: { ...state.session, state: 'PAUSED', openRoundId: null, openRoundVoters: [] },
    ...(round === undefined ? {} : { rounds: [{ ...stopped(round, now), revealsAt: null }] }),
  };
}

/** Goes on where the pause began, with those of the roster who are still here. Null when it is not paused. Refuses with NOT_A_FACILITATOR, SESSION_CLOSED. */
export function resumeSession(state: SessionAggregate, { actorId, now }: Acting): Change | null {
  getFacilitator(state, actorId);
  requireOpen(state);
  if (state.session.state !== 'PAUSED') return null;
  const event = { type: 'SESSION_RESUMED' as const, at: now, actorId };
  const round = state.rounds.findLast((candidate) => candidate.state === 'OPEN');
  if (round === undefined) return { event, session: { ...state.session, state: 'OPEN' } };
  const isHere = (id: string) =>
    state.participants.some(({ id: other, leftAt, role }) => other === id && leftAt === null && role === 'ESTIMATOR');
  const roster = round.roster.filter(isHere);
  const running = goingOn({ ...round, roster }, now);
  return {
    event,
    session: { ...state.session, state: 'OPEN', openRoundId: round.id, openRoundVoters: roster },
    rounds: [{ ...running, revealsAt: timedReveal(state.session.settings, running) }],
  };
}
