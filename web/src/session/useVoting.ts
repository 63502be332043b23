import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import {
  CastVoteDocument,
  type CastVoteMutation,
  MyVoteDocument,
  type MyVoteQuery,
  RetractVoteDocument,
  type RetractVoteMutation,
} from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { type Round, useSession } from './context.ts';

type OwnVote = MyVoteQuery['myVote'][number];

export interface Voting {
  /** The label of one's card on a track. */
  readonly cardOf: (track: string) => string | undefined;
  readonly play: (track: string, label: string) => void;
  readonly retract: (track: string) => void;
}

/** One's own cards in a round: played and taken back at once on the screen, and put right if the graph refuses. */
export function useVoting(round: Round, participantId: string): Voting {
  const { session } = useSession();
  const { data, refetch } = useQuery(MyVoteDocument, { variables: { roundId: round.id } });
  const [cast] = useAction(CastVoteDocument);
  const [retractVote] = useAction(RetractVoteDocument);
  const own = data?.myVote ?? [];
  const mine = round.votes.filter((vote) => vote.participant.id === participantId);

  // Another tab of the same participant has played or taken back.
  const hasFallenBehind = data !== undefined && mine.length !== own.length;
  useEffect(() => {
    if (hasFallenBehind && session.revision > 0) void refetch().catch(() => undefined);
  }, [hasFallenBehind, session.revision, refetch]);

  const toRound = (votes: Round['votes']) => ({
    __typename: 'Round',
    id: round.id,
    state: round.state,
    votes,
    votedCount: new Set(votes.map((vote) => vote.participant.id)).size,
  });
  const remember = (votes: readonly OwnVote[]) => ({
    update: (cache: {
      writeQuery: (options: { query: typeof MyVoteDocument; variables: { roundId: string }; data: MyVoteQuery }) => unknown;
    }) => {
      cache.writeQuery({
        query: MyVoteDocument,
        variables: { roundId: round.id },
        data: { __typename: 'Query', myVote: votes } as MyVoteQuery,
      });
    },
  });
  const without = (track: string) => round.votes.filter((vote) => !(vote.participant.id === participantId && vote.track === track));

  return {
    cardOf: (track) => own.find((vote) => vote.track === track)?.card.label,
    play: (track, label) => {
      const card = round.deck.cards.find((candidate) => candidate.label === label);
      if (!card) return;
      const vote = { __typename: 'Vote', track, participant: { __typename: 'Participant', id: participantId }, card: null };
      void cast(
        { roundId: round.id, card: label, track },
        {
          optimisticResponse: { castVote: toRound([...without(track), vote]) } as unknown as CastVoteMutation,
          ...remember([...own.filter((other) => other.track !== track), { __typename: 'OwnVote', track, card } as OwnVote]),
        },
      );
    },
    retract: (track) => {
      void retractVote(
        { roundId: round.id, track },
        {
          optimisticResponse: { retractVote: toRound(without(track)) } as unknown as RetractVoteMutation,
          ...remember(own.filter((other) => other.track !== track)),
        },
      );
    },
  };
}
