import type { MergedChanges, VotePresence } from '../domain/merged-changes.ts';
import type { SessionAggregate } from '../domain/model.ts';
import type { LoggedChange, VotingStore } from '../store/voting-store.ts';

export interface ToldVote {
  readonly roundId: string;
  readonly participantId: string;
  readonly track: string;
  readonly hasVoted: boolean;
}

/** Of a run of changes, what a stream's reader does not know yet of who has voted. */
export type VoteNews = (
  state: SessionAggregate,
  changes: readonly LoggedChange[],
  votes: MergedChanges['votes'],
) => Promise<readonly ToldVote[]>;

const keyOf = ({ participantId, track }: Pick<ToldVote, 'participantId' | 'track'>) => `${participantId}/${track}`;

/**
 * What one stream tells of votes: who has voted in the open round, and never when, in which order, or how often. Whoever votes again is no news. A
 * stream that begins in the middle of a round tells all who have voted when it first tells of any, so that replays from one cursor after another say the
 * same. Of a round that is no longer open nothing is told: it comes as a whole, its votes in the roster's order.
 */
export function createVoteNews(store: Pick<VotingStore, 'findVotes'>): VoteNews {
  let roundId: string | undefined;
  let told: Set<string> | undefined;
  return async (state, changes, votes) => {
    const open = state.rounds.find((round) => round.state === 'OPEN');
    if (open?.id !== roundId) {
      roundId = open?.id;
      const hasStarted = changes.some(({ event }) => event.type === 'ROUND_STARTED' && event.roundId === roundId);
      told = hasStarted ? new Set() : undefined;
    }
    const given = votes.filter((vote) => vote.roundId === roundId).flatMap((vote) => ofEachTrack(state, vote));
    if (roundId === undefined || given.length === 0) return [];
    if (told !== undefined) {
      const known = told;
      const news = given.filter((vote) => known.has(keyOf(vote)) !== vote.hasVoted);
      for (const vote of news) vote.hasVoted ? known.add(keyOf(vote)) : known.delete(keyOf(vote));
      return news;
    }
    const present = (await store.findVotes([roundId])).map(({ participantId, track }) => ({ participantId, track }));
    told = new Set(present.map(keyOf));
    const all = present.map((vote) => ({ ...vote, roundId: open?.id ?? '', hasVoted: true }));
    const gone = given.filter((vote) => !told?.has(keyOf(vote))).map((vote) => ({ ...vote, hasVoted: false }));
    return [...all, ...gone].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  };
}

function ofEachTrack({ session }: SessionAggregate, { track, ...vote }: VotePresence): readonly ToldVote[] {
  return (track === null ? session.tracks.map(({ id }) => id) : [track]).map((id) => ({ ...vote, track: id }));
}
