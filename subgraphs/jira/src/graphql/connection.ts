import { inputError } from '../domain/reasons.ts';
import type { IssuePage, PageRequest } from '../source/issue-source.ts';
import { parseCursor, toCursor } from './cursor.ts';
import type { IssueView } from './views.ts';

const mostFirst = 100;

/**
 * A Relay connection over pages that Jira lets one go through by its own tokens only: a cursor in the midst of a page
 * is that page's token and a count, and is read again.
 *
 * @throws INVALID_INPUT, CURSOR_INVALID, and whatever `read` throws.
 */
export async function toConnection(first: number, after: string | null | undefined, read: (page: PageRequest) => Promise<IssuePage>) {
  if (first < 1 || first > mostFirst) throw inputError('OUT_OF_RANGE', { field: 'first', least: 1, most: mostFirst, given: first });
  const place = after === null || after === undefined ? { source: undefined, skip: 0 } : parseCursor(after);
  const page = await read({ first: first + place.skip, cursor: place.source });
  const found = page.found.slice(place.skip, place.skip + first);
  const nodes = found.map((entry): IssueView => ({ ...entry, askedKey: entry.issue.key }));
  const edges = nodes.map((node, at) => ({ node, cursor: toCursor({ source: place.source, skip: place.skip + at + 1 }) }));
  const endCursor = page.nextCursor === undefined ? null : toCursor({ source: page.nextCursor, skip: 0 });
  return { edges, nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor, isTruncated: page.isTruncated } };
}
