import { z } from 'zod';
import { jiraError } from '../domain/errors.ts';
import type { JiraClient } from './jira-client.ts';
import { soft } from './soft.ts';

const valuePage = z.looseObject({ values: z.array(z.unknown()), isLast: soft(z.boolean(), 'page'), total: soft(z.number(), 'page') });

const mostPages = 20;

/** All entries of a list that Jira gives as `{values, isLast}` by `startAt`; at most 20 pages. */
export async function readAllPages(
  client: JiraClient,
  path: string,
  endpoint: string,
  query: Readonly<Record<string, string | undefined>> = {},
) {
  const all: unknown[] = [];
  for (let pages = 0; pages < mostPages; pages++) {
    const page = valuePage.parse(
      await client.send({ method: 'GET', path, endpoint, query: { ...query, startAt: all.length, maxResults: 50 } }),
    );
    all.push(...page.values);
    // A short page need not be the last one; an empty one is.
    if (page.values.length === 0 || page.isLast === true || (page.total !== undefined && page.total !== null && all.length >= page.total))
      break;
  }
  return all;
}

/** A `startAt` as cursor. @throws CURSOR_INVALID. */
export function parseOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw jiraError('CURSOR_INVALID', 'This cursor was not made by this query.');
  return Number(cursor);
}

/** The cursor after a page by `startAt`; undefined when it was the last one. Without a total that is an empty one. */
export function toNextOffset(startAt: number, count: number, total = Number.POSITIVE_INFINITY): string | undefined {
  return count > 0 && startAt + count < total ? String(startAt + count) : undefined;
}
