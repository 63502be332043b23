import type { Issue } from '../domain/issue.ts';

/** An issue on its way to a client. */
export interface IssueView {
  /** As it was asked for. */
  readonly askedKey: string;
  readonly issue: Issue;
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
  readonly isStale: boolean;
}
