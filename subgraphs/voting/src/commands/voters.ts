import type { SessionAggregate } from '../domain/model.ts';
import type { VotingStore } from '../store/voting-store.ts';

// Enough of a sitting to know its people by, and a bound on what is read.
const mostRounds = 100;

/** Who has voted in the session, as far as its last 100 rounds tell. */
export async function findVoters(store: Pick<VotingStore, 'findVotes'>, { rounds }: SessionAggregate): Promise<ReadonlySet<string>> {
  const votes = await store.findVotes(rounds.slice(-mostRounds).map((round) => round.id));
  return new Set(votes.map((vote) => vote.participantId));
}
