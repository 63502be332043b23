import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf, openRoundOf, type Table } from '../store/testing/play.ts';
import type { Change } from './change.ts';
import type { SessionAggregate, Vote } from './model.ts';
import { joinSession, leaveSession, removeParticipant, updateMe } from './participants.ts';
import { awayAfterMs, type Sightings } from './presence.ts';
import { abandonRound, asRevealed, cancelReveal, followQuorum, movesQuorum, revealDue, revealRound, startRound, toVote } from './rounds.ts';
import { closeSession, updateSession } from './session.ts';
import { settleRound } from './settlements.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const by = (state: SessionAggregate) => ({ actorId: facilitatorOf(state), now });
/** Who has just joined counts as there. */
const nobody: Sightings = new Map();
const refusal = (code: string) => expect.objectContaining({ code });

function opened(table: Table & { readonly items?: number } = {}): SessionAggregate {
  const state = buildTable(table);
  return advance(state, startRound(state, by(state), { id: 'round-1' }));
}

const revealed = (state: SessionAggregate) => advance(state, revealRound(state, by(state), openRoundOf(state)));
const votesOf = (state: SessionAggregate, ...ids: string[]): Vote[] =>
  ids.map((id) => toVote(state, id, { roundId: openRoundOf(state), card: '5' }));

describe('a round', () => {
  it('opens on the first pending item with the estimators of this moment', () => {
    const state = opened();
    expect(state.rounds).toMatchObject([
      { itemId: 'item-1', number: 1, state: 'OPEN', roster: [facilitatorOf(state), 'voter-1', 'voter-2'], openedAt: now },
    ]);
    expect(state.session).toMatchObject({ openRoundId: 'round-1', openRoundVoters: state.rounds[0]?.roster });
    expect(state.items.at(0)?.state).toBe('VOTING');
  });

  it('refuses a second one while it is open with ROUND_ALREADY_OPEN', () => {
    const state = opened();
    expect(() => startRound(state, by(state), { id: 'round-2', itemId: 'item-2' })).toThrow(refusal('ROUND_ALREADY_OPEN'));
  });

  it('refuses to open with NOTHING_TO_ESTIMATE, ITEM_NOT_FOUND, NOT_A_FACILITATOR, SESSION_CLOSED, INVALID_INPUT', () => {
    const empty = buildTable({ items: 0 });
    expect(() => startRound(empty, by(empty), { id: 'r' })).toThrow(refusal('NOTHING_TO_ESTIMATE'));
    const state = buildTable();
    expect(() => startRound(state, by(state), { id: 'r', itemId: 'none' })).toThrow(refusal('ITEM_NOT_FOUND'));
    expect(() => startRound(state, { actorId: 'voter-1', now }, { id: 'r' })).toThrow(refusal('NOT_A_FACILITATOR'));
    for (const timerSeconds of [4, 86_401])
      expect(() => startRound(state, by(state), { id: 'r', timerSeconds })).toThrow(refusal('INVALID_INPUT'));
    const closed = advance(state, closeSession(state, by(state)));
    expect(() => startRound(closed, by(closed), { id: 'r' })).toThrow(refusal('SESSION_CLOSED'));
  });

  it('has a deadline when it has a timer', () => {
    const state = buildTable();
    expect(advance(state, startRound(state, by(state), { id: 'r', timerSeconds: 90 })).rounds[0]?.deadlineAt).toEqual(later(90));
  });

  it('keeps its deck when the session gets another', () => {
    const before = opened();
    const state = advance(before, updateSession(before, by(before), { deck: 't-shirt' }));
    expect(state.session.deck.name).toBe('t-shirt');
    expect(toVote(state, 'voter-1', { roundId: 'round-1', card: '13' }).card).toBe('13');
    expect(() => toVote(state, 'voter-1', { roundId: 'round-1', card: 'XL' })).toThrow(refusal('CARD_NOT_IN_DECK'));
  });

  it('after the reveal takes no votes: ROUND_NOT_OPEN', () => {
    const state = revealed(opened());
    expect(() => toVote(state, 'voter-1', { roundId: 'round-1', card: '5' })).toThrow(refusal('ROUND_NOT_OPEN'));
    expect(state.session).toMatchObject({ openRoundId: null, openRoundVoters: [] });
  });

  it('takes in only estimators who are there, and is logged with its item', () => {
    const table = buildTable();
    const state = advance(table, leaveSession(table, { actorId: 'voter-1', now }));
    const { event, session } = startRound(state, by(state), { id: 'round-1' });
    expect(session?.openRoundVoters).toEqual([facilitatorOf(state), 'voter-2']);
    expect(event).toEqual({ type: 'ROUND_STARTED', at: now, actorId: facilitatorOf(state), roundId: 'round-1', itemId: 'item-1' });
  });

  it.each([5, 86_400])('may have a timer of %i seconds', (timerSeconds) => {
    const state = buildTable();
    expect(startRound(state, by(state), { id: 'round-1', timerSeconds }).rounds?.[0]?.deadlineAt).toEqual(later(timerSeconds));
  });

  it('revealed once more is no change', () => {
    const state = revealed(opened());
    expect(revealRound(state, by(state), 'round-1')).toBeNull();
  });

  it('played again is a new round with the next number; the one before is revoted, not abandoned', () => {
    const before = revealed(opened());
    const state = advance(before, startRound(before, by(before), { id: 'round-2' }));
    expect(state.rounds.map(({ number, state: is }) => [number, is])).toEqual([
      [1, 'REVOTED'],
      [2, 'OPEN'],
    ]);
    expect(state.rounds[1]?.itemId).toBe('item-1');
  });

  it('on another item abandons the revealed one, whose item is pending again', () => {
    const before = revealed(opened());
    const state = advance(before, startRound(before, by(before), { id: 'round-2', itemId: 'item-2' }));
    expect(state.items.map((item) => item.state)).toEqual(['PENDING', 'VOTING']);
    expect(state.rounds.map((round) => round.state)).toEqual(['ABANDONED', 'OPEN']);
  });

  it('is abandoned by a facilitator, in an open session: NOT_A_FACILITATOR, SESSION_CLOSED', () => {
    const state = revealed(opened());
    expect(() => abandonRound(state, { actorId: 'voter-1', now }, 'round-1')).toThrow(refusal('NOT_A_FACILITATOR'));
    const closed = { ...state, session: { ...state.session, state: 'CLOSED' as const } };
    expect(() => abandonRound(closed, by(closed), 'round-1')).toThrow(refusal('SESSION_CLOSED'));
    expect(abandonRound(state, by(state), 'round-1')?.event).toMatchObject({
      type: 'ROUND_ABANDONED',
      roundId: 'round-1',
      itemId: 'item-1',
    });
  });

  it('that was revoted is abandoned already: no change', () => {
    const before = revealed(opened());
    const state = advance(before, startRound(before, by(before), { id: 'round-2' }));
    expect(abandonRound(state, by(state), 'round-1')).toBeNull();
  });

  it('abandoned leaves its item pending; once more is no change; a settled one refuses with ROUND_NOT_OPEN', () => {
    const open = opened();
    const state = advance(open, abandonRound(open, by(open), 'round-1'));
    expect(state).toMatchObject({ session: { openRoundId: null }, rounds: [{ state: 'ABANDONED' }] });
    expect(state.items.at(0)?.state).toBe('PENDING');
    expect(abandonRound(state, by(state), 'round-1')).toBeNull();
    const turned = revealed(open);
    const settled = advance(turned, settleRound(turned, by(turned), { roundId: 'round-1', estimate: 5 }));
    expect(() => abandonRound(settled, by(settled), 'round-1')).toThrow(refusal('ROUND_NOT_OPEN'));
  });
});

describe('a vote', () => {
  it('is of a card by its label, in the track named or the session’s first', () => {
    const state = opened({ tracks: [{ id: 'dev' }, { id: 'test' }] });
    expect(toVote(state, 'voter-1', { roundId: 'round-1', card: '0' })).toEqual({
      roundId: 'round-1',
      participantId: 'voter-1',
      track: 'dev',
      card: '0',
      note: null,
    });
    expect(toVote(state, 'voter-1', { roundId: 'round-1', card: '☕', track: 'test' }).track).toBe('test');
  });

  it.each([
    ['an unknown round', 'ROUND_NOT_FOUND', { roundId: 'none', card: '5' }],
    ['a card outside the deck', 'CARD_NOT_IN_DECK', { roundId: 'round-1', card: '4' }],
    ['an unknown track', 'UNKNOWN_TRACK', { roundId: 'round-1', card: '5', track: 'qa' }],
  ])('for %s is refused with %s', (_, code, ballot) => {
    expect(() => toVote(opened(), 'voter-1', ballot)).toThrow(refusal(code));
  });

  it.each([
    ['  Too\n much\tunknown ', 'Too much unknown'],
    ['', null],
    [' \u200b\n ', null],
    [undefined, null],
    ['x'.repeat(280), 'x'.repeat(280)],
  ])('has the note %j as %j', (note, kept) => {
    expect(toVote(opened(), 'voter-1', { roundId: 'round-1', card: '5', note }).note).toBe(kept);
  });

  it('with a note of more than 280 characters is refused with INVALID_INPUT', () => {
    const ballot = { roundId: 'round-1', card: '5', note: '🦊'.repeat(281) };
    expect(() => toVote(opened(), 'voter-1', ballot)).toThrow(refusal('INVALID_INPUT'));
  });

  it('in a track of another discipline is refused with NOT_IN_ROSTER; who has named none may vote in every track', () => {
    const before = buildTable({ voters: 1, tracks: [{ id: 'dev', discipline: 'backend' }, { id: 'qa', discipline: 'qa' }, { id: 'all' }] });
    const joined = advance(before, joinSession(before, { id: 'tester', name: 'Tess', role: 'ESTIMATOR', discipline: 'qa', now }));
    const state = advance(joined, startRound(joined, by(joined), { id: 'round-1' }));
    const trackOf = (id: string, track: string) => toVote(state, id, { roundId: 'round-1', card: '5', track }).track;
    expect(['qa', 'all'].map((track) => trackOf('tester', track))).toEqual(['qa', 'all']);
    expect(() => trackOf('tester', 'dev')).toThrow(refusal('NOT_IN_ROSTER'));
    expect(['dev', 'qa', 'all'].map((track) => trackOf('voter-1', track))).toEqual(['dev', 'qa', 'all']);
  });

  it('by a stranger or somebody who left is refused with NOT_A_PARTICIPANT', () => {
    const before = opened();
    const state = advance(before, leaveSession(before, { actorId: 'voter-1', now }));
    for (const id of ['voter-1', 'stranger'])
      expect(() => toVote(state, id, { roundId: 'round-1', card: '5' })).toThrow(refusal('NOT_A_PARTICIPANT'));
  });

  it('by a spectator, or by whoever came after the start, is refused with NOT_IN_ROSTER', () => {
    const before = opened();
    const late = advance(before, joinSession(before, { id: 'late', name: 'Late', role: 'ESTIMATOR', discipline: null, now }));
    const state = advance(late, updateMe(late, { actorId: 'voter-1', now }, { role: 'SPECTATOR' }));
    for (const id of ['voter-1', 'late'])
      expect(() => toVote(state, id, { roundId: 'round-1', card: '5' })).toThrow(refusal('NOT_IN_ROSTER'));
  });
});

describe('the reveal', () => {
  it('is a facilitator’s, or everyone’s when the setting says so', () => {
    const state = opened();
    expect(() => revealRound(state, { actorId: 'voter-1', now }, 'round-1')).toThrow(refusal('NOT_A_FACILITATOR'));
    const free = opened({ settings: { revealedBy: 'EVERYONE' } });
    expect(revealRound(free, { actorId: 'voter-1', now }, 'round-1')).not.toBeNull();
    expect(() => revealRound(free, { actorId: 'stranger', now }, 'round-1')).toThrow(refusal('NOT_A_PARTICIPANT'));
  });

  it('does not come by itself unless the setting says so', () => {
    const state = opened();
    expect(followQuorum(state, { votes: votesOf(state, facilitatorOf(state), 'voter-1', 'voter-2'), sightings: nobody }, now)).toBeNull();
  });

  it('comes at once with 0 seconds when all of the roster have voted, and not before', () => {
    const state = opened({ settings: { autoRevealSeconds: 0 } });
    expect(followQuorum(state, { votes: votesOf(state, 'voter-1', 'voter-2'), sightings: nobody }, now)).toBeNull();
    const full = followQuorum(state, { votes: votesOf(state, facilitatorOf(state), 'voter-1', 'voter-2'), sightings: nobody }, now);
    expect(full).toMatchObject({ event: { type: 'ROUND_REVEALED', actorId: null }, rounds: [{ state: 'REVEALED', revealedAt: now }] });
  });

  it('counts down when all have voted, stops when a vote is taken back, and comes when the time is over', () => {
    const state = opened({ settings: { autoRevealSeconds: 10 } });
    const votes = votesOf(state, facilitatorOf(state), 'voter-1', 'voter-2');
    const counting = advance(state, followQuorum(state, { votes: votes, sightings: nobody }, now));
    expect(counting.rounds[0]?.revealsAt).toEqual(later(10));
    expect(followQuorum(counting, { votes: votes, sightings: nobody }, later(1))).toBeNull();
    expect(advance(counting, followQuorum(counting, { votes: votes.slice(1), sightings: nobody }, now)).rounds[0]?.revealsAt).toBeNull();
    expect(revealDue(counting, 'round-1', later(9))).toBeNull();
    expect(revealDue(counting, 'round-1', later(10))).toMatchObject({ rounds: [{ state: 'REVEALED' }] });
    expect(advance(counting, cancelReveal(counting, by(counting), 'round-1')).rounds[0]?.revealsAt).toBeNull();
  });

  it('is of the round that was asked for, and counts that round’s votes alone', () => {
    const first = revealed(opened({ settings: { autoRevealSeconds: 10 } }));
    const state = advance(first, startRound(first, by(first), { id: 'round-2', itemId: 'item-2' }));
    const votes = votesOf(state, facilitatorOf(state), 'voter-1', 'voter-2');
    const earlier = votes.map((vote) => ({ ...vote, roundId: 'round-1' }));
    expect(followQuorum(state, { votes: earlier, sightings: nobody }, now)).toBeNull();
    expect(followQuorum(state, { votes: [...votes.slice(1), ...earlier], sightings: nobody }, now)).toBeNull();
    const counting = advance(state, followQuorum(state, { votes, sightings: nobody }, now));
    expect(counting.rounds.map(({ revealsAt }) => revealsAt)).toEqual([null, later(10)]);
    expect(revealDue(counting, 'round-2', later(10))?.rounds).toMatchObject([{ id: 'round-2', state: 'REVEALED' }]);
  });

  it('that counts down is stopped by a facilitator alone, while its round is open; none that counts is no change', () => {
    const state = opened({ settings: { autoRevealSeconds: 10 } });
    const counts = followQuorum(state, { votes: votesOf(state, facilitatorOf(state), 'voter-1', 'voter-2'), sightings: nobody }, now);
    expect(counts?.event).toEqual({ type: 'COUNTDOWN_STARTED', at: now, actorId: null, roundId: 'round-1', itemId: 'item-1' });
    const counting = advance(state, counts);
    expect(cancelReveal(counting, by(counting), 'round-1')?.event).toMatchObject({
      type: 'COUNTDOWN_CANCELLED',
      actorId: facilitatorOf(state),
    });
    expect(() => cancelReveal(counting, { actorId: 'voter-1', now }, 'round-1')).toThrow(refusal('NOT_A_FACILITATOR'));
    expect(cancelReveal(state, by(state), 'round-1')).toBeNull();
    const turned = revealed(counting);
    expect(() => cancelReveal(turned, by(turned), 'round-1')).toThrow(refusal('ROUND_NOT_OPEN'));
  });

  it('stops counting down when nothing is to come by itself any more', () => {
    const state = opened({ settings: { autoRevealSeconds: 10 } });
    const counting = advance(
      state,
      followQuorum(state, { votes: votesOf(state, facilitatorOf(state), 'voter-1', 'voter-2'), sightings: nobody }, now),
    );
    const renamed = advance(counting, updateSession(counting, by(counting), { title: 'New' }));
    expect(renamed.rounds[0]?.revealsAt).toEqual(later(10));
    const off = advance(renamed, updateSession(renamed, by(renamed), { settings: { autoRevealSeconds: null } }));
    expect(off.rounds[0]?.revealsAt).toBeNull();
    expect(revealDue(off, 'round-1', later(10))).toBeNull();
  });

  it('depends on the roster, on what its voters work on and on the setting, and on nothing else of a session', () => {
    const state = opened({ settings: { autoRevealSeconds: 10 } });
    const moves = (change: Change | null) => movesQuorum(state, advance(state, change));
    const voter = { actorId: 'voter-1', now };
    const newcomer = { id: 'new', name: 'Lou', discipline: null, now };
    expect(moves(leaveSession(state, voter))).toBe(true);
    expect(moves(removeParticipant(state, by(state), 'voter-2'))).toBe(true);
    expect(moves(updateMe(state, voter, { role: 'SPECTATOR' }))).toBe(true);
    expect(moves(updateMe(state, voter, { discipline: 'qa' }))).toBe(true);
    expect(moves(updateSession(state, by(state), { settings: { autoRevealSeconds: 5 } }))).toBe(true);
    expect(moves(updateMe(state, voter, { name: 'Lou' }))).toBe(false);
    expect(moves(updateSession(state, by(state), { title: 'New' }))).toBe(false);
    expect(moves(joinSession(state, { ...newcomer, role: 'SPECTATOR' }))).toBe(false);
    expect(moves(joinSession(state, { ...newcomer, role: 'ESTIMATOR' }))).toBe(false);
    const lax = advance(state, updateSession(state, by(state), { settings: { lateJoin: 'NOW' } }));
    expect(movesQuorum(lax, advance(lax, joinSession(lax, { ...newcomer, role: 'ESTIMATOR' })))).toBe(true);
  });

  it('waits for somebody to vote: an empty roster, or one that all left, is no quorum', () => {
    const state = opened({ settings: { autoRevealSeconds: 0 }, voters: 0 });
    const empty = advance(state, updateMe(state, by(state), { role: 'SPECTATOR' }));
    expect(followQuorum(empty, { votes: [], sightings: nobody }, now)).toBeNull();
  });

  it('no longer waits for whoever was removed', () => {
    const state = opened({ settings: { autoRevealSeconds: 0 } });
    const votes = votesOf(state, facilitatorOf(state), 'voter-1');
    expect(followQuorum(state, { votes: votes, sightings: nobody }, now)).toBeNull();
    const smaller = advance(state, removeParticipant(state, by(state), 'voter-2'));
    expect(followQuorum(smaller, { votes: votes, sightings: nobody }, now)).toMatchObject({ rounds: [{ state: 'REVEALED' }] });
  });

  it('does not wait for whoever is away, has been away since before the round or never came back, unless the setting says so', () => {
    const state = opened({ settings: { autoRevealSeconds: 0 }, now });
    const at = later(100);
    const seen = (id: string, seenAt: Date) => [id, { participantId: id, since: now, seenAt }] as const;
    const both = [seen(facilitatorOf(state), at), seen('voter-1', at)];
    const votes = votesOf(state, facilitatorOf(state), 'voter-1');
    const reveals = (sightings: Sightings, of = state) => followQuorum(of, { votes, sightings }, at) !== null;
    expect(reveals(new Map(both))).toBe(true);
    expect(reveals(new Map([...both, seen('voter-2', new Date(at.getTime() - awayAfterMs))]))).toBe(true);
    expect(reveals(new Map([...both, seen('voter-2', new Date(at.getTime() - awayAfterMs + 1))]))).toBe(false);
    const patient = advance(state, updateSession(state, by(state), { settings: { waitForAway: true } }));
    expect(reveals(new Map(both), patient)).toBe(false);
    expect(followQuorum(state, { votes: [], sightings: new Map(both) }, at)).toBeNull();
  });

  it('waits for one card of whoever has named no discipline where every track has one', () => {
    const state = opened({
      voters: 1,
      tracks: [
        { id: 'dev', discipline: 'dev' },
        { id: 'qa', discipline: 'qa' },
      ],
      settings: { autoRevealSeconds: 0 },
    });
    const vote = (id: string, track: string) => toVote(state, id, { roundId: 'round-1', card: '5', track });
    const reveals = (votes: Vote[]) => followQuorum(state, { votes, sightings: nobody }, now) !== null;
    expect(reveals([vote(facilitatorOf(state), 'dev')])).toBe(false);
    expect(reveals([vote(facilitatorOf(state), 'dev'), vote('voter-1', 'qa')])).toBe(true);
  });

  it('waits for each voter in the tracks of their discipline, and in no other', () => {
    const before = buildTable({ voters: 0, tracks: [{ id: 'all' }, { id: 'qa', discipline: 'qa' }], settings: { autoRevealSeconds: 0 } });
    const joined = advance(before, joinSession(before, { id: 'tester', name: 'Tess', role: 'ESTIMATOR', discipline: 'qa', now }));
    const state = advance(joined, startRound(joined, by(joined), { id: 'round-1' }));
    const votes = votesOf(state, facilitatorOf(state), 'tester');
    expect(followQuorum(state, { votes: votes, sightings: nobody }, now)).toBeNull();
    expect(
      followQuorum(
        state,
        { votes: [...votes, toVote(state, 'tester', { roundId: 'round-1', card: '8', track: 'qa' })], sightings: nobody },
        now,
      ),
    ).not.toBeNull();
  });
});

describe('settling', () => {
  it('does not change what the reveal is told as', () => {
    const before = revealed(opened());
    const state = advance(before, settleRound(before, by(before), { roundId: 'round-1', estimate: 5 }));
    expect(asRevealed(state, 'round-1').rounds).toMatchObject([{ state: 'REVEALED', settledAt: null }]);
    expect(asRevealed(state, 'round-1').estimates).toEqual([]);
    const next = advance(state, startRound(state, by(state), { id: 'round-2' }));
    const both = { ...next, estimates: next.estimates.flatMap((estimate) => [estimate, { ...estimate, roundId: 'round-0' }]) };
    expect(asRevealed(both, 'round-1').rounds.map((round) => round.state)).toEqual(['REVEALED', 'OPEN']);
    expect(asRevealed(both, 'round-1').estimates.map(({ roundId }) => roundId)).toEqual(['round-0']);
  });

  it('gives the item its estimate and puts an issue’s value on its way; a topic has nowhere to go', () => {
    const state = revealed(opened());
    const settled = advance(state, settleRound(state, by(state), { roundId: 'round-1', estimate: 0 }));
    expect(settled.items.at(0)?.state).toBe('ESTIMATED');
    expect(settled.rounds[0]).toMatchObject({ state: 'SETTLED', settledAt: now });
    expect(settled.estimates).toMatchObject([{ value: 0, state: 'NOT_NEEDED', track: 'estimate' }]);
  });

  it('of a round that is not revealed, or settled already, is refused with ROUND_NOT_REVEALED', () => {
    const open = opened();
    expect(() => settleRound(open, by(open), { roundId: 'round-1', estimate: 5 })).toThrow(refusal('ROUND_NOT_REVEALED'));
    const state = revealed(open);
    const settled = advance(state, settleRound(state, by(state), { roundId: 'round-1', estimate: 5 }));
    expect(() => settleRound(settled, by(settled), { roundId: 'round-1', estimate: 5 })).toThrow(refusal('ROUND_NOT_REVEALED'));
  });

  it.each([
    ['nothing', 'INVALID_INPUT', {}],
    ['both forms at once', 'INVALID_INPUT', { estimate: 5, estimates: [{ track: 'dev', value: 5 }] }],
    ['one estimate for several tracks', 'INVALID_INPUT', { estimate: 5 }],
    ['no estimates', 'INVALID_INPUT', { estimates: [] }],
    [
      'a track twice',
      'INVALID_INPUT',
      {
        estimates: [
          { track: 'dev', value: 5 },
          { track: 'dev', value: 8 },
        ],
      },
    ],
    ['an unknown track', 'UNKNOWN_TRACK', { estimates: [{ track: 'ops', value: 5 }] }],
    ['a negative value', 'INVALID_INPUT', { estimates: [{ track: 'dev', value: -1 }] }],
    ['a value beyond 10000', 'INVALID_INPUT', { estimates: [{ track: 'dev', value: 10_001 }] }],
    ['more than three decimals', 'INVALID_INPUT', { estimates: [{ track: 'dev', value: 0.1234 }] }],
    ['not a number', 'INVALID_INPUT', { estimates: [{ track: 'dev', value: Number.NaN }] }],
  ])('with %s is refused with %s', (_, code, given) => {
    const state = revealed(opened({ tracks: [{ id: 'dev' }, { id: 'test' }] }));
    expect(() => settleRound(state, by(state), { roundId: 'round-1', ...given })).toThrow(refusal(code));
  });

  it('takes values with up to three decimals', () => {
    for (const estimate of [0, 0.5, 0.125, 2.375, 10_000]) {
      const state = revealed(opened());
      expect(advance(state, settleRound(state, by(state), { roundId: 'round-1', estimate })).estimates[0]?.value).toBe(estimate);
    }
  });
});
