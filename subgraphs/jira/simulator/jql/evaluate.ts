import { isVisible, type SimIssue, type World } from '../world.ts';
import { dayMs, type Field, findField, type RunOptions } from './fields.ts';
import { type Clause, JqlError, type Operand, type Order, parseJql } from './parse.ts';

type Test = (issue: SimIssue) => boolean;

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
