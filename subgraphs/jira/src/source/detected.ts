import { z } from 'zod';
import type { IssueSource } from './issue-source.ts';
import type { JiraClient } from './jira-client.ts';
import { toDomainError } from './rest-source.ts';

export type JiraFlavor = 'cloud' | 'data-center';

const serverInfo = z.looseObject({ deploymentType: z.string().nullish() });

/**
 * Asks Jira what it is. v2 of this endpoint is in both flavours, and open to everyone.
 *
 * @throws JIRA_FORBIDDEN, JIRA_RATE_LIMITED, JIRA_UNAVAILABLE.
 */
export async function detectFlavor(client: JiraClient): Promise<JiraFlavor> {
  try {
    const { deploymentType } = serverInfo.parse(await client.send({ method: 'GET', path: '/rest/api/2/serverInfo' }));
    return deploymentType === 'Cloud' ? 'cloud' : 'data-center';
  } catch (error) {
    throw toDomainError(error);
  }
}

/**
 * The source that `detect` leads to, found out at the first use and again after a failure:
 * a Jira that is down when we start stops nothing.
 */
export function detected(detect: () => Promise<IssueSource>): IssueSource {
  let found: Promise<IssueSource> | undefined;
  const source = (): Promise<IssueSource> => {
    if (found === undefined) {
      const detecting = detect();
      detecting.catch(() => {
        found = undefined;
      });
      found = detecting;
    }
    return found;
  };
  return {
    findMany: async (keys) => {
      try {
        return await (await source()).findMany(keys);
      } catch (error) {
        return keys.map(() => ({ status: 'failed', error: toDomainError(error) }));
      }
    },
    findEstimability: async (keys, track) => {
      try {
        return await (await source()).findEstimability(keys, track);
      } catch (error) {
        return keys.map(() => toDomainError(error));
      }
    },
    search: async (jql, page) => (await source()).search(jql, page),
    findBacklog: async (boardId, page) => (await source()).findBacklog(boardId, page),
    findBoards: async (projectKey) => (await source()).findBoards(projectKey),
    findSprints: async (boardId) => (await source()).findSprints(boardId),
    findFilterJql: async (id) => (await source()).findFilterJql(id),
    findSavedFilters: async () => (await source()).findSavedFilters(),
    findProjects: async () => (await source()).findProjects(),
    readPicture: async (picture, form) => (await source()).readPicture(picture, form),
    findMediaId: async (id) => (await source()).findMediaId(id),
    readEstimate: async (key, track) => (await source()).readEstimate(key, track),
    writeComment: async (key, track, text) => (await source()).writeComment(key, track, text),
    writeEstimate: async (slot, value) => (await source()).writeEstimate(slot, value),
  };
}
