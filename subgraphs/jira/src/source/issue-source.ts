import type { JiraError } from '../domain/errors.ts';
import type { FieldForm } from '../domain/estimate-value.ts';
import type { Board, Estimability, Issue, Project, SavedFilter, Sprint } from '../domain/issue.ts';
import type { AttachedPicture, PictureForm } from '../domain/pictures.ts';

/** What came of asking for one issue. Times are milliseconds since 1970; what changes after `fetchedAt` need not be in it. */
export type Found =
  | { readonly status: 'found'; readonly issue: Issue; readonly fetchedAt: number; readonly isStale: boolean }
  | { readonly status: 'failed'; readonly error: JiraError };

export interface PageRequest {
  /** How many at most, 1 to 200; Jira may give fewer. */
  readonly first: number;
  /** A `nextCursor` of the same query; the beginning when undefined. */
  readonly cursor: string | undefined;
}

export interface IssuePage {
  readonly found: readonly (Found & { status: 'found' })[];
  /** Undefined on the last page. */
  readonly nextCursor: string | undefined;
  /** True on a last page after which Jira promised more but gave none. */
  readonly isTruncated: boolean;
}

/** Where an issue keeps a track's estimate, and what stood there when we looked. */
export interface EstimateSlot {
  readonly key: string;
  readonly track: string;
  readonly fieldId: string;
  readonly form: FieldForm;
  /** The board that estimates by the field: its issues can be estimated even when the field is on no screen. */
  readonly boardId: string | undefined;
  readonly isOnScreen: boolean;
  readonly value: number | null;
  /** What stands there when it is no number. */
  readonly unreadable: string | undefined;
}

/**
 * Where issues come from. Keys are given in Jira's own form (see `parseKey`).
 * Every method may throw JIRA_FORBIDDEN (our credentials or rights do not suffice), JIRA_RATE_LIMITED and JIRA_UNAVAILABLE.
 */
export interface IssueSource {
  /** One entry for each key, in the order of `keys`; never throws: what went wrong stands at the key that it went wrong for. */
  findMany(keys: readonly string[]): Promise<readonly Found[]>;

  /** @throws JQL_INVALID with Jira's own message, CURSOR_INVALID. */
  search(jql: string, page: PageRequest): Promise<IssuePage>;

  /** @throws BOARD_NOT_FOUND, CURSOR_INVALID. */
  findBacklog(boardId: string, page: PageRequest): Promise<IssuePage>;

  /** In Jira's order. */
  findBoards(projectKey: string | undefined): Promise<readonly Board[]>;

  /** In Jira's order; none for a kanban board. @throws BOARD_NOT_FOUND. */
  findSprints(boardId: string): Promise<readonly Sprint[]>;

  /** The JQL of a saved filter, or one that finds the same. @throws INVALID_INPUT when there is none that Jira shows us. */
  findFilterJql(id: string): Promise<string>;

  findSavedFilters(): Promise<readonly SavedFilter[]>;

  findProjects(): Promise<readonly Project[]>;

  /** One entry for each key, in the order of `keys`; never throws. */
  findEstimability(keys: readonly string[], track: string): Promise<readonly (Estimability | JiraError)[]>;

  /** The bytes of an issue's picture, whatever they are; its thumbnail also when the whole is too large. @throws PICTURE_NOT_FOUND, PICTURE_TOO_LARGE. */
  readPicture(picture: AttachedPicture, form: PictureForm): Promise<Uint8Array>;

  /** Under which id Cloud's editor knows an attached file; undefined when Jira does not tell. */
  findMediaId(attachmentId: string): Promise<string | undefined>;

  /** Asks Jira itself, never a cache. @throws ISSUE_NOT_FOUND, JIRA_FIELD_MISSING. */
  readEstimate(key: string, track: string): Promise<EstimateSlot>;

  /** Not retried. After JIRA_UNAVAILABLE it may or may not have happened. @throws ISSUE_NOT_FOUND, JIRA_FIELD_NOT_ON_SCREEN. */
  writeEstimate(slot: EstimateSlot, value: number): Promise<void>;

  /**
   * Makes our one comment for a track on an issue say this; safe to repeat, but after JIRA_UNAVAILABLE not before `retryAfterSeconds`, if it has that:
   * Jira may still be about to make it. @throws ISSUE_NOT_FOUND, JIRA_FORBIDDEN.
   */
  writeComment(key: string, track: string, text: string): Promise<void>;
}
