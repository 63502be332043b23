import { plainText } from '../description.ts';
import { findIssue, isVisible, type SimIssue, type World } from '../world.ts';
import { JqlError, type Operator } from './parse.ts';

export interface RunOptions {
  /** Cloud's `search/jql` refuses a query without any condition. */
  readonly mustBeBounded: boolean;
  /** False: values that do not exist find nothing instead of failing, as Data Center's `validateQuery: false`. */
  readonly isStrict: boolean;
  /** Milliseconds, for `updated >= -7d` and the like. */
  readonly now: number;
}

const priorities = ['Lowest', 'Low', 'Medium', 'High', 'Highest'];
export const dayMs = 86_400_000;

/** A field that JQL can ask for. */
export interface Field {
  readonly name: string;
  readonly operators: readonly Operator[];
  /** What an issue has there, lower case; empty when it has nothing. */
  readonly read: (issue: SimIssue) => readonly string[];
  /** Orders two values of `<`, `>` and ORDER BY; text order unless given. */
  readonly toNumber?: (value: string) => number;
  /** Whether a value can exist at all; any text may unless given. */
  readonly exists?: (value: string) => boolean;
}

const equality: readonly Operator[] = ['=', '!=', 'in', 'not in', 'is', 'is not'];
const ranges: readonly Operator[] = [...equality, '<', '>', '<=', '>='];
const text: readonly Operator[] = ['~', '!~', 'is', 'is not'];

/**
 * @throws JqlError when there is no such field.
 */
export function findField(world: World, given: string, options: RunOptions): Field {
  const name = given.toLowerCase();
  const field = systemField(world, name, options) ?? numberField(world, given);
  if (field === undefined) throw new JqlError(`Field '${given}' does not exist or you do not have permission to view it.`);
  return field;
}

function systemField(world: World, name: string, options: RunOptions): Field | undefined {
  const one = (value: string | null | undefined) => (value === null || value === undefined ? [] : [value.toLowerCase()]);
  const people =
    (read: (issue: SimIssue) => { accountId: string; name: string; displayName: string } | null): Field['read'] =>
    (issue) => {
      const person = read(issue);
      return person === null ? [] : [person.accountId, person.name.toLowerCase(), person.displayName.toLowerCase()];
    };
  const date = (read: (issue: SimIssue) => string): Field => ({
    name,
    operators: ranges,
    read: (issue) => [read(issue)],
    toNumber: (value) => toTime(value, name, options.now),
  });
  switch (name) {
    case 'project':
      return {
        name,
        operators: equality,
        read: ({ project }) => [project.key, project.name, project.id].map((value) => value.toLowerCase()),
        exists: (value) => world.projects.some(({ key, name: title, id }) => [key, title, id].some((own) => own.toLowerCase() === value)),
      };
    case 'key':
    case 'issuekey':
    case 'issue':
    case 'id':
      return {
        name,
        operators: ranges,
        read: (issue) => [issue.id, issue.key, ...issue.formerKeys].map((value) => value.toLowerCase()),
        exists: (value) => {
          const issue = findIssue(world, value);
          return issue !== undefined && isVisible(issue);
        },
        toNumber: (value) => Number(value.split('-')[1] ?? value),
      };
    case 'parent':
      return { name, operators: equality, read: (issue) => one(issue.parentId === null ? null : world.byId.get(issue.parentId)?.key) };
    case 'type':
    case 'issuetype': {
      const known = ['story', 'task', 'bug', 'epic', 'sub-task'];
      return { name, operators: equality, read: (issue) => one(issue.type), exists: (value) => known.includes(value) };
    }
    case 'status': {
      const known = ['to do', 'in progress', 'in review', 'done'];
      return { name, operators: equality, read: (issue) => one(issue.status.name), exists: (value) => known.includes(value) };
    }
    case 'statuscategory': {
      const names = { new: 'to do', indeterminate: 'in progress', done: 'done' } as const;
      return { name, operators: equality, read: (issue) => [names[issue.status.category], issue.status.category] };
    }
    case 'priority':
      return {
        name,
        operators: ranges,
        read: (issue) => one(issue.priority),
        exists: (value) => priorities.some((known) => known.toLowerCase() === value),
        toNumber: (value) => priorities.findIndex((known) => known.toLowerCase() === value.toLowerCase()),
      };
    case 'labels':
      return { name, operators: equality, read: (issue) => issue.labels.map((label) => label.toLowerCase()) };
    case 'component':
    case 'components':
      return { name, operators: equality, read: (issue) => issue.components.map((component) => component.toLowerCase()) };
    case 'assignee':
      return { name, operators: equality, read: people((issue) => issue.assignee) };
    case 'reporter':
      return { name, operators: equality, read: people((issue) => issue.reporter) };
    case 'sprint':
      return {
        name,
        operators: equality,
        read: (issue) => issue.sprints.flatMap((sprint) => [String(sprint.id), sprint.name.toLowerCase()]),
        exists: (value) => world.sprints.some((sprint) => String(sprint.id) === value || sprint.name.toLowerCase() === value),
      };
    case 'created':
    case 'createddate':
      return date((issue) => issue.created);
    case 'updated':
    case 'updateddate':
      return date((issue) => issue.updated);
    case 'summary':
      return { name, operators: text, read: (issue) => one(issue.summary) };
    case 'description':
      return { name, operators: text, read: (issue) => one(issue.description.length === 0 ? null : plainText(issue.description)) };
    case 'text':
      return { name, operators: text, read: (issue) => one(`${issue.summary} ${plainText(issue.description)}`) };
    case 'rank':
      return { name, operators: [], read: (issue) => [issue.id], toNumber: Number };
    default:
      return undefined;
  }
}

function numberField(world: World, given: string): Field | undefined {
  const field = world.fields.find(
    ({ id, name, type }) =>
      type === 'number' && (name.toLowerCase() === given.toLowerCase() || id === given || `cf[${id.slice(12)}]` === given.toLowerCase()),
  );
  if (field === undefined) return undefined;
  const read = (issue: SimIssue) => {
    const value = issue.numbers.get(field.id);
    return value === undefined || value === null ? [] : [String(value)];
  };
  return { name: field.name, operators: ranges, read, toNumber: Number };
}

function toTime(value: string, field: string, now: number): number {
  const relative = /^([+-]?\d+)([mhdw])$/.exec(value);
  if (relative !== null) {
    const unitMs = { m: 60_000, h: 3_600_000, d: dayMs, w: 7 * dayMs }[relative[2] as 'm' | 'h' | 'd' | 'w'];
    return now + Number(relative[1]) * unitMs;
  }
  const time = Date.parse(value.replaceAll('/', '-'));
  if (Number.isNaN(time))
    throw new JqlError(
      `Date value '${value}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
    );
  return time;
}
