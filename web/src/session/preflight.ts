import type { ApolloClient } from '@apollo/client';
import { PreflightDocument, type PreflightQuery } from '../generated/later.ts';

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
