import type { JiraError } from '../domain/errors.ts';
import type { Issue } from '../domain/issue.ts';
import type { Found } from '../source/issue-source.ts';

/** An issue on its way to a client. */
export interface IssueView {
  /** As it was asked for. */
  readonly askedKey: string;
  readonly issue: Issue;
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
  readonly isStale: boolean;
}

/** What came of asking for a key, as a DataLoader wants it. */
export function toView(askedKey: string, found: Found): IssueView | JiraError {
  if (found.status === 'failed') return found.error;
  const { issue, fetchedAt, isStale } = found;
  return { askedKey, issue, fetchedAt, isStale };
}
