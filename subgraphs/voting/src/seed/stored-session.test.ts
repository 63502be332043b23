import { describe, expect, it } from 'vitest';
import { toResult } from '../domain/results.ts';
import { parseSeedFile } from './seed-file.ts';
import { toStoredSession } from './stored-session.ts';

const now = new Date('2026-11-22T12:00:00Z');
const completed_at = '2026-05-04T10:00:00+03:00';

function imported(session: object) {
  const [seed] = parseSeedFile(
    JSON.stringify({ sessions: [{ chat_id: -100, topic_id: 7, participants: { 1: { name: 'Анна' }, 2: { name: 'Boris' } }, ...session }] }),
  );
  if (seed === undefined) throw new Error('no session');
  return toStoredSession(seed, now);
}

describe("a seed system's session", () => {
  it('keeps its votes as rounds and its points as estimates that are not written again', () => {
    const { state, votes } = imported({
      history: [{ task_id: 'a', jira_key: 'DEV-1', story_points: 5, votes: { 1: '3', 2: '5' }, completed_at }],
    });
    expect([...state.items]).toMatchObject([{ issueKey: 'DEV-1', state: 'ESTIMATED' }]);
    expect(state.rounds).toMatchObject([{ number: 1, state: 'SETTLED', settledAt: new Date('2026-05-04T07:00:00Z') }]);
    expect(state.estimates).toMatchObject([{ value: 5, state: 'NOT_NEEDED' }]);
    const [round] = state.rounds;
    expect(round && toResult(round, { track: 'estimate', size: 2 }, votes).median).toBe(4);
  });

  it('takes the highest vote where no points were agreed, as the seed did, and 0 as a number', () => {
    const { state } = imported({
      last_batch: [
        { task_id: 'a', jira_key: 'DEV-1', votes: { 1: '3', 2: '8' }, completed_at },
        { task_id: 'b', jira_key: 'DEV-2', story_points: 0, votes: {}, completed_at },
      ],
    });
    expect(state.estimates.map((estimate) => estimate.value)).toEqual([8, 0]);
  });

  it('does not believe that a task was played because closing marked it completed', () => {
    const { state } = imported({ history: [{ task_id: 'a', jira_key: 'DEV-1', votes: {}, completed_at }] });
    expect([...state.items]).toMatchObject([{ state: 'PENDING' }]);
    expect(state.rounds).toEqual([]);
  });

  it('makes one item of an issue that was estimated twice, with two rounds', () => {
    const task = { jira_key: 'DEV-1', completed_at };
    const { state } = imported({
      history: [
        { ...task, task_id: 'a', story_points: 3 },
        { ...task, task_id: 'b', story_points: 5 },
      ],
      last_batch: [{ ...task, task_id: 'b', story_points: 5 }],
    });
    expect(state.items).toHaveLength(1);
    expect(state.rounds.map((round) => round.number)).toEqual([1, 2]);
  });

  it('keeps split estimates as tracks', () => {
    const { state, votes } = imported({
      estimation_mode: 'sp_dev_test',
      history: [
        {
          task_id: 'a',
          summary: 'Login',
          track_votes: { dev: { 1: '5' }, test: { 2: 'skip' } },
          story_points_by_track: { dev: 5, test: 2 },
          completed_at,
        },
      ],
    });
    expect(state.estimates.map(({ track, value }) => [track, value])).toEqual([
      ['dev', 5],
      ['test', 2],
    ]);
    expect(votes.map(({ track, card }) => [track, card])).toEqual([
      ['dev', '5'],
      ['test', 'skip'],
    ]);
    expect([...state.items]).toMatchObject([{ topic: 'Login', issueKey: null }]);
  });

  it('has nobody in it any more, and gets the same ids from the same export', () => {
    const { state } = imported({});
    expect(state.participants.every((participant) => participant.leftAt !== null && participant.facilitatorRank === null)).toBe(true);
    expect(imported({}).state.session.id).toBe(state.session.id);
  });

  it('that is no export is refused by the path of what does not fit', () => {
    expect(() => parseSeedFile('[{"participants": 3}]')).toThrow(/chat_id|participants/);
  });
});
