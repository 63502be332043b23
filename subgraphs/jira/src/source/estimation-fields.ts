import { z } from 'zod';
import type { FieldSchema } from '../domain/estimate-value.ts';
import { defaultTrack, findOfTrack } from '../domain/issue.ts';
import { type BoardField, findBoardFields } from './board-fields.ts';
import type { JiraClient } from './jira-client.ts';
import { createMemo } from './memo.ts';
import { parseEntries, soft } from './soft.ts';

export interface EstimationFieldsOptions {
  readonly client: JiraClient;
  /** `/rest/api/3` or `/rest/api/2`. */
  readonly api: string;
  /** Field ids by track, from the configuration; they win over discovery. */
  readonly configured: Readonly<Record<string, string>>;
  /** The default track's field ids by project key, from the configuration; they win over everything. */
  readonly configuredByProject: Readonly<Record<string, string>>;
  /** Ids of custom fields that are shown besides. */
  readonly extraFields: readonly string[];
  /** Milliseconds. */
  readonly now: () => number;
}

/** A field as `GET /field` tells of it. */
export interface FieldInfo {
  readonly id: string;
  readonly name: string;
  readonly schema: FieldSchema | undefined;
}

/** Which custom fields matter, as far as they are known for some projects. */
export interface FieldMap {
  readonly sprintFieldId: string | undefined;
  /** Where Data Center keeps the key of an issue's epic; on Cloud the epic is its parent. */
  readonly epicFieldId: string | undefined;
  /** The fields that may hold each track's estimate in a project, the best one first; none while its boards disagree. */
  readonly estimateFieldIds: (projectKey: string) => Readonly<Record<string, readonly string[]>>;
  /** Those that are shown besides, as far as this Jira has them. */
  readonly extraFields: readonly FieldInfo[];
  /** All of them, for a request's `fields`. */
  readonly all: readonly string[];
}

/** Where a project's issues may keep a track's estimate. */
export interface Candidates {
  /** The best one first. */
  readonly fieldIds: readonly string[];
  /** True when the project's own boards estimate by different fields: nothing decides among `fieldIds`, not even the issue. */
  readonly isUndecided: boolean;
  /** The project's board by each of the fields. */
  readonly boards: readonly BoardField[];
}

export interface EstimationFields {
  /**
   * @throws JIRA_FORBIDDEN, JIRA_RATE_LIMITED, JIRA_UNAVAILABLE.
   */
  readonly forProjects: (projectKeys: readonly string[]) => Promise<FieldMap>;
  /** @throws as `forProjects`. */
  readonly findCandidates: (projectKey: string, track: string) => Promise<Candidates>;
  /** What Jira calls a field and what type it has; only its id when Jira does not list it. @throws as `forProjects`. */
  readonly findField: (fieldId: string) => Promise<FieldInfo>;
}

const rememberMs = 10 * 60_000;

const text = soft(z.string(), 'field');
const field = z.looseObject({
  id: z.string(),
  name: text,
  untranslatedName: text,
  schema: soft(z.looseObject({ type: text, custom: text }), 'field'),
});

const storyPointsName = /^story points?( estimate)?$/i;
const floatType = 'com.atlassian.jira.plugin.system.customfieldtypes:float';
const estimateType = 'com.pyxis.greenhopper.jira:jsw-story-points';
/** Types of a field of that name that is no number field but can hold one. */
const otherTypes = ['string', 'option'];

/**
 * Finds out where this Jira keeps story points: what is configured, else the field of the project's own boards, else fields of that kind or name.
 */
export function createEstimationFields(options: EstimationFieldsOptions): EstimationFields {
  const { client, api, configured, configuredByProject, extraFields, now } = options;
  const knownProjects = new Set<string>();

  const readFields = createMemo(
    async () => {
      const fields = parseEntries(field, z.array(z.unknown()).parse(await client.send({ method: 'GET', path: `${api}/field` })), 'field');
      const ofType = (type: string) => fields.filter(({ schema }) => schema?.custom === type).map(({ id }) => id);
      // Names are translated into the language of our user, this one is not.
      const named = fields.filter(
        (each) =>
          each.id.startsWith('customfield_') &&
          [each.name, each.untranslatedName].some((name) => storyPointsName.test((name ?? '').trim().replace(/\s+/g, ' '))),
      );
      const pick = (isWanted: (each: (typeof named)[number]) => boolean) => named.filter(isWanted).map(({ id }) => id);
      return {
        sprintFieldId: ofType('com.pyxis.greenhopper.jira:gh-sprint')[0],
        epicFieldId: ofType('com.pyxis.greenhopper.jira:gh-epic-link')[0],
        storyPointIds: [
          ...new Set([
            ...pick(({ schema }) => schema?.custom === floatType),
            ...ofType(estimateType),
            ...pick(({ schema }) => otherTypes.includes(schema?.type ?? '')),
          ]),
        ],
        byId: new Map(
          fields.map(({ id, name, schema }): [string, FieldInfo] => [
            id,
            { id, name: name ?? id, schema: schema === null || schema === undefined ? undefined : { type: schema.type } },
          ]),
        ),
      };
    },
    rememberMs,
    now,
  );

  const findBoards = createMemo((projectKey) => findBoardFields(client, api, projectKey), rememberMs, now);

  const isDiscovered = configured[defaultTrack] === undefined;

  /** For the default track. */
  const choose = (projectKey: string, boards: readonly BoardField[], storyPointIds: readonly string[]): Candidates => {
    const given = configuredByProject[projectKey] ?? configured[defaultTrack];
    if (given !== undefined) return { fieldIds: [given], isUndecided: false, boards };
    // What a board does not estimate by may hold another number, but not the one that we would write over.
    const ofBoards = boards.map(({ fieldId }) => fieldId);
    return { fieldIds: ofBoards.length > 0 ? ofBoards : storyPointIds, isUndecided: ofBoards.length > 1, boards };
  };

  return {
    forProjects: async (projectKeys) => {
      const [custom, boards] = await Promise.all([
        readFields(''),
        isDiscovered
          ? Promise.all(
              [...new Set([...projectKeys, ...knownProjects])].map(async (key) => [key, await findBoards(key).catch(() => [])] as const),
            )
          : [],
      ]);
      for (const [key, found] of boards) if (found.length > 0) knownProjects.add(key);
      const byProject = new Map(boards);
      const given = Object.fromEntries(Object.entries(configured).map(([track, id]) => [track, [id]]));
      const discovered = isDiscovered
        ? [...boards.flatMap(([, found]) => found.map(({ fieldId }) => fieldId)), ...custom.storyPointIds]
        : [];
      const all = [
        ...Object.values(configured),
        ...Object.values(configuredByProject),
        ...discovered,
        custom.sprintFieldId,
        custom.epicFieldId,
      ];
      return {
        sprintFieldId: custom.sprintFieldId,
        epicFieldId: custom.epicFieldId,
        estimateFieldIds: (projectKey) => {
          const { fieldIds, isUndecided } = choose(projectKey, byProject.get(projectKey) ?? [], custom.storyPointIds);
          return { ...given, [defaultTrack]: isUndecided ? [] : fieldIds };
        },
        extraFields: extraFields.flatMap((id) => custom.byId.get(id) ?? []),
        all: [...new Set([...all, ...extraFields])].filter((id) => id !== undefined),
      };
    },

    findCandidates: async (projectKey, track) => {
      if (track !== defaultTrack) {
        const given = findOfTrack(configured, track);
        return { fieldIds: given === undefined ? [] : [given], isUndecided: false, boards: [] };
      }
      const isGiven = configuredByProject[projectKey] !== undefined || !isDiscovered;
      // Where the field is configured, the issue can be edited without a board that can be asked.
      const boards = await findBoards(projectKey).catch((error: unknown) => {
        if (isGiven) return [];
        throw error;
      });
      return choose(projectKey, boards, isGiven ? [] : (await readFields('')).storyPointIds);
    },

    findField: async (fieldId) => (await readFields('')).byId.get(fieldId) ?? { id: fieldId, name: fieldId, schema: undefined },
  };
}
