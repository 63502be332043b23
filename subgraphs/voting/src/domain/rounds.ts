import { findCurrentRound, getFacilitator, getItem, getPresent, getRound, requireOpen } from './access.ts';
import type { Change } from './change.ts';
import { isSameTime, timedReveal } from './deadlines.ts';
import { findCard } from './decks.ts';
import { refuse } from './errors.ts';
import type { Card, Item, Participant, Round, SessionAggregate, Vote } from './model.ts';
import { isThere, type Sightings } from './presence.ts';
import { findNext } from './queue.ts';
import { refuseInput } from './reasons.ts';
import type { Acting } from './session.ts';
import { toNote } from './text.ts';
import { getTrack, mayVoteIn, tracksOf } from './tracks.ts';

export interface RoundStart {
  readonly id: string;
  readonly itemId?: string | null | undefined;
  readonly timerSeconds?: number | null | undefined;
}

/**
 * Opens a round with the roster of this moment. A revealed round of the same item is thereby revoted, that of another one abandoned.
 * Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, ROUND_ALREADY_OPEN, ITEM_NOT_FOUND, NOTHING_TO_ESTIMATE, INVALID_INPUT.
 */
export function startRound(state: SessionAggregate, { actorId, now }: Acting, start: RoundStart): Change {
  getFacilitator(state, actorId);
  requireRunning(state);
  const before = findCurrentRound(state);
  if (before?.state === 'OPEN') refuse('ROUND_ALREADY_OPEN', 'A round is open: reveal or abandon it first.', { roundId: before.id });
  const timerSeconds = start.timerSeconds ?? null;
  requireTimerSeconds(timerSeconds);

  const deadlineAt = timerSeconds === null ? null : new Date(now.getTime() + timerSeconds * 1000);
  const item = start.itemId == null ? nextItem(state, before) : getItem(state, start.itemId);
  const roster = state.participants
    .filter((participant) => participant.leftAt === null && participant.role === 'ESTIMATOR')
    .map((participant) => participant.id);
  const round: Round = {
    id: start.id,
    itemId: item.id,
    number: nextNumber(state, item.id),
    state: 'OPEN',
    origin: 'VOTE',
    reason: null,
    settledBy: null,
    deck: state.session.deck,
    policy: state.session.settings.policy,
    roster,
    openedAt: now,
    revealsAt: timedReveal(state.session.settings, { deadlineAt }),
    deadlineAt,
    timerLeftSeconds: null,
    revealedAt: null,
    settledAt: null,
  };
  const leftBehind =
    before === undefined || before.itemId === item.id ? [] : [{ ...getItem(state, before.itemId), state: 'PENDING' as const }];
  return {
    event: { type: 'ROUND_STARTED', at: now, actorId, roundId: round.id, itemId: item.id },
    session: { ...state.session, openRoundId: round.id, openRoundVoters: roster },
    items: [...leftBehind, { ...item, state: 'VOTING' }],
    rounds: [
      ...(before === undefined ? [] : [{ ...before, state: before.itemId === item.id ? ('REVOTED' as const) : ('ABANDONED' as const) }]),
      round,
    ],
  };
}

/** Refuses with SESSION_CLOSED, SESSION_PAUSED. */
export function requireRunning(state: SessionAggregate): void {
  requireOpen(state);
  if (state.session.state === 'PAUSED') refuse('SESSION_PAUSED', 'The session is paused: nobody votes until a facilitator lets it go on.');
}

/** Refuses with INVALID_INPUT. */
export function requireTimerSeconds(seconds: number | null): void {
  if (seconds !== null && (seconds < 5 || seconds > 86_400))
    refuseInput('OUT_OF_RANGE', { field: 'timerSeconds', least: 5, most: 86_400, given: seconds });
}

/** The number of an item's next entry in the ledger. */
export function nextNumber(state: SessionAggregate, itemId: string): number {
  return state.rounds.filter((played) => played.itemId === itemId).length + 1;
}

/** Without a name: the item of a revealed round again, else the first pending one, else the first deferred one. */
function nextItem(state: SessionAggregate, before: Round | undefined): Item {
  if (before !== undefined) return getItem(state, before.itemId);
  return findNext(state) ?? refuse('NOTHING_TO_ESTIMATE', 'Every item of the queue is estimated or skipped.');
}

export interface Ballot {
  readonly roundId: string;
  readonly card: string;
  readonly track?: string | null | undefined;
  readonly note?: string | null | undefined;
}

/**
 * A vote that may be stored while the round is open; the store's gate decides that, together with the roster.
 * Refuses with NOT_A_PARTICIPANT, SESSION_CLOSED, ROUND_NOT_FOUND, ROUND_NOT_OPEN, NOT_IN_ROSTER, UNKNOWN_TRACK, CARD_NOT_IN_DECK, INVALID_INPUT.
 */
export function toVote(state: SessionAggregate, actorId: string, { roundId, card, track, note }: Ballot): Vote {
  const round = getVotableRound(state, actorId, roundId);
  const chosen = getTrack(state.session.tracks, track);
  const voter = getPresent(state, actorId);
  if (!mayVoteIn(voter, chosen))
    refuse('NOT_IN_ROSTER', `This track is voted on by ${chosen.discipline}; you are here for ${voter.discipline}.`);
  return { roundId, participantId: actorId, track: chosen.id, card: getCard(round, card).label, note: toNote(note, 'note') };
}

/** Refuses as `toVote`, and with ROUND_NOT_OPEN after the reveal. */
export function getVotableRound(state: SessionAggregate, actorId: string, roundId: string): Round {
  getPresent(state, actorId);
  const round = getRound(state, roundId);
  requireRunning(state);
  requireState(round, 'OPEN');
  if (!round.roster.includes(actorId)) refuse('NOT_IN_ROSTER', 'You are not in the roster of this round.');
  return round;
}

/** A card of the round's deck, as `findCard`. Refuses with CARD_NOT_IN_DECK. */
export function getCard({ deck }: Round, label: string): Card {
  return (
    findCard(deck, label) ??
    refuse('CARD_NOT_IN_DECK', `The deck has no such card; it has ${deck.cards.map((card) => card.label).join(' ')}.`)
  );
}

/** Turns all cards; null when they are turned already. Refuses with NOT_A_PARTICIPANT, NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN. */
export function revealRound(state: SessionAggregate, { actorId, now }: Acting, roundId: string): Change | null {
  if (state.session.settings.revealedBy === 'EVERYONE') getPresent(state, actorId);
  else getFacilitator(state, actorId);
  requireRunning(state);
  const round = getRound(state, roundId);
  if (round.state === 'REVEALED' || round.state === 'SETTLED') return null;
  requireState(round, 'OPEN');
  return reveal(state, round, now, actorId);
}

/** The server's own reveal when the countdown has run out; null when there is nothing to reveal any more. */
export function revealDue(state: SessionAggregate, roundId: string, now: Date): Change | null {
  const round = state.rounds.find((candidate) => candidate.id === roundId);
  const isDue = round?.state === 'OPEN' && round.revealsAt !== null && round.revealsAt <= now;
  return isDue ? reveal(state, round, now, null) : null;
}

function reveal(state: SessionAggregate, round: Round, now: Date, actorId: string | null): Change {
  return {
    event: { type: 'ROUND_REVEALED', at: now, actorId, roundId: round.id, itemId: round.itemId },
    session: { ...state.session, openRoundId: null, openRoundVoters: [] },
    rounds: [{ ...round, state: 'REVEALED', revealedAt: now, revealsAt: null }],
  };
}

export interface Quorum {
  readonly votes: readonly Vote[];
  readonly sightings: Sightings;
}

/**
 * What the server does by itself after a vote or a change of the roster: start the countdown to the reveal (or reveal at once)
 * when everybody in the roster who is there has voted in all their tracks and there is at least one vote; stop it when that is no longer so.
 */
export function followQuorum(state: SessionAggregate, { votes, sightings }: Quorum, now: Date): Change | null {
  const round = state.rounds.find((candidate) => candidate.id === state.session.openRoundId);
  const { autoRevealSeconds } = state.session.settings;
  if (round === undefined) return null;
  const isFull =
    autoRevealSeconds !== null &&
    hasQuorum(state, round, votes, (voter) => state.session.settings.waitForAway || isThere(voter, sightings, now));
  const timed = timedReveal(state.session.settings, round);
  if (!isFull) return isSameTime(round.revealsAt, timed) ? null : countdown(round, timed, null, now);
  if (autoRevealSeconds === 0) return reveal(state, round, now, null);
  // A countdown that runs goes on; the timer may be over before it is.
  if (round.revealsAt !== null && !isSameTime(round.revealsAt, timed)) return null;
  const counted = new Date(now.getTime() + autoRevealSeconds * 1000);
  return timed !== null && timed <= counted ? null : countdown(round, counted, null, now);
}

/**
 * Whether a change may have completed the open round's quorum, or broken it: nothing else but a vote starts a countdown, and so nothing
 * else starts one again that somebody stopped.
 */
export function movesQuorum(before: SessionAggregate, after: SessionAggregate): boolean {
  if (after.session.openRoundId === null || after.session.settings.autoRevealSeconds === null) return false;
  const basisOf = ({ session, participants }: SessionAggregate) =>
    JSON.stringify([
      session.settings.autoRevealSeconds,
      session.settings.waitForAway,
      session.openRoundVoters.map((id) => [id, participants.find((participant) => participant.id === id)?.discipline]),
    ]);
  return basisOf(before) !== basisOf(after);
}

/** Refuses with NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN. */
export function cancelReveal(state: SessionAggregate, { actorId, now }: Acting, roundId: string): Change | null {
  getFacilitator(state, actorId);
  const round = getRound(state, roundId);
  requireState(round, 'OPEN');
  const timed = timedReveal(state.session.settings, round);
  return round.revealsAt === null ? null : countdown(round, isSameTime(round.revealsAt, timed) ? null : timed, actorId, now);
}

function countdown(round: Round, revealsAt: Date | null, actorId: string | null, now: Date): Change {
  const type = revealsAt === null ? 'COUNTDOWN_CANCELLED' : 'COUNTDOWN_STARTED';
  return { event: { type, at: now, actorId, roundId: round.id, itemId: round.itemId }, rounds: [{ ...round, revealsAt }] };
}

function hasQuorum(state: SessionAggregate, round: Round, votes: readonly Vote[], isAwaited: (voter: Participant) => boolean): boolean {
  const voters = state.participants.filter((participant) => round.roster.includes(participant.id) && isAwaited(participant));
  return votes.some((vote) => vote.roundId === round.id) && voters.every(hasFinished(state, round, votes));
}

/** Says of somebody whether no card of theirs is missing in a round: they have voted in all of their tracks. */
export function hasFinished(
  { session: { tracks } }: SessionAggregate,
  round: Round,
  votes: readonly Vote[],
): (voter: Participant) => boolean {
  const cast = new Set(votes.filter((vote) => vote.roundId === round.id).map((vote) => `${vote.participantId}/${vote.track}`));
  return (voter) => {
    const own = tracksOf(voter, tracks);
    // Who has named no discipline where every track has one may vote anywhere: one card is awaited.
    if (own.length === 0 && voter.discipline === null) return tracks.some((track) => cast.has(`${voter.id}/${track.id}`));
    return own.every((track) => cast.has(`${voter.id}/${track.id}`));
  };
}

/** The state with a round as its reveal left it, whatever became of it since. Refuses with ROUND_NOT_FOUND. */
export function asRevealed(state: SessionAggregate, roundId: string): SessionAggregate {
  const revealed: Round = { ...getRound(state, roundId), state: 'REVEALED', settledAt: null };
  return {
    ...state,
    rounds: state.rounds.map((round) => (round.id === roundId ? revealed : round)),
    estimates: state.estimates.filter((estimate) => estimate.roundId !== roundId),
  };
}

/** Ends a round without an estimate; the item is pending again. Refuses with NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN. */
export function abandonRound(state: SessionAggregate, { actorId, now }: Acting, roundId: string): Change | null {
  getFacilitator(state, actorId);
  requireOpen(state);
  const round = getRound(state, roundId);
  if (round.state === 'ABANDONED' || round.state === 'REVOTED') return null;
  if (round.state !== 'OPEN' && round.state !== 'REVEALED')
    refuse('ROUND_NOT_OPEN', `The round is ${round.state}.`, { state: round.state });
  return {
    event: { type: 'ROUND_ABANDONED', at: now, actorId, roundId: round.id, itemId: round.itemId },
    session: { ...state.session, openRoundId: null, openRoundVoters: [] },
    items: [{ ...getItem(state, round.itemId), state: 'PENDING' }],
    rounds: [{ ...round, state: 'ABANDONED', revealsAt: null }],
  };
}

function requireState(round: Round, expected: 'OPEN'): void {
  if (round.state !== expected) refuse('ROUND_NOT_OPEN', `The round is ${round.state}: it takes no votes.`, { state: round.state });
}
