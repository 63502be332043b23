import { z } from 'zod';
import { renderAdf } from '../domain/adf.ts';
import type { Dialect } from './dialect.ts';
import { readAllPages } from './paging.ts';
import { createRestSource, type RestSourceOptions } from './rest-source.ts';
import { soft, softList } from './soft.ts';
import { rawIssues } from './to-issue.ts';
import { toFilters, toProjects } from './to-list.ts';

// What could not be read just now is named by id or key: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/, "IssueError".
const issueError = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) });
const bulk = z.looseObject({ issues: rawIssues, issueErrors: softList(issueError, 'issue error') });
const found = z.looseObject({ issues: rawIssues, nextPageToken: z.string().nullish(), isLast: soft(z.boolean(), 'page') });

const api = '/rest/api/3';

/** Jira Cloud: REST v3 (https://developer.atlassian.com/cloud/jira/platform/rest/v3/) and Agile 1.0. */
const cloud: Dialect = {
  api,
  renderDescription: renderAdf,
  hasWikiTexts: false,
  toCommentBody: (text) => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }),
  fetchMany: async (client, idsOrKeys, { fields, expand }) => {
    const body = { issueIdsOrKeys: idsOrKeys, fields, ...(expand === undefined ? {} : { expand: [expand] }) };
    const { issues, issueErrors } = bulk.parse(await client.send({ method: 'POST', path: `${api}/issue/bulkfetch`, body, isSafe: true }));
    return { issues, failed: issueErrors.map(({ id }) => id) };
  },
  search: async (client, jql, { first, cursor }, fields) => {
    const body = { jql, fields, maxResults: first, ...(cursor === undefined ? {} : { nextPageToken: cursor }) };
    const page = found.parse(await client.send({ method: 'POST', path: `${api}/search/jql`, body, isSafe: true }));
    const next = page.nextPageToken ?? undefined;
    return { issues: page.issues, nextCursor: page.isLast === true ? undefined : next };
  },
  // Not redirected to the host of media, unless that is what tells the file's id there.
  toDownload: ({ id }, form) =>
    form === 'whole'
      ? { path: `${api}/attachment/content/${id}`, endpoint: `${api}/attachment/content/{id}`, query: { redirect: 'false' } }
      : {
          path: `${api}/attachment/thumbnail/${id}`,
          endpoint: `${api}/attachment/thumbnail/{id}`,
          query: { redirect: 'false', fallbackToDefault: 'false' },
        },
  toMediaRedirect: (id) => ({ path: `${api}/attachment/content/${id}`, endpoint: `${api}/attachment/content/{id}` }),
  findProjects: async (client) => toProjects(await readAllPages(client, `${api}/project/search`, `${api}/project/search`)),
  findSavedFilters: async (client) =>
    toFilters(await readAllPages(client, `${api}/filter/search`, `${api}/filter/search`, { expand: 'jql,owner' })),
};

/** The source for Jira Cloud. */
export function createCloudSource(options: RestSourceOptions) {
  return createRestSource(cloud, options);
}
