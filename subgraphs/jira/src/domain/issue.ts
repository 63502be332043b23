import type { AttachedPicture } from './pictures.ts';

/** A Jira issue as both flavours of Jira tell it. Dates are ISO 8601 in UTC. */
export interface Issue {
  readonly id: string;
  /** The key it has now. */
  readonly key: string;
  readonly url: string;
  readonly summary: string;
  readonly description: Description | null;
  readonly type: { readonly name: string; readonly isSubtask: boolean };
  readonly status: IssueStatus;
  readonly priority: string | null;
  readonly assignee: JiraPerson | null;
  readonly reporter: JiraPerson | null;
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly parent: IssueStub | null;
  readonly sprint: Sprint | null;
  /** Jira's estimates by track; a track without one is absent. */
  readonly estimates: Readonly<Record<string, number>>;
  readonly created: string;
  readonly updated: string;
  readonly subtasks: readonly IssueStub[];
  readonly links: readonly { readonly relation: string; readonly issue: IssueStub }[];
  /** Custom fields that are shown besides, in the configured order. */
  readonly extraFields: readonly ExtraField[];
  /** Attachments that may be shown. */
  readonly pictures: readonly AttachedPicture[];
}

export interface ExtraField extends Description {
  readonly name: string;
}

export interface Description {
  readonly text: string;
  readonly html: string;
}

export type StatusCategory = 'TO_DO' | 'IN_PROGRESS' | 'DONE' | 'UNDEFINED';

export interface IssueStatus {
  readonly name: string;
  readonly category: StatusCategory;
}

export interface JiraPerson {
  readonly name: string;
  readonly avatarUrl: string | null;
}

export interface IssueStub {
  readonly key: string;
  readonly summary: string;
  readonly status: IssueStatus | null;
}

export type SprintState = 'ACTIVE' | 'FUTURE' | 'CLOSED';

export interface Sprint {
  readonly id: string;
  readonly name: string;
  readonly state: SprintState;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly goal: string | null;
}

export interface Board {
  readonly id: string;
  readonly name: string;
  readonly type: 'SCRUM' | 'KANBAN' | 'SIMPLE';
  readonly projectKey: string | null;
}

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly isTeamManaged: boolean;
}

export interface SavedFilter {
  readonly id: string;
  readonly name: string;
  readonly jql: string;
  readonly owner: JiraPerson | null;
}

/** Whether Jira would take an estimate. */
export type Estimability = (
  | { readonly can: true }
  | {
      readonly can: false;
      readonly reason: 'NO_FIELD' | 'SEVERAL_FIELDS' | 'FIELD_TYPE' | 'NOT_ON_SCREEN' | 'NO_PERMISSION';
      readonly remedy: string;
    }
) & {
  /** Where it would go; null when no field is known, or several are. */
  readonly field: EstimationField | null;
};

/** A field of Jira that holds estimates. */
export interface EstimationField {
  readonly id: string;
  readonly name: string;
}

/** The track of a session that estimates one thing only. */
export const defaultTrack = 'estimate';

/** A track's name as variables spell it, in lower case: `Front-End` and `front_end` are one. */
export function toTrackName(track: string): string {
  return track.toLowerCase().replaceAll('-', '_');
}

/** What is kept for a track, however it is spelt; undefined when there is nothing, also for a track that is called `constructor`. */
export function findOfTrack<Value>(byTrack: Readonly<Record<string, Value>>, track: string): Value | undefined {
  const name = toTrackName(track);
  return Object.hasOwn(byTrack, name) ? byTrack[name] : undefined;
}

/** The keys of the issues that an issue tells of in passing: parent, subtasks and links. */
export function findNeighbours({ parent, subtasks, links }: Issue): readonly string[] {
  return [...(parent === null ? [] : [parent]), ...subtasks, ...links.map(({ issue }) => issue)].map(({ key }) => key);
}

/** The issue without those of its neighbours that are not to be shown. */
export function keepNeighbours(issue: Issue, isShown: (key: string) => boolean): Issue {
  const { parent, subtasks, links } = issue;
  return {
    ...issue,
    parent: parent !== null && isShown(parent.key) ? parent : null,
    subtasks: subtasks.filter(({ key }) => isShown(key)),
    links: links.filter(({ issue: { key } }) => isShown(key)),
  };
}

/** The sprint an issue counts as being in: the active one, else the next one, else the last one it was in. */
export function toCurrentSprint(sprints: readonly Sprint[]): Sprint | null {
  return sprints.find(({ state }) => state === 'ACTIVE') ?? sprints.find(({ state }) => state === 'FUTURE') ?? sprints.at(-1) ?? null;
}
