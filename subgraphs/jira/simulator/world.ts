/** The simulator's own picture of a Jira site: plain data, rendered to REST by render.ts. */

export interface SimUser {
  readonly accountId: string;
  /** How Data Center names them. */
  readonly name: string;
  readonly displayName: string;
}

export interface SimProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly isTeamManaged: boolean;
  readonly components: readonly string[];
  /** Custom fields that issues of this project have at all. */
  readonly fieldIds: readonly string[];
  /** Those of them that stand on the edit screen: only these can be PUT. */
  readonly fieldIdsOnScreen: readonly string[];
}

export interface SimField {
  readonly id: string;
  readonly name: string;
  readonly custom: boolean;
  readonly type: string;
  /** The custom type's full key. */
  readonly customType?: string;
  readonly projectId?: string;
}

export interface SimSprint {
  readonly id: number;
  readonly boardId: number;
  readonly name: string;
  readonly state: 'closed' | 'active' | 'future';
  readonly startDate?: string;
  readonly endDate?: string;
  readonly goal: string;
}

export interface SimBoard {
  readonly id: number;
  readonly name: string;
  readonly type: 'scrum' | 'kanban' | 'simple';
  readonly projectKey: string;
  /** None on a kanban board. */
  estimationFieldId?: string;
}

export interface SimStatus {
  readonly id: string;
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done';
}

export interface SimFilter {
  readonly id: string;
  readonly name: string;
  readonly jql: string;
}

export interface SimComment {
  readonly id: string;
  readonly author: SimUser;
  /** ADF on Cloud, wiki text on Data Center. */
  body: unknown;
  /** Entity properties by key. */
  readonly properties: ReadonlyMap<string, unknown>;
  readonly created: string;
  updated: string;
}

export interface SimChange {
  readonly at: string;
  readonly author: SimUser;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface SimAttachment {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Under which Cloud's editor knows the file. */
  readonly mediaId: string;
}

/** Paragraphs of a description, for both ADF (Cloud) and wiki text (Data Center). */
export type SimBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'bullets'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'picture'; readonly attachment: SimAttachment };

export interface SimIssue {
  readonly id: string;
  key: string;
  formerKeys: string[];
  readonly project: SimProject;
  summary: string;
  description: readonly SimBlock[];
  readonly type: 'Story' | 'Task' | 'Bug' | 'Epic' | 'Sub-task';
  status: SimStatus;
  readonly priority: string;
  readonly assignee: SimUser | null;
  readonly reporter: SimUser;
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly parentId: string | null;
  readonly links: { readonly relation: 'Blocks' | 'Relates'; readonly direction: 'outward' | 'inward'; readonly issueId: string }[];
  readonly sprints: readonly SimSprint[];
  /** Values of custom number fields by field id; absent or null is empty. */
  readonly numbers: Map<string, number | null>;
  readonly attachments: SimAttachment[];
  /** Of the field with acceptance criteria; none where an issue does not have it. */
  readonly criteria: readonly SimBlock[];
  readonly comments: SimComment[];
  readonly changelog: SimChange[];
  readonly created: string;
  updated: string;
  /** Reading it answers as if it did not exist, writing 403 or 404. */
  isForbidden: boolean;
  /** It can be read, but an edit answers 403. */
  isReadOnly: boolean;
  isDeleted: boolean;
}

export interface World {
  readonly users: readonly SimUser[];
  readonly me: SimUser;
  readonly fields: readonly SimField[];
  readonly projects: readonly SimProject[];
  readonly boards: readonly SimBoard[];
  readonly sprints: readonly SimSprint[];
  readonly filters: readonly SimFilter[];
  readonly issues: readonly SimIssue[];
  readonly byId: ReadonlyMap<string, SimIssue>;
  /** By upper-case key, former keys included. */
  readonly byKey: Map<string, SimIssue>;
}

/** Finds by id, key or former key, whatever the case; deleted and forbidden issues are found, too. */
export function findIssue(world: World, idOrKey: string): SimIssue | undefined {
  return world.byId.get(idOrKey) ?? world.byKey.get(idOrKey.toUpperCase());
}

/** True for an issue that the API user can see. */
export function isVisible(issue: SimIssue): boolean {
  return !issue.isForbidden && !issue.isDeleted;
}
