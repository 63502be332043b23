import { refuse } from '../domain/errors.ts';
import { mergeChanges } from '../domain/merged-changes.ts';
import type { Estimate } from '../domain/model.ts';
import type { Changes } from '../events/session-feed.ts';
import { toView, type VotingContext } from './context.ts';
import type { Resolvers } from './generated/types.ts';
import type { ItemView, ParticipantView, RoundView, SessionView } from './views.ts';
import type { ToldVote, VoteNews } from './vote-news.ts';

/** One thing that changed, as it is now. */
export type ChangeView =
  | { readonly __typename: 'SessionChanged'; readonly session: SessionView }
  | { readonly __typename: 'ParticipantChanged'; readonly participant: ParticipantView }
  | { readonly __typename: 'PresenceChanged'; readonly participantId: string; readonly isOnline: boolean }
  | { readonly __typename: 'ItemChanged'; readonly item: ItemView }
  | { readonly __typename: 'ItemMoved'; readonly itemId: string; readonly position: number }
  | { readonly __typename: 'ItemRemoved'; readonly itemId: string }
  | { readonly __typename: 'QueueChanged'; readonly progress: SessionView }
  | { readonly __typename: 'RoundChanged'; readonly itemId: string; readonly round: RoundView }
  | { readonly __typename: 'EstimateChanged'; readonly itemId: string; readonly roundId: string; readonly estimate: Estimate }
  | ({ readonly __typename: 'VoteChanged' } & ToldVote);

export interface ChangesView {
  /** Null: of nothing that has a revision. */
  readonly revision: number | null;
  readonly changes: readonly ChangeView[];
}

export const sessionChange: Pick<Resolvers, 'SessionChange'> = {
  SessionChange: { __resolveType: ({ __typename }) => __typename },
};

/** A run of changes as the contract has it; `news` is the stream's. Refuses with CURSOR_EXPIRED when the log does not say what one of them changed. */
export async function toChangesView({ services: { store } }: VotingContext, found: Changes, news: VoteNews): Promise<ChangesView> {
  if (found.kind === 'presence') {
    const changes = found.presences.map((presence) => ({ __typename: 'PresenceChanged' as const, ...presence }));
    return { revision: null, changes };
  }
  const { state, changes } = found;
  const merged = mergeChanges(changes);
  if (merged === undefined) {
    const { revision } = state.session;
    return refuse('CURSOR_EXPIRED', 'The log does not say what changed: read the session, and go on from its revision.', { revision });
  }
  const session = toView(store, state);
  const pick = <Row extends { readonly id: string }>(rows: readonly Row[], ids: readonly string[]) => {
    const wanted = new Set(ids);
    return wanted.size === 0 ? [] : rows.filter((row) => wanted.has(row.id));
  };
  const votes = await news(state, changes, merged.votes);
  return {
    revision: merged.revision,
    changes: [
      ...pick(state.participants, merged.participantIds).map((participant) => ({
        __typename: 'ParticipantChanged' as const,
        participant: { session, participant },
      })),
      ...merged.removedItemIds.map((itemId) => ({ __typename: 'ItemRemoved' as const, itemId })),
      ...state.items.pick(merged.itemIds).map((item) => ({ __typename: 'ItemChanged' as const, item: { session, item } })),
      ...state.items.pick(merged.movedItemIds).map(({ id, position }) => ({ __typename: 'ItemMoved' as const, itemId: id, position })),
      ...(merged.isQueueChanged ? [{ __typename: 'QueueChanged' as const, progress: session }] : []),
      ...pick(state.rounds, merged.roundIds).map((round) => ({
        __typename: 'RoundChanged' as const,
        itemId: round.itemId,
        round: { session, round },
      })),
      ...merged.estimates.flatMap(({ roundId, track, itemId }) => {
        const estimate = session.played.estimatesIn(roundId).find((candidate) => candidate.track === track);
        return estimate === undefined ? [] : [{ __typename: 'EstimateChanged' as const, itemId, roundId, estimate }];
      }),
      ...votes.map((vote) => ({ __typename: 'VoteChanged' as const, ...vote })),
      ...(merged.isSessionChanged ? [{ __typename: 'SessionChanged' as const, session }] : []),
    ],
  };
}
