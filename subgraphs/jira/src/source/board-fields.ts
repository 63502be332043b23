import { z } from 'zod';
import { findOnlyProject } from '../domain/jql.ts';
import { JiraRefusal } from './jira-answer.ts';
import type { JiraClient } from './jira-client.ts';
import { readAllPages } from './paging.ts';
import { parseEntries, soft } from './soft.ts';

/** A board of a project, and the custom field that it estimates by. */
export interface BoardField {
  readonly boardId: string;
  readonly fieldId: string;
}

const board = z.looseObject({
  id: z.number(),
  type: soft(z.string(), 'board'),
  location: soft(z.looseObject({ projectKey: soft(z.string(), 'board') }), 'board'),
});
const configuration = z.looseObject({
  estimation: soft(z.looseObject({ field: soft(z.looseObject({ fieldId: z.string() }), 'board') }), 'board'),
  filter: soft(z.looseObject({ id: z.union([z.string(), z.number()]) }), 'board'),
});
const filter = z.looseObject({ jql: z.string() });

const endpoint = '/rest/agile/1.0/board/{id}/configuration';

/** What a board estimates by now; undefined for hours and counts, which are not our numbers. */
export async function readBoardField(client: JiraClient, boardId: string) {
  const path = `/rest/agile/1.0/board/${encodeURIComponent(boardId)}/configuration`;
  const read = configuration.parse(await client.send({ method: 'GET', path, endpoint }));
  const fieldId = read.estimation?.field?.fieldId;
  return { fieldId: fieldId?.startsWith('customfield_') ? fieldId : undefined, filterId: read.filter?.id };
}

/**
 * The fields that the project's own boards estimate by, each once. `GET board?projectKeyOrId=` lists every board whose filter mentions the
 * project: its own are those that lie in it, or, where Jira does not say where boards lie (Data Center), those whose filter is about it alone.
 * None when there is no Jira Software, or no right to its API.
 *
 * @throws JIRA_RATE_LIMITED, JIRA_UNAVAILABLE.
 */
export async function findBoardFields(client: JiraClient, api: string, projectKey: string): Promise<readonly BoardField[]> {
  const ofRefusal = async <Value>(ask: () => Promise<Value>, refused: Value): Promise<Value> => {
    try {
      return await ask();
    } catch (error) {
      const isRefused = error instanceof JiraRefusal || error instanceof z.ZodError;
      if (isRefused) return refused;
      throw error;
    }
  };

  const isAboutProject = (filterId: string | number | undefined): Promise<boolean> =>
    ofRefusal(async () => {
      if (filterId === undefined) return false;
      const path = `${api}/filter/${encodeURIComponent(filterId)}`;
      const { jql } = filter.parse(await client.send({ method: 'GET', path, endpoint: `${api}/filter/{id}` }));
      return findOnlyProject(jql)?.toUpperCase() === projectKey.toUpperCase();
    }, false);

  const list = await ofRefusal(
    () => readAllPages(client, '/rest/agile/1.0/board', '/rest/agile/1.0/board', { projectKeyOrId: projectKey }),
    [],
  );
  const boards = parseEntries(board, list, 'board').filter(({ type }) => type === 'scrum' || type === 'simple');
  const found = await Promise.all(
    boards.map(async (entry) => {
      const key = entry.location?.projectKey ?? undefined;
      if (key !== undefined && key.toUpperCase() !== projectKey.toUpperCase()) return undefined;
      const read = await ofRefusal(() => readBoardField(client, String(entry.id)), undefined);
      if (read?.fieldId === undefined) return undefined;
      const isOwn = key !== undefined || (await isAboutProject(read.filterId));
      return isOwn ? { boardId: String(entry.id), fieldId: read.fieldId } : undefined;
    }),
  );
  const own = found.filter((entry) => entry !== undefined);
  return own.filter(({ fieldId }, at) => own.findIndex((other) => other.fieldId === fieldId) === at);
}
