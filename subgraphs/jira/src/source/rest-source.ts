import { ZodError, z } from 'zod';
import { toChunks } from '../../../../kit/process/chunks.ts';
import { DomainError } from '../../../../kit/process/errors.ts';
import { issueNotFound, type JiraError, type JiraErrorCode, jiraError } from '../domain/errors.ts';
import { toEstimate } from '../domain/estimate-value.ts';
import { projectOf } from '../domain/keys.ts';
import { createCommentAccess } from './comments.ts';
import type { Dialect, ReadOptions } from './dialect.ts';
import { createEstimateAccess } from './estimates.ts';
import { createEstimationFields, type FieldMap } from './estimation-fields.ts';
import type { Found, IssuePage, IssueSource } from './issue-source.ts';
import { isMissing, JiraRefusal, toReasoned } from './jira-answer.ts';
import type { JiraClient } from './jira-client.ts';
import { parseOffset, readAllPages, skipEmptyPages, toNextOffset } from './paging.ts';
import { createPictureAccess } from './picture-access.ts';
import { soft, softList } from './soft.ts';
import { issueFields, type RawIssue, rawIssue, toIssue, toSprint } from './to-issue.ts';
import { toBoards } from './to-list.ts';

export interface RestSourceOptions {
  readonly client: JiraClient;
  /** Where people read issues, without a trailing slash. */
  readonly browseUrl: string;
  /** Custom field ids by track; the default track's is discovered unless given. */
  readonly estimateFields: Readonly<Record<string, string>>;
  /** The default track's custom field ids by project key; none unless given. */
  readonly estimateFieldsByProject?: Readonly<Record<string, string>>;
  /** Ids of custom fields that are shown besides; none unless given. */
  readonly extraFields?: readonly string[];
  /** Milliseconds. */
  readonly now: () => number;
}

/** Jira's limit for one bulk fetch. */
const bulkSize = 100;
/** So many missing issues are looked for one by one. */
const fewMissing = 10;

/** The source over Jira's REST API, in either dialect. */
export function createRestSource(dialect: Dialect, options: RestSourceOptions): IssueSource {
  const { client, browseUrl, estimateFields, estimateFieldsByProject = {}, extraFields = [], now } = options;
  const estimation = createEstimationFields({
    client,
    api: dialect.api,
    configured: estimateFields,
    configuredByProject: estimateFieldsByProject,
    extraFields,
    now,
  });

  const comments = createCommentAccess(client, dialect);

  const toFound = (raw: RawIssue, fields: FieldMap, fetchedAt: number): Found & { status: 'found' } => ({
    status: 'found',
    issue: toIssue(raw, { browseUrl, renderDescription: dialect.renderDescription, hasWikiTexts: dialect.hasWikiTexts, ...fields }),
    fetchedAt,
    isStale: false,
  });

  /** By asked key: the issue, or why not. Each chunk of 100 fails for itself. */
  const readMany = async (keys: readonly string[], options: ReadOptions): Promise<ReadonlyMap<string, RawIssue | JiraError>> => {
    const results = await Promise.all(
      toChunks(keys, bulkSize).map(async (chunk) => {
        try {
          const { issues, failed } = await dialect.fetchMany(client, chunk, options);
          return (await matchKeys(chunk, issues, options)).map(([key, found]) => {
            const isFailed =
              found instanceof DomainError && found.code === 'ISSUE_NOT_FOUND' && failed.some((id) => id === key || !isKey(id));
            return [key, isFailed ? jiraError('JIRA_UNAVAILABLE', `Jira could not read ${key} now.`) : found] as const;
          });
        } catch (error) {
          return chunk.map((key) => [key, toDomainError(error)] as const);
        }
      }),
    );
    return new Map(results.flat());
  };

  /** Jira answers in an order of its own, leaves out what it does not show, and gives moved issues under their new key, once. */
  const matchKeys = async (
    keys: readonly string[],
    issues: readonly RawIssue[],
    options: ReadOptions,
  ): Promise<readonly (readonly [key: string, found: RawIssue | JiraError])[]> => {
    const found = new Map<string, RawIssue | JiraError>(issues.map((issue) => [issue.key, issue]));
    const asked = new Set(keys);
    const moved = issues.filter(({ key }) => !asked.has(key));
    const missing = keys.filter((key) => !found.has(key));
    const [only] = moved;
    if (moved.length === 1 && missing.length === 1 && only !== undefined) found.set(missing[0] ?? '', only);
    else if (issues.length > 0) for (const [key, result] of await readMissing(missing, moved.length > 0, options)) found.set(key, result);
    return keys.map((key) => [key, found.get(key) ?? issueNotFound(key)] as const);
  };

  /** What was left out may have moved to another key that was asked for: only asked for without it does it come to light. */
  const readMissing = async (missing: readonly string[], hasMoved: boolean, options: ReadOptions) =>
    hasMoved || missing.length <= fewMissing
      ? Promise.all(missing.map(async (key) => [key, await readOne(key, options)] as const))
      : matchKeys(missing, (await dialect.fetchMany(client, missing, options)).issues, options);

  const readOne = async (key: string, { fields, expand }: ReadOptions): Promise<RawIssue | JiraError> => {
    try {
      const path = `${dialect.api}/issue/${encodeURIComponent(key)}`;
      const query = { fields: fields.join(','), expand };
      return rawIssue.parse(await client.send({ method: 'GET', path, endpoint: `${dialect.api}/issue/{key}`, query }));
    } catch (error) {
      return isMissing(error) ? issueNotFound(key) : toDomainError(error);
    }
  };

  /** Which field a board estimates by shows only once an issue of its project was read: what was read without it is read once more. */
  const complete = async (issues: readonly RawIssue[], asked: FieldMap, askedAt: number) => {
    const fields = await estimation.forProjects(issues.map(({ key }) => projectOf(key)));
    const isWhole = fields.all.every((id) => asked.all.includes(id));
    const again = isWhole ? new Map<string, RawIssue | JiraError>() : await readMany(toKeys(issues), toOptions(fields));
    // Where several fields may hold the estimate the edit screen decides, as it does when an estimate is written.
    const doubtful = issues.map((issue) => toRead(again.get(issue.key)) ?? issue).filter((issue) => isDoubtful(issue, fields));
    const decided = doubtful.length === 0 ? again : await readMany(toKeys(doubtful), { ...toOptions(fields), expand: 'editmeta' });
    const toWhole = (issue: RawIssue): RawIssue => {
      return toRead(decided.get(issue.key)) ?? toRead(again.get(issue.key)) ?? issue;
    };
    return (issue: RawIssue) => toFound(toWhole(issue), fields, askedAt);
  };

  const findByKey = async (keys: readonly string[]): Promise<ReadonlyMap<string, Found>> => {
    const asked = await estimation.forProjects([]);
    const askedAt = now();
    const read = await readMany([...new Set(keys)], toOptions(asked));
    const toCompleteFound = await complete(
      [...read.values()].filter((result): result is RawIssue => !(result instanceof DomainError)),
      asked,
      askedAt,
    );
    return new Map(
      [...read].map(([key, result]) => [
        key,
        result instanceof DomainError ? { status: 'failed', error: result } : toCompleteFound(result),
      ]),
    );
  };

  const findMany = async (keys: readonly string[]): Promise<readonly Found[]> => {
    try {
      const found = await findByKey(keys);
      return keys.map((key) => found.get(key) ?? { status: 'failed', error: issueNotFound(key) });
    } catch (error) {
      return keys.map(() => ({ status: 'failed', error: toDomainError(error) }));
    }
  };

  return {
    findMany,
    search: (jql, page) =>
      throwing('JQL_INVALID', async (): Promise<IssuePage> => {
        const asked = await estimation.forProjects([]);
        const askedAt = now();
        const { issues, nextCursor, isTruncated } = await skipEmptyPages(
          page.cursor,
          (cursor) => dialect.search(client, jql, { ...page, cursor }, toOptions(asked).fields),
          (read) => read.issues.length === 0,
        );
        return { found: issues.map(await complete(issues, asked, askedAt)), nextCursor, isTruncated };
      }),
    findBacklog: (boardId, { first, cursor }) =>
      throwing('BOARD_NOT_FOUND', async (): Promise<IssuePage> => {
        // The Agile API tells descriptions as wiki text, also on Cloud: so only keys are taken from it.
        const { keys, nextCursor, isTruncated } = await skipEmptyPages(
          cursor,
          async (from) => {
            const startAt = parseOffset(from);
            const path = `${agile}/board/${encodeURIComponent(boardId)}/backlog`;
            const query = { startAt, maxResults: first, fields: 'summary' };
            const raw = backlogPage.parse(await client.send({ method: 'GET', path, endpoint: `${agile}/board/{id}/backlog`, query }));
            const total = raw.total ?? undefined;
            return {
              keys: raw.issues.map(({ key }) => key),
              nextCursor: toNextOffset(startAt, { count: raw.issues.length, size: first, total }),
            };
          },
          (read) => read.keys.length === 0,
        );
        const found = await findByKey(keys);
        const issues = keys.map((key) => found.get(key)).filter((entry) => entry?.status === 'found');
        return { found: issues, nextCursor, isTruncated };
      }),
    findBoards: (projectKey) =>
      throwing('INVALID_INPUT', async () =>
        toBoards(await readAllPages(client, `${agile}/board`, `${agile}/board`, { projectKeyOrId: projectKey })),
      ),
    findSprints: (boardId) =>
      throwing('BOARD_NOT_FOUND', async () => {
        try {
          const path = `${agile}/board/${encodeURIComponent(boardId)}/sprint`;
          return (await readAllPages(client, path, `${agile}/board/{id}/sprint`)).map(toSprint).filter((sprint) => sprint !== null);
        } catch (error) {
          // "The board does not support sprints": a kanban board.
          if (error instanceof JiraRefusal && error.status === 400) return [];
          throw error;
        }
      }),
    findFilterJql: (id) =>
      throwing('INVALID_INPUT', async () => {
        const path = `${dialect.api}/filter/${encodeURIComponent(id)}`;
        return savedFilter.parse(await client.send({ method: 'GET', path, endpoint: `${dialect.api}/filter/{id}` })).jql;
      }),
    findSavedFilters: () => throwing('INVALID_INPUT', () => dialect.findSavedFilters(client)),
    findProjects: () => throwing('INVALID_INPUT', () => dialect.findProjects(client)),
    writeComment: (key, track, text) => throwing('INVALID_INPUT', () => comments.writeComment(key, track, text)),
    ...createPictureAccess(client, dialect),
    ...createEstimateAccess({ client, api: dialect.api, estimation, readOne, readMany }),
  };
}

const agile = '/rest/agile/1.0';

const savedFilter = z.looseObject({ jql: z.string() });
const backlogPage = z.looseObject({ issues: softList(z.looseObject({ key: z.string() }), 'issue'), total: soft(z.number(), 'page') });

function toKeys(issues: readonly RawIssue[]): readonly string[] {
  return [...new Set(issues.map(({ key }) => key))];
}

/** Jira may name an issue that it could not read by its id, which tells nothing about which of the keys it is. */
function isKey(idOrKey: string): boolean {
  return idOrKey.includes('-');
}

function toRead(result: RawIssue | JiraError | undefined): RawIssue | undefined {
  return result instanceof DomainError ? undefined : result;
}

/** Whether more than one field of a track applies to the issue, and any has a number. */
function isDoubtful({ key, fields }: RawIssue, { estimateFieldIds }: FieldMap): boolean {
  return Object.values(estimateFieldIds(projectOf(key))).some((ids) => {
    const present = ids.filter((id) => fields[id] !== undefined);
    return present.length > 1 && present.some((id) => toEstimate(id, fields[id]) !== null);
  });
}

function toOptions({ all }: FieldMap): ReadOptions {
  return { fields: [...issueFields, ...all] };
}

/** Runs it; a refusal (400, 404) becomes `refused` with Jira's own words. */
async function throwing<Value>(refused: JiraErrorCode, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    const isRefusal =
      error instanceof JiraRefusal && error.isOfJira && (error.status === 400 || (error.status === 404 && refused !== 'JQL_INVALID'));
    if (isRefusal) throw toReasoned(refused, error);
    throw toDomainError(error);
  }
}

/** @throws what is neither Jira's nor a domain error. */
export function toDomainError(error: unknown): JiraError {
  if (error instanceof DomainError) return error as JiraError;
  if (error instanceof JiraRefusal) {
    const message = `Jira refuses (status ${error.status}): ${error.message}`;
    return error.status === 403 && error.isOfJira ? toReasoned('JIRA_FORBIDDEN', error, message) : jiraError('JIRA_UNAVAILABLE', message);
  }
  if (error instanceof ZodError) return jiraError('JIRA_UNAVAILABLE', 'Jira gives an answer that we do not understand.');
  throw error;
}
