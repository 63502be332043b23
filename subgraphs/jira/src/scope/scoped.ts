import { toChunks } from '../../../../kit/process/chunks.ts';
import { DomainError } from '../../../../kit/process/errors.ts';
import { issueNotFound, isTransient, type JiraError, jiraError } from '../domain/errors.ts';
import { findNeighbours, keepNeighbours } from '../domain/issue.ts';
import { withinScope } from '../domain/jql.ts';
import { findNamedIssues } from '../domain/jql-names.ts';
import { inputError } from '../domain/reasons.ts';
import type { Found, IssuePage, IssueSource } from '../source/issue-source.ts';
import { createMemo } from '../source/memo.ts';

const rememberMs = 10 * 60_000;
const chunkSize = 100;

/**
 * Shows only what a JQL finds: it is ANDed to every search, and issues read by key are looked up in it.
 * An issue outside is as if it did not exist, also as parent, subtask or link of one inside, and so is a project without any issue inside, with its
 * boards.
 * Saved filters are not shown: their names and JQLs tell of what lies outside.
 */
export function scoped(source: IssueSource, scopeJql: string, now: () => number = Date.now): IssueSource {
  /** Those of the issues (by current key) that lie in the scope. */
  const findInScope = async (keys: readonly string[]): Promise<ReadonlySet<string>> => {
    return new Set((await Promise.all(toChunks(keys, chunkSize).map(findChunk))).flat());
  };

  const findChunk = async (keys: readonly string[]): Promise<readonly string[]> => {
    const jql = withinScope(`key in (${keys.map((key) => `"${key}"`).join(', ')})`, scopeJql);
    const inScope: string[] = [];
    let cursor: string | undefined;
    try {
      // A Jira that never says where the end is has one all the same: with the page that can hold the last of the keys.
      for (let pages = 0; pages === 0 || (cursor !== undefined && pages < keys.length); pages++) {
        const page = await source.search(jql, { first: chunkSize, cursor });
        inScope.push(...page.found.map(({ issue }) => issue.key));
        cursor = page.nextCursor;
      }
      return inScope;
    } catch (error) {
      // Jira rejects the whole JQL for one key that has gone meanwhile: halve until it is alone.
      if (!(error instanceof DomainError) || error.code !== 'JQL_INVALID') throw error;
      if (keys.length === 1) return [];
      const middle = Math.ceil(keys.length / 2);
      return (await Promise.all([findChunk(keys.slice(0, middle)), findChunk(keys.slice(middle))])).flat();
    }
  };

  /** By current key the issues that lie in the scope, with those of their neighbours that do. Those that are `known` to be inside are not asked for. */
  const restrict = async (
    found: IssuePage['found'],
    known: readonly string[],
  ): Promise<ReadonlyMap<string, IssuePage['found'][number]>> => {
    const all = new Set(found.flatMap(({ issue }) => [issue.key, ...findNeighbours(issue)]));
    const unknown = [...all].filter((key) => !known.includes(key));
    const inScope = new Set([...known, ...(await findInScope(unknown))]);
    const inside = found.filter(({ issue }) => inScope.has(issue.key));
    return new Map(inside.map((entry) => [entry.issue.key, { ...entry, issue: keepNeighbours(entry.issue, (key) => inScope.has(key)) }]));
  };

  const restrictPage = async (page: IssuePage, known: readonly string[]): Promise<IssuePage> => {
    const inside = await restrict(page.found, known);
    return { ...page, found: page.found.map(({ issue }) => inside.get(issue.key)).filter((entry) => entry !== undefined) };
  };

  const keepInScope = async (found: readonly Found[], keys: readonly string[]): Promise<readonly Found[]> => {
    try {
      const there = found.filter((entry) => entry.status === 'found');
      // Also when none is there: otherwise, while the scope cannot be asked, one request would tell those outside from those that do not exist.
      if (there.length === 0 && keys.length > 0) await source.search(scopeJql, { first: 1, cursor: undefined });
      const inside = await restrict(there, []);
      return found.map((entry, at) =>
        entry.status === 'found'
          ? (inside.get(entry.issue.key) ?? { status: 'failed', error: issueNotFound(keys[at] ?? entry.issue.key) })
          : entry,
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Also those that are not there: otherwise the others would be known to exist.
      return found.map(() => ({ status: 'failed', error: error as JiraError }));
    }
  };

  /** Jira refuses a JQL that names an issue which does not exist, and takes one that names an issue outside: both are refused in the same words. */
  const requireNamedInside = async (jql: string): Promise<void> => {
    const named = findNamedIssues(jql);
    if (named.length === 0) return;
    const outside = inputError('JQL_NAMES_UNKNOWN', {}, 'JQL_INVALID');
    if (named.length > chunkSize) throw inputError('JQL_NAMES_TOO_MANY', { most: chunkSize }, 'JQL_INVALID');
    const list = named.map((key) => `"${key}"`).join(', ');
    const { found } = await source
      .search(withinScope(`key in (${list})`, scopeJql), { first: chunkSize, cursor: undefined })
      .catch((error: unknown) => {
        throw error instanceof DomainError && error.code === 'JQL_INVALID' ? outside : error;
      });
    if (found.length < named.length) throw outside;
  };

  const hasIssues = async (projectKey: string): Promise<boolean> => {
    try {
      return (await source.search(withinScope(`project = "${projectKey}"`, scopeJql), { first: 1, cursor: undefined })).found.length > 0;
    } catch (error) {
      if (isTransient(error)) throw error;
      // Jira lists projects that it lets nobody search, archived ones for example.
      return false;
    }
  };

  const findVisibleProjects = createMemo(
    async () => {
      const projects = await source.findProjects();
      const isVisible = await Promise.all(projects.map(({ key }) => hasIssues(key)));
      return projects.filter((_project, at) => isVisible[at]);
    },
    rememberMs,
    now,
  );

  const findVisibleBoards = createMemo(
    async () => {
      const [boards, projects] = await Promise.all([source.findBoards(undefined), findVisibleProjects('')]);
      const keys = new Set(projects.map(({ key }) => key));
      return boards.filter(({ projectKey }) => projectKey !== null && keys.has(projectKey));
    },
    rememberMs,
    now,
  );

  const requireBoard = async (boardId: string): Promise<void> => {
    const boards = await findVisibleBoards('');
    if (!boards.some(({ id }) => id === boardId))
      throw jiraError('BOARD_NOT_FOUND', `Jira has no board ${boardId}, or does not show it to us.`);
  };

  // Each method by name, and none passed on unseen: a new one has to decide what of it lies in the scope, or this does not compile.
  return {
    findProjects: () => findVisibleProjects(''),
    // Its JQL would tell of what lies outside; what it finds is looked up within the scope like every search.
    findFilterJql: async (id) => `filter = ${id}`,
    findSavedFilters: async () => [],
    findBoards: async (projectKey) => {
      const boards = await findVisibleBoards('');
      return boards.filter((board) => projectKey === undefined || board.projectKey === projectKey.toUpperCase());
    },
    findSprints: async (boardId) => {
      await requireBoard(boardId);
      return source.findSprints(boardId);
    },
    findMany: async (keys) => keepInScope(await source.findMany(keys), keys),
    search: async (jql, asked) => {
      await requireNamedInside(jql);
      const page = await source.search(withinScope(jql, scopeJql), asked);
      return restrictPage(
        page,
        page.found.map(({ issue }) => issue.key),
      );
    },
    findBacklog: async (boardId, page) => {
      await requireBoard(boardId);
      return restrictPage(await source.findBacklog(boardId, page), []);
    },
    findEstimability: async (keys, track) => {
      try {
        const inScope = await findInScope(keys);
        const all = await source.findEstimability(keys, track);
        return all.map((entry, at) => (inScope.has(keys[at] ?? '') ? entry : issueNotFound(keys[at] ?? '')));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return keys.map(() => error as JiraError);
      }
    },
    readEstimate: async (key, track) => {
      // What Jira says of the field of an issue outside is no answer either; a moved issue is found by its old key.
      const { found } = await source
        .search(withinScope(`key = "${key}"`, scopeJql), { first: 1, cursor: undefined })
        .catch((error: unknown) => {
          throw error instanceof DomainError && error.code === 'JQL_INVALID' ? issueNotFound(key) : error;
        });
      if (found.length === 0) throw issueNotFound(key);
      return source.readEstimate(key, track);
    },
    // Pictures come out of issues, which were found within the scope.
    readPicture: (picture, form) => source.readPicture(picture, form),
    findMediaId: (id) => source.findMediaId(id),
    // Slots and keys of writes come out of readEstimate, which has looked.
    writeEstimate: (slot, value) => source.writeEstimate(slot, value),
    writeComment: (key, track, text) => source.writeComment(key, track, text),
  };
}
