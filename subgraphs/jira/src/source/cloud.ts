import { z } from 'zod';
import { renderAdf } from '../domain/adf.ts';
import type { Dialect } from './dialect.ts';
import type { JiraClient } from './jira-client.ts';
import { readAllPages } from './paging.ts';
import { createRestSource, type RestSourceOptions } from './rest-source.ts';
import { parseEntries, soft, softList } from './soft.ts';
import { type RawIssue, rawIssue, rawIssues } from './to-issue.ts';
import { toFilters, toProjects } from './to-list.ts';

// What could not be read just now is named by id or key: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/, "IssueError".
const issueError = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) });
const bulk = z.looseObject({ issues: rawIssues, issueErrors: softList(issueError, 'issue error') });
const token = z.union([z.string(), z.number()]).transform(String);
const found = z.looseObject({
  issues: softList(z.looseObject({}), 'issue'),
  nextPageToken: soft(token, 'page'),
  isLast: soft(z.boolean(), 'page'),
});
const onlyNamed = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) });

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
    const next = page.isLast === true || page.nextPageToken === '' ? undefined : (page.nextPageToken ?? undefined);
    return {
      issues: await readWhole(client, page.issues, fields),
      nextCursor: next,
      isCutShort: page.isLast === false && next === undefined,
    };
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

/** The issues of a search; those of which it tells the id alone are read by it. */
async function readWhole(client: JiraClient, given: readonly object[], fields: readonly string[]): Promise<readonly RawIssue[]> {
  const isWhole = (entry: object): boolean => 'fields' in entry && typeof entry.fields === 'object' && entry.fields !== null;
  const bare = parseEntries(
    onlyNamed,
    given.filter((entry) => !isWhole(entry)),
    'issue',
  ).map(({ id }) => id);
  const whole = parseEntries(rawIssue, given.filter(isWhole), 'issue');
  if (bare.length === 0) return whole;
  const read = await cloud.fetchMany(client, bare.slice(0, 100), { fields });
  const byId = new Map([...whole, ...read.issues].map((issue) => [issue.id, issue]));
  return given.flatMap((entry) => byId.get(String((entry as { readonly id?: unknown }).id)) ?? []);
}

/** The source for Jira Cloud. */
export function createCloudSource(options: RestSourceOptions) {
  return createRestSource(cloud, options);
}
