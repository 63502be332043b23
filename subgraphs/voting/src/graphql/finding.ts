import { maxAtOnce, requireFew } from '../domain/queue-size.ts';
import { refuseInput } from '../domain/reasons.ts';
import type { CatalogIssue, NotFoundReason } from '../jira/issue-catalog.ts';
import type { VotingContext } from './context.ts';

interface Asked {
  readonly keys?: readonly string[] | null | undefined;
  readonly jql?: string | null | undefined;
}

interface Found {
  /** In the asked order or Jira's, repetitions kept. */
  readonly found: readonly CatalogIssue[];
  readonly notFound: readonly string[];
  /** In the order of `notFound`. */
  readonly notFoundReasons: readonly NotFoundReason[];
  /** False when a JQL finds more than that. */
  readonly isComplete: boolean;
}

// As jira has it.
const maxJqlLength = 10_000;

/** The issues that a facilitator names by keys or finds by JQL, with what Jira holds for the tracks. Refuses with INVALID_INPUT, TOO_MANY_ITEMS, and as `IssueCatalog`. */
export async function findIssues(
  { services: { catalog }, ...onBehalf }: VotingContext,
  { keys, jql }: Asked,
  tracks: readonly string[],
): Promise<Found> {
  if ((keys == null) === (jql == null)) refuseInput('EITHER', { one: 'keys', other: 'jql' });
  if (jql != null && jql.length > maxJqlLength) refuseInput('TOO_LONG', { field: 'jql', length: jql.length, most: maxJqlLength });
  if (jql != null) {
    const { issues, isComplete } = await catalog.search({ jql, limit: maxAtOnce, tracks }, onBehalf);
    return { found: issues, notFound: [], notFoundReasons: [], isComplete };
  }
  requireFew(keys?.length ?? 0, 'keys');
  const asked = (keys ?? []).map(toAskedKey);
  const unique = [...new Set(asked)];
  if (unique.length === 0) refuseInput('EMPTY', { field: 'keys' });
  const { issues, missing } = await catalog.findIssues({ keys: unique, tracks }, onBehalf);
  const known = new Map(issues.map((issue) => [issue.key, issue]));
  const notFound = unique.filter((key) => !known.has(key));
  return {
    found: asked.flatMap((key) => known.get(key) ?? []),
    notFound,
    notFoundReasons: notFound.map((key) => missing.get(key) ?? 'NOT_IN_JIRA'),
    isComplete: true,
  };
}

/** Upper case, and with a hyphen in place of what editors put there. */
function toAskedKey(key: string): string {
  return key
    .trim()
    .replace(/[\u2010-\u2013\u2212\ufe63\uff0d](?=\d+$)/, '-')
    .toUpperCase();
}
