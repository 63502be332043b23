import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { ItemEstimabilityDocument, type ItemEstimabilityQuery } from '../generated/graph.ts';
import { useSession } from './context.ts';

type Issue = NonNullable<NonNullable<NonNullable<ItemEstimabilityQuery['session']>['item']>['issue']>;

/** A track whose estimate Jira would not take. */
interface Refused {
  readonly track: string;
  readonly reason: NonNullable<NonNullable<Issue['estimability']>['reason']>;
}

/** Why Jira would not take an item's estimates, by track: asked before its round. Empty while nothing is known. */
export function useItemEstimability(itemId: string | undefined): readonly Refused[] {
  const { session, isFacilitator } = useSession();
  const client = useApolloClient();
  const [found, setFound] = useState<{ readonly itemId: string; readonly refused: readonly Refused[] }>();
  const isAsked = isFacilitator && session.settings.writeBack && itemId !== undefined;
  const trackIds = session.tracks.map((track) => track.id).join(' ');
  useEffect(() => {
    if (!isAsked) return;
    let isStale = false;
    const ask = trackIds.split(' ').map(async (track) => {
      const variables = { sessionId: session.id, itemId, track };
      const { data } = await client.query({ query: ItemEstimabilityDocument, variables, fetchPolicy: 'no-cache' });
      const said = data?.session?.item?.issue?.estimability;
      return said?.can === false && said.reason !== null ? [{ track, reason: said.reason }] : [];
    });
    // Jira away: the round goes on without the warning.
    Promise.all(ask).then(
      (answers) => !isStale && setFound({ itemId, refused: answers.flat() }),
      () => undefined,
    );
    return () => {
      isStale = true;
    };
  }, [isAsked, client, session.id, itemId, trackIds]);
  return isAsked && found?.itemId === itemId ? found.refused : [];
}
