import { issueNotFound } from '../domain/errors.ts';
import { withinScope } from '../domain/jql.ts';
import type { Found, IssueSource } from './issue-source.ts';

/**
 * Shows only what a JQL finds: it is ANDed to every search, and issues read by key are looked up in it.
 * An issue outside is as if it did not exist.
 */
export function scoped(source: IssueSource, scopeJql: string): IssueSource {
  /** Those of the issues (by current key) that lie in the scope. */
  const findInScope = async (keys: readonly string[]): Promise<ReadonlySet<string>> => {
    const inScope = new Set<string>();
    for (let at = 0; at < keys.length; at += 100) {
      const chunk = keys.slice(at, at + 100);
      let cursor: string | undefined;
      do {
        const page = await source.search(withinScope(`key in (${chunk.map((key) => `"${key}"`).join(', ')})`, scopeJql), {
          first: 100,
          cursor,
        });
        for (const { issue } of page.found) inScope.add(issue.key);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
    }
    return inScope;
  };

  const keepInScope = async (found: readonly Found[], keys: readonly string[]): Promise<readonly Found[]> => {
    const current = found.flatMap((entry) => (entry.status === 'found' ? [entry.issue.key] : []));
    const inScope = await findInScope([...new Set(current)]);
    return found.map((entry, at) =>
      entry.status === 'found' && !inScope.has(entry.issue.key)
        ? { status: 'failed', error: issueNotFound(keys[at] ?? entry.issue.key) }
        : entry,
    );
  };

  return {
    ...source,
    findMany: async (keys) => keepInScope(await source.findMany(keys), keys),
    search: (jql, page) => source.search(withinScope(jql, scopeJql), page),
    findBacklog: async (boardId, page) => {
      const backlog = await source.findBacklog(boardId, page);
      const inScope = await findInScope(backlog.found.map(({ issue }) => issue.key));
      return { ...backlog, found: backlog.found.filter(({ issue }) => inScope.has(issue.key)) };
    },
    findEstimability: async (keys, track) => {
      const inScope = await findInScope(keys);
      const all = await source.findEstimability(keys, track);
      return all.map((entry, at) => (inScope.has(keys[at] ?? '') ? entry : issueNotFound(keys[at] ?? '')));
    },
    readEstimate: async (key, track) => {
      const slot = await source.readEstimate(key, track);
      if (!(await findInScope([slot.key])).has(slot.key)) throw issueNotFound(key);
      return slot;
    },
  };
}
