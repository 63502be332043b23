import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import { startRound } from './rounds.ts';
import { countVoters, getTrack, mayVoteIn, toTracks, tracksOf } from './tracks.ts';

const refused = (reason: string, details: object = {}) =>
  expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ reason, ...details }) });
const named = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `track-${index}` }));

describe('the tracks of a session', () => {
  it.each([1, 6])('may be %i', (count) => {
    expect(toTracks(named(count))).toHaveLength(count);
  });

  it.each([0, 7])('are never %i', (count) => {
    expect(() => toTracks(named(count))).toThrow(refused('OUT_OF_RANGE'));
  });

  it.each(['dev', 'a', '0', 'front-end_2', 'x'.repeat(32)])('may have the id %s, which is the label without one', (id) => {
    expect(toTracks([{ id }])).toEqual([{ id, label: id, discipline: null }]);
  });

  it.each(['', 'Dev', 'front end', 'dév', 'dev!', ' dev', 'dev\n', 'x'.repeat(33)])('never have the id %j', (id) => {
    expect(() => toTracks([{ id }])).toThrow(refused('TRACK_ID_FORM'));
  });

  it('have labels and disciplines of 40 characters at most', () => {
    const long = 'x'.repeat(40);
    expect(toTracks([{ id: 'dev', label: long, discipline: long }])).toEqual([{ id: 'dev', label: long, discipline: long }]);
    expect(() => toTracks([{ id: 'dev', label: `${long}x` }])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => toTracks([{ id: 'dev', discipline: `${long}x` }])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('are each named once', () => {
    expect(() => toTracks([{ id: 'dev' }, { id: 'test' }, { id: 'dev' }])).toThrow(refused('TRACK_TWICE'));
  });

  it('are found by id, the first without one; UNKNOWN_TRACK names those that there are', () => {
    const tracks = toTracks([{ id: 'dev' }, { id: 'test' }]);
    expect([getTrack(tracks, null).id, getTrack(tracks, undefined).id, getTrack(tracks, 'test').id]).toEqual(['dev', 'dev', 'test']);
    expect(() => getTrack(tracks, 'ops')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_TRACK', message: expect.stringContaining('dev, test') }),
    );
  });
});

describe('who votes in a track', () => {
  const tracks = [{ id: 'dev', discipline: 'Development' }, { id: 'test', discipline: 'Testing' }, { id: 'all' }];
  const before = buildTable({ voters: 3, tracks });
  const disciplines = [null, 'Development', 'Testing', 'Testing'];
  const seated = {
    ...before,
    participants: before.participants.map((participant, index) => ({ ...participant, discipline: disciplines[index] ?? null })),
  };
  const state = advance(seated, startRound(seated, { actorId: facilitatorOf(seated), now: new Date() }, { id: 'round-1' }));
  const [round] = state.rounds;

  it('is whoever has its discipline, and everybody in one that has none', () => {
    const idsOf = (index: number) =>
      state.participants.slice(index, index + 1).flatMap((one) => tracksOf(one, state.session.tracks).map(({ id }) => id));
    expect([0, 1, 2].map(idsOf)).toEqual([['all'], ['dev', 'all'], ['test', 'all']]);
  });

  it('may be whoever has named no discipline', () => {
    const of = (index: number) =>
      state.participants.slice(index, index + 1).map((one) => state.session.tracks.map((track) => mayVoteIn(one, track)));
    expect([0, 1, 2].flatMap(of)).toEqual([
      [true, true, true],
      [true, false, true],
      [false, true, true],
    ]);
  });

  it('are counted among the round’s roster alone', () => {
    if (round === undefined) throw new Error('No round was started.');
    const count = (roster: readonly string[]) => ['dev', 'test', 'all', 'none'].map((id) => countVoters(state, { ...round, roster }, id));
    expect(count(round.roster)).toEqual([1, 2, 4, 0]);
    expect(count(['voter-1', 'voter-2'])).toEqual([1, 1, 2, 0]);
    expect(count(['somebody'])).toEqual([0, 0, 0, 0]);
  });
});
