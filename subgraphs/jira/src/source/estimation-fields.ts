import { z } from 'zod';
import { DomainError } from '../../../../kit/process/errors.ts';
import { defaultTrack } from '../domain/issue.ts';
import { projectOf } from '../domain/keys.ts';
import { type JiraClient, JiraRefusal } from './jira-client.ts';
import { createMemo } from './memo.ts';

export interface EstimationFieldsOptions {
  readonly client: JiraClient;
  /** `/rest/api/3` or `/rest/api/2`. */
  readonly api: string;
  /** Field ids by track, from the configuration; they win over discovery. */
  readonly configured: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Which custom fields matter, as far as they are known for some projects. */
export interface FieldMap {
  readonly sprintFieldId: string | undefined;
  /** Where Data Center keeps the key of an issue's epic; on Cloud the epic is its parent. */
  readonly epicFieldId: string | undefined;
  /** The fields that may hold each track's estimate in a project, the best one first. */
  readonly estimateFieldIds: (projectKey: string) => Readonly<Record<string, readonly string[]>>;
  /** All of them, for a request's `fields`. */
  readonly all: readonly string[];
}

export interface EstimationFields {
  /**
   * @throws JIRA_FORBIDDEN, JIRA_RATE_LIMITED, JIRA_UNAVAILABLE.
   */
  readonly forProjects: (projectKeys: readonly string[]) => Promise<FieldMap>;
  /** The project's board by which issues are estimated, for the default track, if there is one: its field need not be a configured one. */
  readonly findBoard: (key: string, track: string) => Promise<BoardField | undefined>;
}

export interface BoardField {
  readonly boardId: string;
  readonly fieldId: string;
}

const rememberMs = 10 * 60_000;

const fieldList = z.array(
  z.looseObject({ id: z.string(), name: z.string(), schema: z.looseObject({ custom: z.string().nullish() }).nullish() }),
);
const boardList = z.looseObject({ values: z.array(z.looseObject({ id: z.number(), type: z.string().nullish() })) });
const boardConfiguration = z.looseObject({
  estimation: z.looseObject({ field: z.looseObject({ fieldId: z.string() }).nullish() }).nullish(),
});

/** Finds out where this Jira keeps story points: given, else the project's board's estimation field, else fields of that kind or name. */
export function createEstimationFields({ client, api, configured, now }: EstimationFieldsOptions): EstimationFields {
  const knownProjects = new Set<string>();

  const findCustomFields = createMemo(
    async () => {
      const fields = fieldList.parse(await client.send({ method: 'GET', path: `${api}/field` }));
      const byType = (type: string) => fields.filter(({ schema }) => schema?.custom === type).map(({ id }) => id);
      const named = fields.filter(
        ({ name, schema }) =>
          schema?.custom === 'com.atlassian.jira.plugin.system.customfieldtypes:float' && /^story points?( estimate)?$/i.test(name),
      );
      return {
        sprintFieldId: byType('com.pyxis.greenhopper.jira:gh-sprint')[0],
        epicFieldId: byType('com.pyxis.greenhopper.jira:gh-epic-link')[0],
        storyPointIds: [...named.map(({ id }) => id), ...byType('com.pyxis.greenhopper.jira:jsw-story-points')],
      };
    },
    rememberMs,
    now,
  );

  const findBoardField = createMemo(
    async (projectKey): Promise<BoardField | undefined> => {
      try {
        const query = { projectKeyOrId: projectKey, maxResults: 20 };
        const boards = boardList.parse(await client.send({ method: 'GET', path: '/rest/agile/1.0/board', query }));
        const board = boards.values.find(({ type }) => type === 'scrum') ?? boards.values.find(({ type }) => type === 'simple');
        if (board === undefined) return undefined;
        const path = `/rest/agile/1.0/board/${board.id}/configuration`;
        const { estimation } = boardConfiguration.parse(
          await client.send({ method: 'GET', path, endpoint: '/rest/agile/1.0/board/{id}/configuration' }),
        );
        const fieldId = estimation?.field?.fieldId;
        // A board may also estimate in hours or count issues: not our numbers.
        return fieldId?.startsWith('customfield_') ? { boardId: String(board.id), fieldId } : undefined;
      } catch (error) {
        // No Jira Software, or no right to its API: the platform's field list has to do.
        if (error instanceof JiraRefusal || error instanceof z.ZodError) return undefined;
        if (error instanceof DomainError && error.code === 'JIRA_FORBIDDEN') return undefined;
        throw error;
      }
    },
    rememberMs,
    now,
  );

  const isDiscovered = configured[defaultTrack] === undefined;

  return {
    forProjects: async (projectKeys) => {
      const projects = new Set(projectKeys);
      const [custom, boardFields] = await Promise.all([
        findCustomFields(''),
        isDiscovered
          ? Promise.all(
              [...new Set([...projects, ...knownProjects])].map(
                async (key) => [key, await findBoardField(key).catch(() => undefined)] as const,
              ),
            )
          : [],
      ]);
      for (const [key, field] of boardFields) if (field !== undefined) knownProjects.add(key);
      const byProject = new Map(boardFields);
      const given = Object.fromEntries(Object.entries(configured).map(([track, id]) => [track, [id]]));
      const boardIds = boardFields.flatMap(([, field]) => (field === undefined ? [] : [field.fieldId]));
      const storyPointIds = isDiscovered ? [...new Set([...boardIds, ...custom.storyPointIds])] : [];
      return {
        sprintFieldId: custom.sprintFieldId,
        epicFieldId: custom.epicFieldId,
        estimateFieldIds: (projectKey) => {
          if (!isDiscovered) return given;
          const own = byProject.get(projectKey)?.fieldId;
          // What a board does not estimate by may hold another number, but not the one that we would write over.
          return { ...given, [defaultTrack]: own === undefined ? custom.storyPointIds : [own] };
        },
        all: [...new Set([...Object.values(configured), ...storyPointIds, custom.sprintFieldId, custom.epicFieldId])].filter(
          (id) => id !== undefined,
        ),
      };
    },
    findBoard: async (key, track) => {
      if (track !== defaultTrack) return undefined;
      const finding = findBoardField(projectOf(key));
      // Where the field is configured, the issue can be edited without a board that can be asked.
      return isDiscovered ? finding : finding.catch(() => undefined);
    },
  };
}
