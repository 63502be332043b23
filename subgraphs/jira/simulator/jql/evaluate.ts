import { plainText } from '../description.ts';
import { findIssue, isVisible, type SimIssue, type World } from '../world.ts';
import { type Clause, JqlError, type Operand, type Operator, type Order, parseJql } from './parse.ts';

export interface RunOptions {
  /** Cloud's `search/jql` refuses a query without any condition. */
  readonly mustBeBounded: boolean;
  /** False: values that do not exist find nothing instead of failing, as Data Center's `validateQuery: false`. */
  readonly isStrict: boolean;
  /** Milliseconds, for `updated >= -7d` and the like. */
  readonly now: number;
}

type Test = (issue: SimIssue) => boolean;

const priorities = ['Lowest', 'Low', 'Medium', 'High', 'Highest'];
const dayMs = 86_400_000;

/**
 * The visible issues that a JQL finds, in its order (unless it has one: newest first).
 *
 * @throws JqlError in Jira's words.
 */
export function runJql(world: World, jql: string, options: RunOptions): SimIssue[] {
  const query = parseJql(jql);
  if (options.mustBeBounded && query.where === undefined)
    throw new JqlError('Unbounded JQL queries are not allowed here. Please add a search restriction to your query.');
  const test = query.where === undefined ? () => true : compile(world, query.where, options);
  const orders = query.orderBy.length === 0 ? [{ field: 'created', isDescending: true }] : query.orderBy;
  const compare = orders.map((order) => compileOrder(world, order));
  return world.issues
    .filter((issue) => isVisible(issue) && test(issue))
    .sort((a, b) => compare.reduce((sofar, by) => (sofar === 0 ? by(a, b) : sofar), 0));
}

function compile(world: World, clause: Clause, options: RunOptions): Test {
  switch (clause.kind) {
    case 'and': {
      const tests = clause.clauses.map((inner) => compile(world, inner, options));
      return (issue) => tests.every((test) => test(issue));
    }
    case 'or': {
      const tests = clause.clauses.map((inner) => compile(world, inner, options));
      return (issue) => tests.some((test) => test(issue));
    }
    case 'not': {
      const test = compile(world, clause.clause, options);
      return (issue) => !test(issue);
    }
    case 'term':
      return compileTerm(world, clause, options);
  }
}

interface Field {
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

function findField(world: World, given: string, options: RunOptions): Field {
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

function compileTerm(world: World, term: Clause & { kind: 'term' }, options: RunOptions): Test {
  const field = findField(world, term.field, options);
  const { operator } = term;
  if (!field.operators.includes(operator)) throw new JqlError(`The operator '${operator}' is not supported by the '${term.field}' field.`);
  const values = toValues(world, field, term.field, term.operand, options);
  const matches = (issue: SimIssue) => {
    const own = field.read(issue);
    return values.some((value) => (value === undefined ? own.length === 0 : own.includes(value) || equalsAsNumber(field, own, value)));
  };
  switch (operator) {
    case '=':
    case 'in':
    case 'is':
      return matches;
    // As in Jira, `!=` finds nothing where the field is empty, unless EMPTY is what it compares with.
    case '!=':
    case 'not in':
    case 'is not':
      return (issue) => (field.read(issue).length > 0 || values.includes(undefined)) && !matches(issue);
    case '~':
    case '!~': {
      const words = (values[0] ?? '').replace(/[*"]/g, '').split(/\s+/);
      const contains = (issue: SimIssue) => words.every((word) => field.read(issue).some((own) => own.includes(word)));
      return operator === '~' ? contains : (issue) => !contains(issue);
    }
    default: {
      const toNumber = field.toNumber ?? Number;
      const limit = toNumber(values[0] ?? '');
      return (issue) => field.read(issue).some((own) => compareNumbers(operator, toNumber(own), limit));
    }
  }
}

function equalsAsNumber(field: Field, own: readonly string[], value: string): boolean {
  return field.toNumber === Number && own.some((each) => Number(each) === Number(value));
}

function compareNumbers(operator: '<' | '>' | '<=' | '>=', a: number, b: number): boolean {
  if (operator === '<') return a < b;
  if (operator === '>') return a > b;
  return operator === '<=' ? a <= b : a >= b;
}

/** The operand's values, lower case; undefined stands for EMPTY. */
function toValues(world: World, field: Field, given: string, operand: Operand, options: RunOptions): (string | undefined)[] {
  switch (operand.kind) {
    case 'empty':
      return [undefined];
    case 'list':
      return operand.items.flatMap((item) => toValues(world, field, given, item, options));
    case 'function':
      return callFunction(world, operand.name, options.now);
    case 'value': {
      const value = operand.text.toLowerCase();
      if (options.isStrict && field.exists?.(value) === false) {
        if (['key', 'issuekey', 'issue', 'id'].includes(field.name))
          throw new JqlError(`An issue with key '${operand.text}' does not exist for field '${given}'.`);
        throw new JqlError(`The value '${operand.text}' does not exist for the field '${given}'.`);
      }
      if (field.toNumber === Number && Number.isNaN(Number(value)))
        throw new JqlError(`The value '${operand.text}' for the field '${given}' is not a number.`);
      return [value];
    }
  }
}

function callFunction(world: World, name: string, now: number): string[] {
  const inState = (state: string) => world.sprints.filter((sprint) => sprint.state === state).map((sprint) => String(sprint.id));
  switch (name.toLowerCase()) {
    case 'opensprints':
      return inState('active');
    case 'futuresprints':
      return inState('future');
    case 'closedsprints':
      return inState('closed');
    case 'currentuser':
      return [world.me.accountId];
    case 'now':
      return [new Date(now).toISOString()];
    case 'startofday':
      return [new Date(now - (now % dayMs)).toISOString()];
    default:
      throw new JqlError(`Unable to find JQL function '${name}()'.`);
  }
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

function compileOrder(world: World, { field: given, isDescending }: Order): (a: SimIssue, b: SimIssue) => number {
  const field = findField(world, given, { now: 0, isStrict: true, mustBeBounded: false });
  const sign = isDescending ? -1 : 1;
  const keyOrder = ['key', 'issuekey', 'id'].includes(field.name);
  return (a, b) => {
    if (keyOrder && a.project !== b.project) return a.project.key < b.project.key ? -sign : sign;
    const left = keyOrder ? a.key : field.read(a)[0];
    const right = keyOrder ? b.key : field.read(b)[0];
    if (left === right) return 0;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    if (field.toNumber !== undefined) return sign * (field.toNumber(left) - field.toNumber(right));
    return left < right ? -sign : sign;
  };
}
