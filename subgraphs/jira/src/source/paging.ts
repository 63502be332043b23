import { z } from 'zod';
import { jiraError } from '../domain/errors.ts';
import type { JiraClient } from './jira-client.ts';
import { type DroppedParts, droppedParts, soft } from './soft.ts';

const pageSize = 50;

const valuePage = z.looseObject({ values: z.array(z.unknown()), isLast: soft(z.boolean(), 'page'), total: soft(z.number(), 'page') });

const mostPages = 100;

/**
 * All entries of a list that Jira gives as `{values, isLast}` by `startAt`: at most 100 pages, and a few empty ones among them. A list that is cut
 * short is counted.
 */
export async function readAllPages(
  client: JiraClient,
  path: string,
  endpoint: string,
  query: Readonly<Record<string, string | undefined>> = {},
) {
  const all: unknown[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    const { values, nextCursor, isTruncated } = await skipEmptyPages(
      cursor,
      async (from) => {
        const startAt = parseOffset(from);
        const page = valuePage.parse(
          await client.send({ method: 'GET', path, endpoint, query: { ...query, startAt, maxResults: pageSize } }),
        );
        // A short page need not be the last one, nor an empty one that is said not to be; then the total has nothing to say.
        const total = page.isLast === false ? Number.POSITIVE_INFINITY : (page.total ?? undefined);
        const next = page.isLast === true ? undefined : toNextOffset(startAt, { count: page.values.length, size: pageSize, total });
        return { values: page.values, nextCursor: next };
      },
      (page) => page.values.length === 0,
    );
    all.push(...values);
    if (isTruncated) break;
    if (nextCursor === undefined) return all;
    cursor = nextCursor;
  }
  droppedParts.publish({ what: 'page', count: 1 } satisfies DroppedParts);
  return all;
}

/** A `startAt` as cursor. @throws CURSOR_INVALID. */
export function parseOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw jiraError('CURSOR_INVALID', 'This cursor was not made by this query.');
  return Number(cursor);
}

/**
 * The cursor after a page by `startAt`; undefined when it was the last one. Without a total that is an empty one; with one, an empty page before
 * the end is one whose `size` entries we may not see. A total that is less than what came counts as none.
 */
export function toNextOffset(
  startAt: number,
  { count, size, total }: { count: number; size: number; total: number | undefined },
): string | undefined {
  if (total === undefined || total < startAt + count) return count > 0 ? String(startAt + count) : undefined;
  const next = startAt + (count > 0 ? count : size);
  return next < total ? String(next) : undefined;
}

const mostEmptyPages = 5;

/**
 * Goes on over empty pages, which Jira gives for entries that we may not see. After a few of them, or when Jira names the same page again, it is the
 * last one, and truncated: otherwise it would never end.
 */
export async function skipEmptyPages<Page extends { readonly nextCursor: string | undefined; readonly isCutShort?: boolean }>(
  cursor: string | undefined,
  read: (cursor: string | undefined) => Promise<Page>,
  isEmpty: (page: Page) => boolean,
): Promise<Page & { readonly isTruncated: boolean }> {
  const seen = new Set([cursor]);
  let page = await read(cursor);
  for (let emptyPages = 0; page.nextCursor !== undefined; ) {
    if (seen.has(page.nextCursor)) return { ...page, nextCursor: undefined, isTruncated: true };
    if (!isEmpty(page)) break;
    if (++emptyPages > mostEmptyPages) return { ...page, nextCursor: undefined, isTruncated: true };
    seen.add(page.nextCursor);
    page = await read(page.nextCursor);
  }
  return { ...page, isTruncated: page.isCutShort === true };
}
