/** What one of Jira's webhooks, or a rule of Jira Automation, says about issues. */
export interface IssueChange {
  /** Keys of the issues, and those they had before if this is a move. */
  readonly keys: readonly string[];
  /** Jira's own numbers of issues of which it tells no key. */
  readonly ids: readonly string[];
  /** The sprints of which all issues have changed. */
  readonly sprintIds: readonly string[];
  /** Milliseconds since 1970, by Jira's clock; undefined when it does not say. */
  readonly at: number | undefined;
}

/** About an issue itself, or about something of it that is shown here; the others (comments, worklogs) change nothing of it. */
const issueEvents =
  /^(?:jira:)?issue_(?:created|updated|deleted|moved|generic|assigned|resolved|closed|reopened)$|^issue_property_|^attachment_/;
const linkEvents = /^issuelink_(?:created|deleted)$/;
const sprintEvents = /^sprint_(?:created|updated|started|closed|deleted)$/;

/**
 * Reads a webhook's body (https://developer.atlassian.com/cloud/jira/platform/webhooks/), and the body that Jira Automation sends unless told
 * otherwise (an issue at the top, https://support.atlassian.com/cloud-automation/docs/jira-automation-actions/#Send-web-request).
 * `query` is that of the address: a webhook that excludes its body names the issue there. Undefined for what is not about issues.
 */
export function toIssueChange(body: unknown, query: URLSearchParams = new URLSearchParams()): IssueChange | undefined {
  const given = toRecord(body);
  const event = toText(given['webhookEvent']);
  const { keys, ids } = toNamed(event, given, query);
  const sprintId = sprintEvents.test(event ?? '') ? toId(toRecord(given['sprint'])['id']) : undefined;
  const sprintIds = sprintId === undefined ? [] : [sprintId];
  if (keys.length === 0 && ids.length === 0 && sprintIds.length === 0) return undefined;
  const at = given['timestamp'];
  return { keys: [...new Set(keys)], ids: [...new Set(ids)], sprintIds, at: typeof at === 'number' ? at : undefined };
}

interface Named {
  readonly keys: readonly string[];
  readonly ids: readonly string[];
}

function toNamed(event: string | undefined, given: Readonly<Record<string, unknown>>, query: URLSearchParams): Named {
  const none: Named = { keys: [], ids: [] };
  if (event === undefined) {
    // Automation sends the issue itself, alone or as `issue`; a webhook without a body has its address alone.
    const sent = 'fields' in given ? given : toRecord(given['issue']);
    const named = toIssueName(sent);
    return named.keys.length > 0 || named.ids.length > 0 ? named : toQueryName(query);
  }
  if (linkEvents.test(event)) {
    const { sourceIssueId, destinationIssueId } = toRecord(given['issueLink']);
    return { keys: [], ids: [sourceIssueId, destinationIssueId].map(toId).filter((id) => id !== undefined) };
  }
  if (!issueEvents.test(event)) return none;
  const named = toIssueName(toRecord(given['issue']));
  const { items } = toRecord(given['changelog']);
  const formerKeys = (Array.isArray(items) ? items : [])
    .map(toRecord)
    .filter(({ field }) => field === 'Key')
    .map(({ fromString }) => toText(fromString))
    .filter((key) => key !== undefined);
  return named.keys.length === 0 && named.ids.length === 0 ? toQueryName(query) : { ...named, keys: [...named.keys, ...formerKeys] };
}

function toIssueName({ key, id }: Readonly<Record<string, unknown>>): Named {
  const known = toText(key);
  const number = toId(id);
  return { keys: known === undefined ? [] : [known], ids: known === undefined && number !== undefined ? [number] : [] };
}

/** Jira fills `${issue.key}` and `${issue.id}` into a webhook's address: https://developer.atlassian.com/cloud/jira/platform/webhooks/#variable-substitution-in-the-webhook-url */
function toQueryName(query: URLSearchParams): Named {
  const find = (...names: readonly string[]) => names.map((name) => query.get(name)).find((value) => value !== null && value !== '');
  return toIssueName({ key: find('issueKey', 'issue', 'key'), id: find('issueId', 'id') });
}

function toId(value: unknown): string | undefined {
  return typeof value === 'number' || (typeof value === 'string' && /^\d{1,18}$/.test(value)) ? String(value) : undefined;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
