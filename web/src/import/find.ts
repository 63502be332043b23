import type { ApolloClient } from '@apollo/client';
import type { IssuePartsFragment } from '../generated/graph.ts';
import { ParseIssuesDocument, SearchIssuesDocument } from '../generated/later.ts';
import { byIdentity } from '../graph/connection.ts';
import { inSlices } from './slices.ts';

/** What a search has found so far. */
export interface Found {
  /** Stays the same while more of the same search is added. */
  readonly id: string;
  readonly issues: readonly IssuePartsFragment[];
  readonly notFound: readonly string[];
  /** Null for keys: there is no more of them. */
  readonly jql: string | null;
  /** Where the next page begins; null: that was all. */
  readonly after: string | null;
  /** Jira promised more and gave no way to it. */
  readonly isTruncated: boolean;
}

/**
 * Issues from pasted text: a JQL's first page, or those whose keys stand in it.
 * @throws CombinedGraphQLErrors with JQL_INVALID, JIRA_UNAVAILABLE and the like.
 */
export async function findPasted(client: ApolloClient, typed: string): Promise<Found> {
  const { data } = await client.query({
    query: ParseIssuesDocument,
    variables: { text: typed },
    fetchPolicy: 'network-only',
    context: byIdentity,
  });
  const parsed = data?.parseIssues;
  if (!parsed) throw new TypeError('no answer');
  if (parsed.jql !== null) return findByJql(client, parsed.jql);
  return { id: typed, issues: parsed.issues, notFound: parsed.notFound, jql: null, after: null, isTruncated: false };
}

/**
 * Issues by their keys, however many: those of a file.
 * @throws CombinedGraphQLErrors with JIRA_UNAVAILABLE and the like.
 */
export async function findKeys(client: ApolloClient, keys: readonly string[]): Promise<Found> {
  let found: Found = { id: 'file', issues: [], notFound: [], jql: null, after: null, isTruncated: false };
  await inSlices(keys, async (slice) => {
    const { issues, notFound } = await findPasted(client, slice.join('\n'));
    found = { ...found, issues: [...found.issues, ...issues], notFound: [...found.notFound, ...notFound] };
    return true;
  });
  return found;
}

/**
 * The first page of what a JQL finds.
 * @throws CombinedGraphQLErrors with JQL_INVALID, JIRA_UNAVAILABLE and the like.
 */
export async function findByJql(client: ApolloClient, jql: string): Promise<Found> {
  return findMore(client, { id: jql, issues: [], notFound: [], jql, after: null, isTruncated: false });
}

/**
 * The same with one more page.
 * @throws CombinedGraphQLErrors with CURSOR_INVALID, JIRA_UNAVAILABLE and the like.
 */
export async function findMore(client: ApolloClient, found: Found): Promise<Found> {
  if (found.jql === null) return found;
  const { data } = await client.query({
    query: SearchIssuesDocument,
    variables: { jql: found.jql, ...(found.after !== null && { after: found.after }) },
    fetchPolicy: 'network-only',
    context: byIdentity,
  });
  const page = data?.searchIssues;
  if (!page) throw new TypeError('no answer');
  const known = new Set(found.issues.map((issue) => issue.key));
  return {
    ...found,
    issues: [...found.issues, ...page.nodes.filter((issue) => !known.has(issue.key))],
    after: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
    isTruncated: page.pageInfo.isTruncated,
  };
}
