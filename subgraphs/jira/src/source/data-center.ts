import { z } from 'zod';
import { toEncodedName } from '../domain/pictures.ts';
import { renderWiki } from '../domain/wiki.ts';
import type { Dialect } from './dialect.ts';
import { parseOffset, toNextOffset } from './paging.ts';
import { createRestSource, type RestSourceOptions } from './rest-source.ts';
import { soft } from './soft.ts';
import { rawIssues } from './to-issue.ts';
import { toFilters, toProjects } from './to-list.ts';

const found = z.looseObject({ issues: rawIssues, startAt: soft(z.number(), 'page'), total: soft(z.number(), 'page') });

const api = '/rest/api/2';

/** Jira Data Center: REST v2 (https://docs.atlassian.com/software/jira/docs/api/REST/) and Agile 1.0. It has no bulk fetch: a search by keys stands in. */
const dataCenter: Dialect = {
  api,
  renderDescription: renderWiki,
  hasWikiTexts: true,
  // Escaped, so that nothing in it is wiki markup.
  toCommentBody: (text) => text.replace(/[\\{}[\]*_|~^+!-]/g, '\\$&'),
  fetchMany: async (client, idsOrKeys, { fields, expand }) => {
    const body = {
      jql: `key in (${idsOrKeys.map((id) => `"${id}"`).join(', ')})`,
      fields,
      maxResults: idsOrKeys.length,
      // With validation one key that Jira does not know fails the whole query.
      validateQuery: false,
      ...(expand === undefined ? {} : { expand: [expand] }),
    };
    return { issues: found.parse(await client.send({ method: 'POST', path: `${api}/search`, body, isSafe: true })).issues, failed: [] };
  },
  search: async (client, jql, { first, cursor }, fields) => {
    const body = { jql, fields, startAt: parseOffset(cursor), maxResults: first };
    const page = found.parse(await client.send({ method: 'POST', path: `${api}/search`, body, isSafe: true }));
    return {
      issues: page.issues,
      nextCursor: toNextOffset(page.startAt ?? body.startAt, { count: page.issues.length, size: first, total: page.total ?? undefined }),
    };
  },
  toDownload: ({ id, name }, form) =>
    form === 'whole'
      ? { path: `/secure/attachment/${id}/${toEncodedName(name)}`, endpoint: '/secure/attachment/{id}' }
      : { path: `/secure/thumbnail/${id}/_thumb_${id}.png`, endpoint: '/secure/thumbnail/{id}' },
  toMediaRedirect: undefined,
  findProjects: async (client) => toProjects(await client.send({ method: 'GET', path: `${api}/project` })),
  findSavedFilters: async (client) => toFilters(await client.send({ method: 'GET', path: `${api}/filter/favourite` })),
};

/** The source for Jira Data Center. */
export function createDataCenterSource(options: RestSourceOptions) {
  return createRestSource(dataCenter, options);
}
