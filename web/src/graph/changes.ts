import type { ApolloCache, Reference, StoreObject } from '@apollo/client';
import {
  ItemLiveFragmentDoc,
  ParticipantPartsFragmentDoc,
  RoundPartsFragmentDoc,
  type SessionChangesSubscription,
  SessionFieldsFragmentDoc,
} from '../generated/graph.ts';

export type Changes = SessionChangesSubscription['sessionChanges'];
type Change = Changes['changes'][number];

/** Puts what changed in a session into the cache: the screen is told once, of nothing else. */
export function putChanges(cache: ApolloCache, sessionId: string, { revision, changes }: Changes): void {
  const session = { __typename: 'Session', id: sessionId };
  cache.batch({
    update: () => {
      for (const change of changes) putChange(cache, session, change);
      if (revision !== null) modify(cache, session, { revision: (known: number) => Math.max(known, revision) });
    },
  });
}

type Entity = StoreObject & { readonly __typename: string; readonly id: string };

function putChange(cache: ApolloCache, session: Entity, change: Change): void {
  switch (change.__typename) {
    case 'SessionChanged':
      cache.writeFragment({ fragment: SessionFieldsFragmentDoc, fragmentName: 'SessionFields', data: change.session });
      return;
    case 'ParticipantChanged': {
      cache.writeFragment({ fragment: ParticipantPartsFragmentDoc, fragmentName: 'ParticipantParts', data: change.participant });
      modify(cache, session, { participants: (refs: readonly Reference[]) => withEntity(cache, refs, change.participant) });
      return;
    }
    case 'PresenceChanged':
      modify(cache, { __typename: 'Participant', id: change.participantId }, { isOnline: () => change.isOnline });
      return;
    case 'ItemChanged':
      cache.writeFragment({ fragment: ItemLiveFragmentDoc, fragmentName: 'ItemLive', data: change.item });
      modify(cache, session, {
        items: (refs: readonly Reference[], reading: Reading) => inOrder(withEntity(cache, refs, change.item), reading),
      });
      return;
    case 'ItemMoved':
      modify(cache, { __typename: 'SessionItem', id: change.itemId }, { position: () => change.position });
      modify(cache, session, { items: inOrder });
      return;
    case 'ItemRemoved': {
      const gone = cache.identify({ __typename: 'SessionItem', id: change.itemId });
      modify(cache, session, { items: (refs: readonly Reference[]) => refs.filter(({ __ref }) => __ref !== gone) });
      if (gone !== undefined) cache.evict({ id: gone });
      return;
    }
    case 'RoundChanged':
      cache.writeFragment({ fragment: RoundPartsFragmentDoc, fragmentName: 'RoundParts', data: change.round });
      modify(
        cache,
        { __typename: 'SessionItem', id: change.itemId },
        { rounds: (refs: readonly Reference[]) => withEntity(cache, refs, change.round) },
      );
      return;
    case 'EstimateChanged':
      for (const [__typename, id] of [
        ['SessionItem', change.itemId],
        ['Round', change.roundId],
      ] as const)
        modify(cache, { __typename, id }, { estimates: (estimates: readonly Tracked[]) => withEstimate(estimates, change.estimate) });
      return;
    case 'VoteChanged':
      putVote(cache, change);
      return;
  }
}

interface Tracked {
  readonly track: string;
}

const withEstimate = (estimates: readonly Tracked[], estimate: Tracked) =>
  estimates.some(({ track }) => track === estimate.track)
    ? estimates.map((other) => (other.track === estimate.track ? estimate : other))
    : [...estimates, estimate];

interface StoredVote extends Tracked {
  readonly participant: Reference;
}

function putVote(cache: ApolloCache, { roundId, participantId, track, hasVoted }: Extract<Change, { __typename: 'VoteChanged' }>): void {
  const round = { __typename: 'Round', id: roundId };
  const participant = { __ref: cache.identify({ __typename: 'Participant', id: participantId }) ?? '' };
  const isOf = (vote: StoredVote) => vote.track === track && vote.participant.__ref === participant.__ref;
  let votedCount: number | undefined;
  modify(cache, round, {
    votes: (votes: readonly StoredVote[], { readField }: Reading) => {
      // The reveal has its own payload, with the cards: this one was sent before.
      if (readField('state') !== 'OPEN') return votes;
      const others = votes.filter((vote) => !isOf(vote));
      const vote = { __typename: 'Vote', track, participant, card: null, note: null };
      const after = !hasVoted ? others : votes.some(isOf) ? votes : [...votes, vote];
      votedCount = new Set(after.map((each) => each.participant.__ref)).size;
      return after;
    },
  });
  modify(cache, round, { votedCount: (known: number) => votedCount ?? known });
}

type Fields = Parameters<ApolloCache['modify']>[0]['fields'];

/** What the cache does not hold is not looked at, and stays unknown. */
function modify(cache: ApolloCache, entity: Entity, fields: object): void {
  const id = cache.identify(entity);
  if (id !== undefined) cache.modify({ id, fields: fields as Fields });
}

function withEntity(cache: ApolloCache, refs: readonly Reference[], entity: { readonly __typename?: string; readonly id: string }) {
  const __ref = cache.identify(entity as StoreObject);
  return __ref === undefined || refs.some((ref) => ref.__ref === __ref) ? refs : [...refs, { __ref }];
}

interface Reading {
  readonly readField: <Value>(name: string, from?: Reference) => Value | undefined;
}

const inOrder = (refs: readonly Reference[], { readField }: Reading): readonly Reference[] => {
  const placeOf = (ref: Reference) => readField<number>('position', ref) ?? 0;
  return [...refs].sort((one, other) => placeOf(one) - placeOf(other));
};
