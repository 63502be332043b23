import { DomainError } from '../../../../kit/process/errors.ts';
import type { IssueChange } from '../domain/webhook.ts';
import type { IssuePage, IssueSource } from './issue-source.ts';

const pageSize = 100;
const mostPages = 10;

/**
 * The keys of the issues that a change is about: those it names, those it names by Jira's own numbers, and those of the sprints it names, a thousand
 * at most.
 *
 * @throws as IssueSource when Jira cannot be asked.
 */
export async function findAffectedKeys(
  source: Pick<IssueSource, 'findMany' | 'search'>,
  { keys, ids, sprintIds }: IssueChange,
): Promise<readonly string[]> {
  const byId = ids.length === 0 ? [] : await source.findMany(ids);
  const failed = byId.find((found) => found.status === 'failed' && found.error.code !== 'ISSUE_NOT_FOUND');
  if (failed?.status === 'failed') throw failed.error;
  const named = byId.flatMap((found) => (found.status === 'found' ? [found.issue.key] : []));
  const ofSprints = await Promise.all(sprintIds.map((id) => findOfSprint(source, id)));
  return [...new Set([...keys, ...named, ...ofSprints.flat()])];
}

async function findOfSprint(source: Pick<IssueSource, 'search'>, sprintId: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages === 0 || (cursor !== undefined && pages < mostPages); pages++) {
    const { found, nextCursor } = await source.search(`sprint = ${sprintId}`, { first: pageSize, cursor }).catch(orNothing);
    keys.push(...found.map(({ issue }) => issue.key));
    cursor = nextCursor;
  }
  return keys;
}

/** Jira refuses to search for a sprint that is gone: nothing can be said of its issues, and asking again would change nothing. */
function orNothing(error: unknown): Pick<IssuePage, 'found' | 'nextCursor'> {
  if (error instanceof DomainError && error.code === 'JQL_INVALID') return { found: [], nextCursor: undefined };
  throw error;
}
