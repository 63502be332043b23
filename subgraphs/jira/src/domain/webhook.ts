import { toKeys } from './keys.ts';

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
const linkEvents = /^(?:jira:)?issuelink_(?:created|deleted)$/;
const sprintEvents = /^(?:jira:)?sprint_(?:created|updated|started|closed|deleted)$/;
/** Of one body, of each kind; Automation sends lists. */
const mostNamed = 1_000;

/**
 * Reads a webhook's body (https://developer.atlassian.com/cloud/jira/platform/webhooks/), and what rules of Jira Automation send: an issue at the top
 * unless told otherwise (https://support.atlassian.com/cloud-automation/docs/jira-automation-actions/#Send-web-request), or, as data of one's own,
 * issues or their keys, one or a list of them. `query` is that of the address: a webhook that excludes its body names there what it is about.
 * Undefined for what is not about issues.
 */
export function toIssueChange(body: unknown, query: URLSearchParams = new URLSearchParams()): IssueChange | undefined {
  const given = toRecord(body);
  const event = toText(given['webhookEvent']);
  const told = event === undefined ? { ...toSent(body), sprintIds: [] } : toTold(event, given);
  // What is about issues and names none in its body has its address alone.
  const { keys, ids, sprintIds } = told !== undefined && isEmpty(told) ? toQueried(query) : (told ?? nothing);
  if (isEmpty({ keys, ids, sprintIds })) return undefined;
  const at = given['timestamp'];
  return { keys: toSome(keys), ids: toSome(ids), sprintIds, at: typeof at === 'number' ? at : undefined };
}

interface Named {
  readonly keys: readonly string[];
  readonly ids: readonly string[];
}

type Told = Named & Pick<IssueChange, 'sprintIds'>;

const nothing: Told = { keys: [], ids: [], sprintIds: [] };
const isEmpty = ({ keys, ids, sprintIds }: Told): boolean => keys.length + ids.length + sprintIds.length === 0;
const toSome = (names: readonly string[]): readonly string[] => [...new Set(names)].slice(0, mostNamed);

/** Of an event; undefined for one that changes nothing which is shown here. */
function toTold(event: string, given: Readonly<Record<string, unknown>>): Told | undefined {
  if (linkEvents.test(event)) {
    const { sourceIssueId, destinationIssueId } = toRecord(given['issueLink']);
    return { ...nothing, ids: toIds([sourceIssueId, destinationIssueId]) };
  }
  if (sprintEvents.test(event)) return { ...nothing, sprintIds: toIds([toRecord(given['sprint'])['id']]) };
  if (!issueEvents.test(event)) return undefined;
  const issue = toRecord(given['issue']);
  const named = toIssueName(issue);
  if (named.keys.length === 0 && named.ids.length === 0) return nothing;
  const { items } = toRecord(given['changelog']);
  const changes = (Array.isArray(items) ? items : []).slice(0, mostNamed).map(toRecord);
  const of = (field: RegExp) => changes.filter((change) => field.test(toText(change['field']) ?? ''));
  const formerKeys = of(/^key$/i).map(({ fromString }) => fromString);
  // An issue lists its subtasks with their summaries and states.
  const formerParents = of(/^(?:parent|parent issue|IssueParentAssociation)$/i);
  const parents = formerParents.flatMap(({ fromString, toString: to }) => [fromString, to]);
  const parent = toRecord(toRecord(issue['fields'])['parent'])['key'];
  return {
    ...named,
    keys: [...named.keys, ...toNamedKeys([...formerKeys, parent, ...parents])],
    ids: [...named.ids, ...toIds(formerParents.flatMap(({ from, to }) => [from, to]))],
    sprintIds: [],
  };
}

/** Of what Automation sends: the issue itself, or data that hold it or its key under a name of theirs. */
function toSent(body: unknown): Named {
  if (Array.isArray(body)) return toAll(body);
  const given = toRecord(body);
  const { issue, issueKey, issues } = given;
  if (Array.isArray(issues)) return toAll(issues);
  const all = [given, issue, { key: issueKey, id: given['issueId'] }].map(toItem);
  return all.find(({ keys, ids }) => keys.length > 0 || ids.length > 0) ?? nothing;
}

function toAll(list: readonly unknown[]): Named {
  const named = list.slice(0, mostNamed).map(toItem);
  return { keys: named.flatMap(({ keys }) => keys), ids: named.flatMap(({ ids }) => ids) };
}

/** An issue, or its key. */
function toItem(item: unknown): Named {
  return typeof item === 'string' ? { keys: toKeys([item]), ids: [] } : toIssueName(toRecord(item));
}

function toIssueName({ key, id }: Readonly<Record<string, unknown>>): Named {
  const keys = toNamedKeys([key]);
  return { keys, ids: keys.length > 0 ? [] : toIds([id]) };
}

/** Jira fills `${issue.key}`, `${issue.id}` and `${sprint.id}` into a webhook's address: https://developer.atlassian.com/cloud/jira/platform/webhooks/#variable-substitution-in-the-webhook-url */
function toQueried(query: URLSearchParams): Told {
  const find = (...names: readonly string[]) => names.map((name) => query.get(name)).find((value) => value !== null && value !== '');
  const named = toIssueName({ key: find('issueKey', 'issue', 'key'), id: find('issueId', 'id') });
  return { ...named, sprintIds: isEmpty({ ...named, sprintIds: [] }) ? toIds([find('sprintId', 'sprint')]) : [] };
}

/** What cannot be a key, as a variable that nobody has filled in, names nothing. */
function toNamedKeys(values: readonly unknown[]): readonly string[] {
  return toKeys(values.map((value) => toText(value) ?? ''));
}

function toIds(values: readonly unknown[]): readonly string[] {
  return values.map(toId).filter((id) => id !== undefined);
}

function toId(value: unknown): string | undefined {
  const digits = typeof value === 'number' ? String(value) : value;
  return typeof digits === 'string' && /^[1-9]\d{0,17}$/.test(digits) ? digits : undefined;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
