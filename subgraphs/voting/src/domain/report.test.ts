import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import type { SessionAggregate, Vote } from './model.ts';
import { toReport } from './report.ts';
import { revealRound, startRound } from './rounds.ts';
import { settleRound } from './settlements.ts';

const started = new Date('2026-06-07T08:00:00Z');
const after = (seconds: number) => new Date(started.getTime() + seconds * 1000);
const at = (state: SessionAggregate, seconds: number) => ({ actorId: facilitatorOf(state), now: after(seconds) });
const votesIn = (roundId: string, ...cards: readonly string[]): readonly Vote[] =>
  cards.map((card, index) => ({ roundId, participantId: `voter-${index + 1}`, track: 'estimate', card, note: null }));

/** Item 1 is open from 0 to 60 s and settled as 5 at 90 s, item 2 is open from 100 to 130 s, and item 3 never. */
function playThree(): SessionAggregate {
  let state = buildTable({ items: 3 });
  const open = (index: number, seconds: number) =>
    advance(state, startRound(state, at(state, seconds), { id: `round-${index}`, itemId: `item-${index}` }));
  state = open(1, 0);
  state = advance(state, revealRound(state, at(state, 60), 'round-1'));
  state = advance(state, settleRound(state, at(state, 90), { roundId: 'round-1', estimate: 5 }));
  state = open(2, 100);
  return advance(state, revealRound(state, at(state, 130), 'round-2'));
}

describe('the report', () => {
  it('of a session without rounds has no consensus to share and took no time', () => {
    expect(toReport(buildTable(), [])).toMatchObject({ consensusShare: null, durationSeconds: 0, voteCount: 0 });
  });

  it('lasts from the first round’s start to the last reveal or settlement', () => {
    expect(toReport(playThree(), []).durationSeconds).toBe(130);
  });

  it('has the share of revealed items that agreed, and those agreed that were settled as the votes were', () => {
    const state = playThree();
    const shareOf = (first: readonly string[], second: readonly string[]) =>
      toReport(state, [...votesIn('round-1', ...first), ...votesIn('round-2', ...second)]).consensusShare;
    expect(shareOf(['5', '5'], ['8', '8'])).toBe(1);
    expect(shareOf(['5', '5'], ['8', '3'])).toBe(0.5);
    expect(shareOf(['8', '8'], ['8', '8'])).toBe(0.5);
    expect(shareOf(['8', '8'], [])).toBe(0);
  });

  it('counts who voted, each once', () => {
    const [row] = toReport(playThree(), votesIn('round-1', '5', '8')).rows;
    expect(row).toMatchObject({ votedCount: 2, seconds: 60 });
  });

  it('tells nothing of the votes of a round that is not revealed', () => {
    const before = buildTable();
    const state = advance(before, startRound(before, at(before, 0), { id: 'round-1', itemId: 'item-1' }));
    const report = toReport(state, votesIn('round-1', '5', '5'));
    expect(report).toMatchObject({ voteCount: 0, consensusShare: null });
    expect(report.rows[0]).toMatchObject({ votedCount: null, hadConsensus: null });
    expect(report.participants.map(({ roundCount }) => roundCount)).toEqual([0, 0, 0]);
  });
});
