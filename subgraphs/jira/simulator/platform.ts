import { type Answer, type Call, fieldsOf, jiraError, notFound, ok, toList } from './answer.ts';
import { answerAttachment } from './attachments.ts';
import { answerComments } from './comments.ts';
import { editIssue } from './edit.ts';
import { runJql } from './jql/evaluate.ts';
import { JqlError } from './jql/parse.ts';
import { renderField, renderIssue, renderProject, renderUser } from './render.ts';
import { findIssue, isVisible, type SimIssue } from './world.ts';

const bulkLimit = 100;
const pageLimit = 100;

/** The platform's REST API, v3 on Cloud and v2 on Data Center; `path` is without `/rest/api/N`. Undefined: no such endpoint. */
export function answerPlatform(call: Call, path: string): Answer | undefined {
  const shared = answerShared(call, path);
  if (shared !== undefined) return shared;
  return call.isDataCenter ? answerDataCenter(call, path) : answerCloud(call, path);
}

function answerShared(call: Call, path: string): Answer | undefined {
  const { method, world } = call;
  if (path === '/serverInfo' && method === 'GET') return ok(serverInfo(call));
  if (path === '/myself' && method === 'GET') return ok(renderUser(call, world.me));
  if (path === '/field' && method === 'GET') return ok(world.fields.map((field) => renderField(call, field)));
  const [, filterId] = /^\/filter\/(\d+)$/.exec(path) ?? [];
  if (filterId !== undefined && method === 'GET') {
    const filter = world.filters.find(({ id }) => id === filterId);
    return filter === undefined
      ? jiraError(400, `The selected filter with id '${filterId}' does not exist.`)
      : ok(renderFilter(call, filter));
  }
  const [, commented, commentId] = /^\/issue\/([^/]+)\/comment(?:\/(\d+))?$/.exec(path) ?? [];
  if (commented !== undefined) return answerComments(call, decodeURIComponent(commented), commentId);
  const [, idOrKey, sub] = /^\/issue\/([^/]+)(\/editmeta)?$/.exec(path) ?? [];
  if (idOrKey === undefined || idOrKey === 'bulkfetch') return undefined;
  if (method === 'PUT' && sub === undefined) return editIssue(call, decodeURIComponent(idOrKey));
  if (method !== 'GET') return undefined;
  const issue = findIssue(world, decodeURIComponent(idOrKey));
  if (issue === undefined || !isVisible(issue)) return notFound();
  const expand = toList(call.query.get('expand'));
  if (sub === '/editmeta') return ok((renderIssue(call, issue, ['summary'], ['editmeta']) as { editmeta: unknown }).editmeta);
  const fields = toList(call.query.get('fields'));
  return ok(renderIssue(call, issue, fields.length === 0 ? ['*all'] : fields, expand));
}

function serverInfo({ baseUrl, isDataCenter, now }: Call): unknown {
  return {
    baseUrl,
    version: isDataCenter ? '10.3.1' : '1001.0.0-SNAPSHOT',
    versionNumbers: isDataCenter ? [10, 3, 1] : [1001, 0, 0],
    deploymentType: isDataCenter ? 'Server' : 'Cloud',
    buildNumber: 100_290,
    buildDate: '2026-10-01T00:00:00.000+0000',
    serverTime: new Date(now).toISOString().replace('Z', '+0000'),
    scmInfo: 'simulated',
    serverTitle: 'Tally’s simulated Jira',
  };
}

function answerCloud(call: Call, path: string): Answer | undefined {
  const { method, world } = call;
  if (path.startsWith('/attachment/') && method === 'GET') return answerAttachment(call, path);
  if (path === '/issue/bulkfetch' && method === 'POST') return bulkFetch(call);
  if (path === '/search/jql' && method === 'POST') return searchJql(call, fieldsOf(call.body));
  if (path === '/search/jql' && method === 'GET') return searchJql(call, Object.fromEntries(call.query));
  if (path === '/search')
    return jiraError(
      410,
      'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
    );
  if (path === '/project/search' && method === 'GET') return ok(page(call, world.projects, (project) => renderProject(call, project)));
  if (path === '/filter/search' && method === 'GET') return ok(page(call, world.filters, (filter) => renderFilter(call, filter)));
  return undefined;
}

function answerDataCenter(call: Call, path: string): Answer | undefined {
  const { method, world } = call;
  if (path === '/search' && method === 'POST') return searchWithTotal(call, fieldsOf(call.body));
  if (path === '/search' && method === 'GET') return searchWithTotal(call, Object.fromEntries(call.query));
  if (path === '/project' && method === 'GET') return ok(world.projects.map((project) => renderProject(call, project)));
  if (path === '/filter/favourite' && method === 'GET') return ok(world.filters.map((filter) => renderFilter(call, filter)));
  return undefined;
}

function renderFilter(call: Call, filter: Call['world']['filters'][number]): unknown {
  return { ...filter, self: `${call.baseUrl}/rest/api/3/filter/${filter.id}`, owner: renderUser(call, call.world.me), favourite: true };
}

/** A page in the form with `values`, as most lists of Cloud and all of Agile have. */
export function page<T>({ query }: Call, all: readonly T[], render: (entry: T) => unknown, limit = 50): unknown {
  const startAt = Math.max(0, Number(query.get('startAt') ?? 0) || 0);
  const maxResults = Math.min(limit, Number(query.get('maxResults') ?? limit) || limit);
  const values = all.slice(startAt, startAt + maxResults).map(render);
  return { startAt, maxResults, total: all.length, isLast: startAt + values.length >= all.length, values };
}

function bulkFetch(call: Call): Answer {
  const body = fieldsOf(call.body);
  const ids = toList(body['issueIdsOrKeys']);
  if (ids.length === 0 || ids.length > bulkLimit)
    return jiraError(400, `The number of issue IDs or keys must be between 1 and ${bulkLimit}, but was ${ids.length}.`);
  const found = new Set(
    ids.map((id) => findIssue(call.world, id)).filter((issue): issue is SimIssue => issue !== undefined && isVisible(issue)),
  );
  const asked = toList(body['fields']);
  const issues = [...found].sort((a, b) => Number(a.id) - Number(b.id));
  return ok({
    issues: issues.map((issue) => renderIssue(call, issue, asked.length === 0 ? ['*navigable'] : asked, toList(body['expand']))),
    issueErrors: [],
  });
}

function searchJql(call: Call, request: Readonly<Record<string, unknown>>): Answer {
  return withJql(call, request, { mustBeBounded: true, isStrict: true }, (found) => {
    const offset = request['nextPageToken'] === undefined ? 0 : readToken(String(request['nextPageToken']));
    if (offset === undefined) return jiraError(400, 'The provided next page token is invalid or expired.');
    const asked = toList(request['fields']);
    const isIdsOnly = asked.every((field) => field === 'id' || field === 'key');
    const size = Math.max(1, Math.min(Number(request['maxResults'] ?? 50) || 50, isIdsOnly ? 5_000 : pageLimit));
    const issues = found.slice(offset, offset + size);
    const isLast = offset + issues.length >= found.length;
    return ok({
      issues: issues.map((issue) =>
        renderIssue(
          call,
          issue,
          asked.filter((field) => field !== 'id' && field !== 'key'),
          toList(request['expand']),
        ),
      ),
      isLast,
      ...(isLast ? {} : { nextPageToken: Buffer.from(`page:${offset + issues.length}`).toString('base64url') }),
    });
  });
}

function readToken(token: string): number | undefined {
  const [, offset] = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  return offset === undefined ? undefined : Number(offset);
}

function searchWithTotal(call: Call, request: Readonly<Record<string, unknown>>): Answer {
  const isStrict = ![false, 'false', 'warn', 'none'].includes(request['validateQuery'] as boolean | string);
  return withJql(call, request, { mustBeBounded: false, isStrict }, (found) => {
    const startAt = Math.max(0, Number(request['startAt'] ?? 0) || 0);
    const maxResults = Math.max(0, Math.min(Number(request['maxResults'] ?? 50), 1_000));
    const asked = toList(request['fields']);
    const issues = found.slice(startAt, startAt + maxResults);
    return ok({
      expand: 'schema,names',
      startAt,
      maxResults,
      total: found.length,
      issues: issues.map((issue) => renderIssue(call, issue, asked.length === 0 ? ['*navigable'] : asked, toList(request['expand']))),
    });
  });
}

function withJql(
  call: Call,
  request: Readonly<Record<string, unknown>>,
  options: { mustBeBounded: boolean; isStrict: boolean },
  render: (found: readonly SimIssue[]) => Answer,
): Answer {
  try {
    return render(runJql(call.world, String(request['jql'] ?? ''), { ...options, now: call.now }));
  } catch (error) {
    if (error instanceof JqlError) return jiraError(400, error.message);
    throw error;
  }
}
