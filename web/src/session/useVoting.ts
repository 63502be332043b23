import type { ApolloCache } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import {
  CastVoteDocument,
  type CastVoteMutation,
  MyVoteDocument,
  type MyVoteQuery,
  RetractVoteDocument,
  type RetractVoteMutation,
} from '../generated/graph.ts';
import { isNetworkError } from '../graph/connection.ts';
import { useAction } from '../graph/useAction.ts';
import { useStore } from '../store.ts';
import { type Round, useSession } from './context.ts';
import { dropUnsent, keepUnsent, unsentVotes } from './unsentVotes.ts';

type OwnVote = MyVoteQuery['myVote'][number];

export interface Voting {
  /** The label of one's card on a track, also of one that could not be sent yet. */
  readonly cardOf: (track: string) => string | undefined;
  /** Whether the card of a track waits for the network. */
  readonly isUnsent: (track: string) => boolean;
  /** What one wrote with it; empty without anything. */
  readonly noteOf: (track: string) => string;
  /** Plays a card; what was written with the one before stays with it. */
  readonly play: (track: string, label: string) => Promise<void>;
  /** Writes a reason or a question with the card that is played. */
  readonly write: (track: string, note: string) => Promise<void>;
  readonly retract: (track: string) => Promise<void>;
}

/** One's own cards in a round: played and taken back at once on the screen, and put right if the graph refuses. */
export function useVoting(round: Round, participantId: string): Voting {
  const { session } = useSession();
  const client = useApolloClient();
  const { data } = useQuery(MyVoteDocument, { variables: { roundId: round.id } });
  const [cast] = useAction(CastVoteDocument);
  const [retractVote] = useAction(RetractVoteDocument);
  const own = data?.myVote ?? [];
  const unsent = useStore(unsentVotes);
  const findUnsent = (track: string) => unsent.find((vote) => vote.roundId === round.id && vote.track === track);
  const mine = round.votes.filter((vote) => vote.participant.id === participantId);

  // Another tab of the same participant has played or taken back.
  const hasFallenBehind = data !== undefined && mine.length !== own.length;
  useEffect(() => {
    if (!hasFallenBehind || session.revision === 0) return;
    client.query({ query: MyVoteDocument, variables: { roundId: round.id }, fetchPolicy: 'network-only' }).catch(() => undefined);
  }, [hasFallenBehind, session.revision, client, round.id]);

  const answer = { __typename: 'Round', id: round.id, state: round.state };
  // Relative to what the cache then holds: a late answer takes nothing away that others did meanwhile.
  const apply = (track: string, card: OwnVote['card'] | undefined, note: string | null = null) => ({
    update: (cache: ApolloCache) => {
      cache.modify<Round>({
        id: cache.identify({ __typename: 'Round', id: round.id }) ?? '',
        fields: {
          votes: (votes, { readField }) => {
            const others = votes.filter(
              (vote) => readField('track', vote) !== track || readField('id', readField('participant', vote)) !== participantId,
            );
            const mine = { __typename: 'Vote', track, participant: { __ref: `Participant:${participantId}` }, card: null, note: null };
            return card ? [...others, mine as unknown as (typeof votes)[number]] : others;
          },
        },
      });
      cache.updateQuery({ query: MyVoteDocument, variables: { roundId: round.id } }, (data) => ({
        __typename: 'Query',
        myVote: [
          ...(data?.myVote ?? []).filter((vote) => vote.track !== track),
          ...(card ? [{ __typename: 'OwnVote', track, card, note } as OwnVote] : []),
        ],
      }));
    },
  });

  // What the cache holds without the action that failed, told anew: while offline nothing else would tell it to the screen.
  const takeBack = () => {
    const asked = { query: MyVoteDocument, variables: { roundId: round.id } };
    client.writeQuery({ ...asked, data: client.readQuery(asked) ?? { myVote: [] } });
  };

  const cardOf = (track: string) => findUnsent(track)?.card ?? own.find((vote) => vote.track === track)?.card.label;
  const noteOf = (track: string) => (findUnsent(track) ?? own.find((vote) => vote.track === track))?.note ?? '';

  const send = async (track: string, label: string, note: string | null) => {
    const card = round.deck.cards.find((candidate) => candidate.label === label);
    if (!card) return;
    const optimisticResponse = { castVote: answer } as unknown as CastVoteMutation;
    dropUnsent(round.id, track);
    const onFailure = (error: unknown, idempotencyKey: string) => {
      if (isNetworkError(error)) keepUnsent({ roundId: round.id, track, card: label, note, idempotencyKey });
      return isNetworkError(error);
    };
    const options = { optimisticResponse, onFailure, ...apply(track, card, note) };
    if (!(await cast({ roundId: round.id, card: label, track, note }, options))) takeBack();
  };

  return {
    cardOf,
    noteOf,
    isUnsent: (track) => findUnsent(track) !== undefined,
    play: (track, label) => send(track, label, noteOf(track) || null),
    write: async (track, note) => {
      const label = cardOf(track);
      if (label !== undefined && note.trim() !== noteOf(track)) await send(track, label, note.trim() || null);
    },
    retract: async (track) => {
      if (findUnsent(track) !== undefined) dropUnsent(round.id, track);
      if (!own.some((vote) => vote.track === track)) return;
      const optimisticResponse = { retractVote: answer } as unknown as RetractVoteMutation;
      if (!(await retractVote({ roundId: round.id, track }, { optimisticResponse, ...apply(track, undefined) }))) takeBack();
    },
  };
}
