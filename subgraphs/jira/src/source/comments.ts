import { z } from 'zod';
import { DomainError } from '../../../../kit/process/errors.ts';
import { issueNotFound, jiraError } from '../domain/errors.ts';
import type { Dialect } from './dialect.ts';
import type { IssueSource } from './issue-source.ts';
import { isMissing } from './jira-answer.ts';
import type { JiraClient } from './jira-client.ts';
import { soft, softList } from './soft.ts';

const property = z.looseObject({ key: z.string(), value: z.unknown().optional() });
const page = z.looseObject({
  total: soft(z.number(), 'page'),
  comments: softList(z.looseObject({ id: z.string(), properties: softList(property, 'comment') }), 'comment'),
});

/** The entity property that marks a comment as ours; its value names the track. */
const mark = 'tally.estimate';
const pageSize = 100;
const mostPages = 10;

/** The part of a source that writes comments: one for each issue and track, edited instead of repeated. */
export function createCommentAccess(client: JiraClient, { api, toCommentBody }: Dialect): Pick<IssueSource, 'writeComment'> {
  const endpoint = `${api}/issue/{key}/comment`;

  /** Newest first; beyond 1000 comments ours counts as lost. */
  const findOurs = async (path: string, track: string): Promise<string | undefined> => {
    for (let at = 0; at < mostPages; at++) {
      const query = { expand: 'properties', orderBy: '-created', startAt: at * pageSize, maxResults: pageSize };
      const { comments, total } = page.parse(await client.send({ method: 'GET', path, endpoint, query }));
      const ours = comments.find(({ properties }) => properties.some(({ key, value }) => key === mark && isForTrack(value, track)));
      if (ours !== undefined) return ours.id;
      if (comments.length === 0 || (at + 1) * pageSize >= (total ?? Number.POSITIVE_INFINITY)) return undefined;
    }
    return undefined;
  };

  /** Whoever asks again at once would not find a comment that Jira is still about to make, and would make a second one. */
  const post = async (path: string, body: unknown): Promise<void> => {
    try {
      await client.send({ method: 'POST', path, endpoint, body });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'JIRA_UNAVAILABLE') throw error;
      const told = Number(error.details['retryAfterSeconds'] ?? 0);
      throw jiraError('JIRA_UNAVAILABLE', error.message, { retryAfterSeconds: Math.max(told, Math.ceil(client.settledAfterMs / 1_000)) });
    }
  };

  return {
    writeComment: async (key, track, text) => {
      const path = `${api}/issue/${encodeURIComponent(key)}/comment`;
      const body = toCommentBody(text);
      try {
        const id = await findOurs(path, track);
        if (id !== undefined) await client.send({ method: 'PUT', path: `${path}/${id}`, endpoint: `${endpoint}/{id}`, body: { body } });
        else await post(path, { body, properties: [{ key: mark, value: { track } }] });
      } catch (error) {
        throw isMissing(error) ? issueNotFound(key) : error;
      }
    },
  };
}

function isForTrack(value: unknown, track: string): boolean {
  return typeof value === 'object' && value !== null && 'track' in value && value.track === track;
}
