import type { FindType } from '../domain/file-kinds.ts';
import type { Description, Project, SavedFilter } from '../domain/issue.ts';
import type { AttachedPicture, FindPicture, PictureForm } from '../domain/pictures.ts';
import type { Download } from './downloads.ts';
import type { PageRequest } from './issue-source.ts';
import type { JiraClient } from './jira-client.ts';
import type { RawIssue } from './to-issue.ts';

export interface ReadOptions {
  readonly fields: readonly string[];
  readonly expand?: 'editmeta';
}

export interface RawPage {
  readonly issues: readonly RawIssue[];
  /** Undefined on the last page; a page may be empty and not the last. */
  readonly nextCursor: string | undefined;
  /** True when Jira says that there is more, and not where. */
  readonly isCutShort?: boolean;
}

/** What Cloud and Data Center do differently; the rest is `createRestSource`. Refusals of Jira come through as JiraRefusal. */
export interface Dialect {
  /** `/rest/api/3` or `/rest/api/2`. */
  readonly api: string;
  readonly renderDescription: (description: unknown, findPicture: FindPicture, findType: FindType) => Description | null;
  /** Whether texts of custom fields are wiki text, as descriptions are. */
  readonly hasWikiTexts: boolean;
  /** A comment's body that says this. */
  readonly toCommentBody: (text: string) => unknown;
  /** The readable ones among at most 100 issues, by keys or ids, in any order, and the keys or ids of those that Jira could not read just now. One request. */
  readonly fetchMany: (
    client: JiraClient,
    idsOrKeys: readonly string[],
    options: ReadOptions,
  ) => Promise<{ readonly issues: readonly RawIssue[]; readonly failed: readonly string[] }>;
  readonly search: (client: JiraClient, jql: string, page: PageRequest, fields: readonly string[]) => Promise<RawPage>;
  /** Where an attachment's bytes are. */
  readonly toDownload: (picture: AttachedPicture, form: PictureForm) => Download;
  /** Where Jira redirects to the file that an attachment is for its editor; undefined where it has no such files. */
  readonly toMediaRedirect: ((attachmentId: string) => Download) | undefined;
  readonly findProjects: (client: JiraClient) => Promise<readonly Project[]>;
  readonly findSavedFilters: (client: JiraClient) => Promise<readonly SavedFilter[]>;
}
