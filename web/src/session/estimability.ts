import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { ItemEstimabilityDocument, PreflightDocument, type PreflightQuery } from '../generated/graph.ts';
import { useSession } from './context.ts';

type Issue = NonNullable<NonNullable<PreflightQuery['session']>['items'][number]['issue']>;

/** An issue that Jira would not take a track's estimate for. */
export interface Refused {
  readonly track: string;
  readonly key: string;
  readonly summary: string;
  readonly reason: NonNullable<NonNullable<Issue['estimability']>['reason']>;
}

export interface Preflight {
  readonly count: number;
  readonly refused: readonly Refused[];
  /** The fields of Jira that estimates go to, for people. */
  readonly fields: readonly string[];
}

/** Asks Jira for every issue of the queue and each track. */
export async function checkWithJira(client: ApolloClient, id: string, tracks: readonly { readonly id: string }[]): Promise<Preflight> {
  const answers = await Promise.all(
    tracks.map(async (track) => {
      const variables = { id, track: track.id };
      const { data } = await client.query({ query: PreflightDocument, variables, fetchPolicy: 'no-cache' });
      return { track: track.id, issues: data?.session?.items.flatMap((item) => item.issue ?? []) ?? [] };
    }),
  );
  const refused = answers.flatMap(({ track, issues }) =>
    issues.flatMap(({ key, summary, estimability }) =>
      estimability?.can === false && estimability.reason !== null ? [{ track, key, summary, reason: estimability.reason }] : [],
    ),
  );
  const named = answers.flatMap(({ issues }) => issues.flatMap(({ estimability }) => estimability?.field ?? []));
  const fields = [...new Set(named.map(({ id: fieldId, name }) => `${name} (${fieldId})`))];
  return { count: answers[0]?.issues.length ?? 0, refused, fields };
}

/** Why Jira would not take an item's estimates, by track: asked before its round. Empty while nothing is known. */
export function useItemEstimability(itemId: string | undefined): readonly Pick<Refused, 'track' | 'reason'>[] {
  const { session, isFacilitator } = useSession();
  const client = useApolloClient();
  const [found, setFound] = useState<{ readonly itemId: string; readonly refused: readonly Pick<Refused, 'track' | 'reason'>[] }>();
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
