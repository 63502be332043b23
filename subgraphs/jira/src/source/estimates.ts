import { DomainError } from '../../../../kit/process/errors.ts';
import { issueNotFound, type JiraError, jiraError } from '../domain/errors.ts';
import { defaultTrack, type Estimability, findOfTrack, toTrackName } from '../domain/issue.ts';
import { projectOf } from '../domain/keys.ts';
import type { ReadOptions } from './dialect.ts';
import type { BoardField, EstimationFields } from './estimation-fields.ts';
import type { EstimateSlot, IssueSource } from './issue-source.ts';
import { type JiraClient, JiraRefusal } from './jira-client.ts';
import { chooseField, type RawIssue, toNumber } from './to-issue.ts';

interface EstimateAccessOptions {
  readonly client: JiraClient;
  readonly api: string;
  readonly estimation: EstimationFields;
  readonly configured: Readonly<Record<string, string>>;
  readonly readOne: (key: string, options: ReadOptions) => Promise<RawIssue | JiraError>;
  readonly readMany: (keys: readonly string[], options: ReadOptions) => Promise<ReadonlyMap<string, RawIssue | JiraError>>;
}

/** The part of a source that deals with estimates: where they are, whether they can be written, and writing them. */
export function createEstimateAccess(
  options: EstimateAccessOptions,
): Pick<IssueSource, 'findEstimability' | 'readEstimate' | 'writeEstimate'> {
  const { client, api, estimation, configured, readOne, readMany } = options;

  const findCandidates = async (key: string, track: string): Promise<readonly string[]> => {
    const given = findOfTrack(configured, track);
    if (given !== undefined) return [given];
    if (track !== defaultTrack) return [];
    const projectKey = projectOf(key);
    return (await estimation.forProjects([projectKey])).estimateFieldIds(projectKey)[track] ?? [];
  };

  const putField = async ({ key, fieldId }: EstimateSlot, value: number): Promise<void> => {
    try {
      const path = `${api}/issue/${encodeURIComponent(key)}`;
      await client.send({
        method: 'PUT',
        path,
        endpoint: `${api}/issue/{key}`,
        body: { fields: { [fieldId]: value } },
      });
    } catch (error) {
      throw toWriteError(error, key, fieldId);
    }
  };

  /** True when the board took it; false when it does not deal with this issue. */
  const putOnBoard = async ({ key }: EstimateSlot, boardId: string, value: number): Promise<boolean> => {
    try {
      await client.send({
        method: 'PUT',
        path: `/rest/agile/1.0/issue/${encodeURIComponent(key)}/estimation`,
        endpoint: '/rest/agile/1.0/issue/{key}/estimation',
        query: { boardId },
        // A text, by the specification.
        body: { value: String(value) },
      });
      return true;
    } catch (error) {
      // 403 too: a token may lack the Agile scope and still have the platform's.
      if (error instanceof JiraRefusal && [400, 403, 404].includes(error.status)) return false;
      throw error;
    }
  };

  return {
    readEstimate: async (key, track) => {
      const [candidates, board] = await Promise.all([findCandidates(key, track), estimation.findBoard(key, track)]);
      if (candidates.length === 0) throw fieldMissing(track);
      const issue = await readOne(key, { fields: candidates });
      if (issue instanceof DomainError) throw issue;
      const fieldId = chooseField(candidates, issue.fields) ?? '';
      return {
        key: issue.key,
        track,
        fieldId,
        boardId: board?.fieldId === fieldId ? board.boardId : undefined,
        value: toNumber(issue.fields[fieldId]),
      };
    },

    writeEstimate: async (slot, value) => {
      if (slot.boardId !== undefined && (await putOnBoard(slot, slot.boardId, value))) return;
      await putField(slot, value);
    },

    findEstimability: async (keys, track) => {
      const candidates = await Promise.all(keys.map((key) => findCandidates(key, track))).catch((error: unknown) => {
        if (error instanceof DomainError) return error as JiraError;
        throw error;
      });
      if (candidates instanceof DomainError) return keys.map(() => candidates);
      const issues = await readMany([...new Set(keys)], { fields: [...new Set(candidates.flat())], expand: 'editmeta' });
      return Promise.all(
        keys.map(async (key, at) => {
          const issue = issues.get(key) ?? issueNotFound(key);
          if (issue instanceof DomainError) return issue;
          const board = await estimation.findBoard(key, track).catch(() => undefined);
          return toEstimability(issue, candidates[at] ?? [], board, track);
        }),
      );
    },
  };
}

function toEstimability(issue: RawIssue, candidates: readonly string[], board: BoardField | undefined, track: string): Estimability {
  const fieldId = chooseField(candidates, issue.fields);
  if (fieldId === undefined) return { can: false, reason: 'NO_FIELD', remedy: fieldMissing(track).message };
  const editable = issue.editmeta?.fields;
  if (editable === undefined || fieldId in editable) return { can: true };
  if (Object.keys(editable).length === 0)
    return { can: false, reason: 'NO_PERMISSION', remedy: `Give Tally’s Jira user the permission to edit ${issue.key}.` };
  // A board's estimation endpoint does not mind the screen.
  if (board?.fieldId === fieldId) return { can: true };
  return { can: false, reason: 'NOT_ON_SCREEN', remedy: notOnScreenRemedy(issue.key, fieldId) };
}

function fieldMissing(track: string): JiraError {
  const variable = track === defaultTrack ? 'STORY_POINTS_FIELD' : trackVariable(track);
  return jiraError('JIRA_FIELD_MISSING', `No field in Jira holds the estimates of “${track}”: make one, or name it in ${variable}.`);
}

/** The variable that names a track's field. */
export function trackVariable(track: string): string {
  return `JIRA_SP_${toTrackName(track).toUpperCase()}_FIELD`;
}

function notOnScreenRemedy(key: string, fieldId: string): string {
  return `Put ${fieldId} on the edit screen of ${projectOf(key)} in Jira, or name another field in STORY_POINTS_FIELD.`;
}

function toWriteError(error: unknown, key: string, fieldId: string): unknown {
  if (!(error instanceof JiraRefusal)) return error;
  if (error.status === 404) return issueNotFound(key);
  if (error.status === 403) return jiraError('JIRA_FORBIDDEN', `Jira does not let us edit ${key}: ${error.message}`);
  if (error.status === 400 && (error.fieldErrors[fieldId] !== undefined || /screen/i.test(error.message)))
    return jiraError('JIRA_FIELD_NOT_ON_SCREEN', `${error.message} ${notOnScreenRemedy(key, fieldId)}`, { fieldId });
  if (error.status === 409) return jiraError('JIRA_UNAVAILABLE', `Jira is changing ${key} at the same time: ${error.message}`);
  return jiraError('INVALID_INPUT', `Jira does not take the value for ${key}: ${error.message}`);
}
