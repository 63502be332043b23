import { DomainError } from '../../../../kit/process/errors.ts';
import { issueNotFound, type JiraError, jiraError } from '../domain/errors.ts';
import {
  chooseField,
  type FieldChoice,
  type FieldForm,
  isUnreadable,
  toEstimate,
  toFieldEdit,
  toFieldForm,
  toScreenId,
} from '../domain/estimate-value.ts';
import { defaultTrack, type Estimability, type EstimationField, toTrackName } from '../domain/issue.ts';
import { projectOf } from '../domain/keys.ts';
import { inputError } from '../domain/reasons.ts';
import { readBoardField } from './board-fields.ts';
import type { ReadOptions } from './dialect.ts';
import type { Candidates, EstimationFields } from './estimation-fields.ts';
import type { EstimateSlot, IssueSource } from './issue-source.ts';
import { isMissing, JiraRefusal, toReasoned } from './jira-answer.ts';
import type { JiraClient } from './jira-client.ts';
import type { RawIssue } from './to-issue.ts';

interface EstimateAccessOptions {
  readonly client: JiraClient;
  readonly api: string;
  readonly estimation: EstimationFields;
  readonly readOne: (key: string, options: ReadOptions) => Promise<RawIssue | JiraError>;
  readonly readMany: (keys: readonly string[], options: ReadOptions) => Promise<ReadonlyMap<string, RawIssue | JiraError>>;
}

/** What an issue says of a track's estimate: which field, or why there is none to name. */
interface Place {
  readonly choice: FieldChoice;
  readonly field: EstimationField | null;
  readonly form: FieldForm;
  readonly raw: unknown;
  readonly boardId: string | undefined;
  readonly isOnScreen: boolean;
}

/** The part of a source that deals with estimates: where they are, whether they can be written, and writing them. */
export function createEstimateAccess(
  options: EstimateAccessOptions,
): Pick<IssueSource, 'findEstimability' | 'readEstimate' | 'writeEstimate'> {
  const { client, api, estimation, readOne, readMany } = options;

  const locate = async (issue: RawIssue, { fieldIds, isUndecided, boards }: Candidates): Promise<Place> => {
    const editable = issue.editmeta?.fields;
    const choice: FieldChoice = isUndecided ? { kind: 'several', fieldIds } : chooseField(fieldIds, issue.fields, editable);
    if (choice.kind !== 'one') return { choice, field: null, form: { kind: 'NUMBER' }, raw: null, boardId: undefined, isOnScreen: false };
    const { fieldId } = choice;
    const { name, schema } = await estimation.findField(fieldId);
    const meta = toMeta(editable?.[toScreenId(fieldId)]);
    const raw = issue.fields[fieldId];
    return {
      choice,
      field: { id: fieldId, name },
      form: toFieldForm(fieldId, meta.schema ?? schema, raw, meta.allowedValues),
      raw,
      boardId: boards.find((board) => board.fieldId === fieldId)?.boardId,
      isOnScreen: editable === undefined || editable === null || toScreenId(fieldId) in editable,
    };
  };

  /** A moved issue keeps its estimates where its present project does. */
  const read = async (key: string, track: string): Promise<{ readonly issue: RawIssue; readonly candidates: Candidates }> => {
    const candidates = await estimation.findCandidates(projectOf(key), track);
    if (candidates.fieldIds.length === 0) throw fieldMissing(track);
    const issue = await readOne(key, { fields: candidates.fieldIds, expand: 'editmeta' });
    if (issue instanceof DomainError) throw issue;
    return projectOf(issue.key) === projectOf(key) ? { issue, candidates } : read(issue.key, track);
  };

  /** True when the board took it; false when it does not deal with this issue, or by now estimates by another field. */
  const putOnBoard = async ({ key, fieldId, form }: EstimateSlot, boardId: string, value: number): Promise<boolean> => {
    try {
      if (form.kind !== 'NUMBER' || (await readBoardField(client, boardId)).fieldId !== fieldId) return false;
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
      const { issue, candidates } = await read(key, track);
      const { choice, form, raw, boardId, isOnScreen } = await locate(issue, candidates);
      if (choice.kind === 'none') throw fieldMissing(track);
      if (choice.kind === 'several') throw await severalFields(choice.fieldIds, projectOf(issue.key), estimation);
      const { fieldId } = choice;
      return {
        key: issue.key,
        track,
        fieldId,
        form,
        boardId,
        isOnScreen,
        value: toEstimate(fieldId, raw),
        unreadable: isUnreadable(fieldId, raw) ? toShown(raw) : undefined,
      };
    },

    writeEstimate: async (slot, value) => {
      const { key, fieldId, form } = slot;
      const fields = toFieldEdit(fieldId, form, value);
      if (fields === undefined) throw await toFormRefusal(slot, value, estimation);
      try {
        // This names the field, a board's estimation endpoint does not: it is for fields that are on no screen.
        const path = `${api}/issue/${encodeURIComponent(key)}`;
        await client.send({ method: 'PUT', path, endpoint: `${api}/issue/{key}`, body: { fields } });
      } catch (error) {
        const refusal = toWriteError(error, slot);
        const isOffScreen = refusal instanceof DomainError && refusal.code === 'JIRA_FIELD_NOT_ON_SCREEN';
        if (isOffScreen && slot.boardId !== undefined && (await putOnBoard(slot, slot.boardId, value))) return;
        throw refusal;
      }
    },

    findEstimability: async (keys, track) => {
      const findAll = async (): Promise<ReadonlyMap<string, Candidates>> => {
        const projects = [...new Set(keys.map(projectOf))];
        return new Map(
          await Promise.all(projects.map(async (project) => [project, await estimation.findCandidates(project, track)] as const)),
        );
      };
      const candidates = await findAll().catch((error: unknown) => {
        if (error instanceof DomainError) return error as JiraError;
        throw error;
      });
      if (candidates instanceof DomainError) return keys.map(() => candidates);
      const fields = [...new Set([...candidates.values()].flatMap(({ fieldIds }) => fieldIds))];
      const issues = await readMany([...new Set(keys)], { fields, expand: 'editmeta' });
      return Promise.all(
        keys.map(async (key) => {
          const issue = issues.get(key) ?? issueNotFound(key);
          if (issue instanceof DomainError) return issue;
          const known = candidates.get(projectOf(issue.key));
          // A moved issue is read anew, where its present project keeps estimates.
          const present = known === undefined ? await read(issue.key, track).catch(toJiraError) : { issue, candidates: known };
          if (present instanceof DomainError) return present;
          return toEstimability(present.issue, await locate(present.issue, present.candidates), track, estimation);
        }),
      );
    },
  };
}

async function toEstimability(issue: RawIssue, place: Place, track: string, estimation: EstimationFields): Promise<Estimability> {
  const { choice, field, form, isOnScreen, boardId } = place;
  if (choice.kind === 'none') return { can: false, reason: 'NO_FIELD', remedy: fieldMissing(track).message, field };
  const editable = issue.editmeta?.fields;
  if (editable !== undefined && editable !== null && Object.keys(editable).length === 0)
    return { can: false, reason: 'NO_PERMISSION', remedy: `Give Tally’s Jira user the permission to edit ${issue.key}.`, field };
  if (choice.kind === 'several') {
    const { message } = await severalFields(choice.fieldIds, projectOf(issue.key), estimation);
    return { can: false, reason: 'SEVERAL_FIELDS', remedy: message, field };
  }
  if (form.kind === 'OTHER')
    return { can: false, reason: 'FIELD_TYPE', remedy: fieldTypeRefusal(field?.name ?? choice.fieldId, form.type, track).message, field };
  // A board's estimation endpoint does not mind the screen.
  if (isOnScreen || (boardId !== undefined && form.kind === 'NUMBER')) return { can: true, field };
  return { can: false, reason: 'NOT_ON_SCREEN', remedy: notOnScreenRemedy(issue.key, choice.fieldId, track), field };
}

function toJiraError(error: unknown): JiraError {
  if (error instanceof DomainError) return error as JiraError;
  throw error;
}

function toMeta(given: unknown): { readonly schema: { readonly type: string } | undefined; readonly allowedValues: unknown } {
  const { schema, allowedValues } = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  const { type } = (typeof schema === 'object' && schema !== null ? schema : {}) as Record<string, unknown>;
  return { schema: typeof type === 'string' ? { type } : undefined, allowedValues };
}

function toShown(raw: unknown): string {
  const shown = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '');
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}

function fieldMissing(track: string): JiraError {
  return jiraError(
    'JIRA_FIELD_MISSING',
    `No field in Jira holds the estimates of “${track}”: make one, or name it in ${trackVariable(track)}.`,
  );
}

async function severalFields(fieldIds: readonly string[], projectKey: string, estimation: EstimationFields): Promise<JiraError> {
  const fields = await Promise.all(fieldIds.map((id) => estimation.findField(id)));
  const names = fields.map(({ id, name }) => `${name} (${id})`).join(', ');
  const remedy = `name the right one in STORY_POINTS_FIELD_BY_PROJECT, e.g. ${projectKey}=${fieldIds[0]}`;
  return jiraError('JIRA_FIELD_MISSING', `Several fields may hold the estimates of ${projectKey}: ${names}; ${remedy}.`);
}

/** The variable that names a track's field. */
function trackVariable(track: string): string {
  return track === defaultTrack ? 'STORY_POINTS_FIELD' : `JIRA_SP_${toTrackName(track).toUpperCase()}_FIELD`;
}

function fieldTypeRefusal(name: string, type: string, track: string): JiraError {
  return inputError('FIELD_TYPE', { fieldName: name, type, variable: trackVariable(track) });
}

async function toFormRefusal({ fieldId, form, track }: EstimateSlot, value: number, estimation: EstimationFields): Promise<JiraError> {
  const { name } = await estimation.findField(fieldId);
  if (form.kind === 'OTHER') return fieldTypeRefusal(name, form.type, track);
  const options = form.kind === 'OPTION' ? (form.options ?? []).join(', ') : '';
  return inputError('FIELD_OPTION', { fieldName: name, value, options: options === '' ? '–' : options });
}

function notOnScreenRemedy(key: string, fieldId: string, track: string): string {
  return `Put ${toScreenId(fieldId)} on the edit screen of ${projectOf(key)} in Jira, or name another field in ${trackVariable(track)}.`;
}

/** Jira's words when a field is not on the screen, in English; other languages are recognised by the screen itself. */
const screenSentence = /not on the appropriate screen/i;

function toWriteError(error: unknown, { key, fieldId, track, isOnScreen }: EstimateSlot): unknown {
  if (!(error instanceof JiraRefusal)) return error;
  if (isMissing(error)) return issueNotFound(key);
  if (!error.isOfJira) return jiraError('JIRA_UNAVAILABLE', error.message);
  if (error.status === 403) return toReasoned('JIRA_FORBIDDEN', error, `Jira does not let us edit ${key}: ${error.message}`);
  const named = error.fieldErrors[toScreenId(fieldId)];
  if (error.status === 400 && (screenSentence.test(named ?? error.message) || (named !== undefined && !isOnScreen)))
    return jiraError('JIRA_FIELD_NOT_ON_SCREEN', `${error.message} ${notOnScreenRemedy(key, fieldId, track)}`, { fieldId });
  if (error.status === 409) return jiraError('JIRA_UNAVAILABLE', `Jira is changing ${key} at the same time: ${error.message}`);
  return toReasoned('INVALID_INPUT', error, `Jira does not take the value for ${key}: ${error.message}`);
}
