/** What one of Jira's webhooks says about issues. */
export interface IssueChange {
  /** The issue's key, and the one it had before if this is its move. */
  readonly keys: readonly string[];
  /** Milliseconds since 1970, by Jira's clock; undefined when it does not say. */
  readonly at: number | undefined;
}

const issueEvents = ['jira:issue_created', 'jira:issue_updated', 'jira:issue_deleted'];

/**
 * Reads a webhook's body (https://developer.atlassian.com/cloud/jira/platform/webhooks/): undefined for events that are not about an issue's fields.
 */
export function toIssueChange(body: unknown): IssueChange | undefined {
  const { webhookEvent, issue, changelog, timestamp } = toRecord(body);
  const { key } = toRecord(issue);
  if (typeof webhookEvent !== 'string' || !issueEvents.includes(webhookEvent) || typeof key !== 'string') return undefined;
  const { items } = toRecord(changelog);
  const formerKeys = (Array.isArray(items) ? items : []).map(toRecord).filter(({ field }) => field === 'Key');
  const keys = [key, ...formerKeys.map(({ fromString }) => fromString)].filter((entry): entry is string => typeof entry === 'string');
  return { keys: [...new Set(keys)], at: typeof timestamp === 'number' ? timestamp : undefined };
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
