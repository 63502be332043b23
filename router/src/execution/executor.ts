import type { GraphQLDataSource } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import type { RouterContext } from '../context.ts';
import { operationSeconds, operationsTotal, toOperationLabel } from '../metrics.ts';
import type { PlannedOperation } from '../planning/graph.ts';
import { invalidResponse } from '../upstream/response.ts';
import { logAccess } from './access-log.ts';
import { complete } from './completion.ts';
import { observe } from './observed-sources.ts';
import { runPlan } from './plan-run.ts';
import { readVariables } from './variables.ts';

export interface Execution {
  readonly planned: PlannedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RouterContext;
}

/** Errors are as the gateway gives them; whoever answers a client makes them public first. */
export interface Result {
  /** A `JsonText` perhaps. */
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
}

/** Runs planned queries and mutations, and subscription events when the event stands in for its fetch. */
export interface Executor {
  /** Errors of coercion have the code BAD_USER_INPUT and no data. */
  readonly execute: (execution: Execution) => Promise<Result>;
  /** Runs `plan`; `sources` take the place of the subgraphs' own. */
  readonly executePlan: (execution: Execution, plan: QueryPlan, sources: Readonly<Record<string, GraphQLDataSource>>) => Promise<Result>;
  /** Makes what the first execution would wait for. */
  readonly prepare: (planned: PlannedOperation) => void;
}

/** Of one answer; one more says how many there were: of a list of any length nobody needs more. */
const mostErrors = 1_000;

/**
 * Runs the fetches of a plan of any kind, and completes the answer by graphql-js.
 */
export function createExecutor(dataSources: Readonly<Record<string, GraphQLDataSource>>): Executor {
  const executePlan: Executor['executePlan'] = async ({ planned, variables, context }, plan, sources) => {
    const { graph } = planned;
    const observed = observe(sources, graph.supergraphSchema);
    const { tree, errors } = await runPlan({
      plan,
      operation: planned.operation,
      variables,
      sources: observed.sources,
      supergraphSchema: graph.supergraphSchema,
      context,
    });
    const completed = complete(planned, { observed, tree, variables, fetchErrors: errors });
    tellInvalid(completed.errors, context);
    return { data: completed.data, ...(completed.errors.length === 0 ? {} : { errors: inBounds(completed.errors) }) };
  };
  return {
    execute: async (execution) => {
      const errors = findVariableErrors(execution);
      if (errors !== undefined) return { errors };
      return executePlan(execution, execution.planned.queryPlan, dataSources);
    },
    executePlan,
    prepare: () => undefined,
  };
}

function inBounds(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const more = errors.length - mostErrors;
  if (more <= 0) return errors;
  const extensions = { code: invalidResponse, serviceName: errors[mostErrors]?.extensions['serviceName'] ?? 'router' };
  return [...errors.slice(0, mostErrors), new GraphQLError(`There are ${more} more errors.`, { extensions })];
}

/** Logs each kind of place once, however many of it there are. */
function tellInvalid(errors: readonly GraphQLError[], { log, requestId }: RouterContext): void {
  const counts = new Map<string, { subgraph: unknown; path: string; count: number }>();
  for (const { extensions, path = [] } of errors) {
    if (extensions['code'] !== invalidResponse) continue;
    const place = path.filter((part) => typeof part === 'string').join('.');
    const key = `${String(extensions['serviceName'])} ${place}`;
    const known = counts.get(key) ?? { subgraph: extensions['serviceName'], path: place, count: 0 };
    counts.set(key, { ...known, count: known.count + 1 });
  }
  for (const each of counts.values()) log.error({ ...each, requestId }, 'an answer of a subgraph does not fit the schema');
}

/** The same executor with its queries and mutations in the metrics. */
export function countOperations(executor: Executor): Executor {
  return {
    ...executor,
    execute: async (execution) => {
      const startedAt = performance.now();
      const result = await executor.execute(execution);
      count(execution, result, (performance.now() - startedAt) / 1_000);
      return result;
    },
  };
}

/** What is wrong with the variables, as BAD_USER_INPUT; undefined when nothing is. */
export function findVariableErrors({ planned, variables }: Pick<Execution, 'planned' | 'variables'>): readonly GraphQLError[] | undefined {
  const read = readVariables(planned, variables);
  return 'errors' in read ? read.errors : undefined;
}

const counters = new Map<string, ReturnType<typeof operationsTotal.labels>>();
const observers = new Map<string, ReturnType<typeof operationSeconds.labels>>();

/** The same counter for the same labels: to look it up by them each time costs more than to count. */
function countersOf(operation: string, kind: string, outcome: string): ReturnType<typeof operationsTotal.labels> {
  const key = `${kind} ${outcome} ${operation}`;
  const known = counters.get(key) ?? operationsTotal.labels(operation, kind, outcome);
  counters.set(key, known);
  return known;
}

function secondsOf(kind: string): ReturnType<typeof operationSeconds.labels> {
  const known = observers.get(kind) ?? operationSeconds.labels(kind);
  observers.set(kind, known);
  return known;
}

/** Codes of what is wrong with the product; every other tells the client of a rule, or of Jira. */
const ourFailures = /^(INTERNAL_SERVER_ERROR|OPERATION_NOT_PLANNED|DOWNSTREAM_SERVICE_ERROR|SUBGRAPH_\w+|STORE_UNAVAILABLE)$/;

function count({ planned, context }: Execution, { errors }: Result, seconds: number): void {
  const kind = planned.operation.operation;
  const isOurs = errors?.some(({ extensions }) => ourFailures.test(String(extensions['code'] ?? 'INTERNAL_SERVER_ERROR')));
  // Nobody was there to be failed: what they asked for was given up.
  const outcome = errors === undefined ? 'ok' : isOurs && !context.isGone() ? 'failed' : 'refused';
  countersOf(toOperationLabel(planned.operation.name?.value), kind, outcome).inc();
  secondsOf(kind).observe(seconds);
  const code = errors === undefined ? undefined : String(errors[0]?.extensions['code'] ?? 'INTERNAL_SERVER_ERROR');
  logAccess(context, { operation: planned.operation.name?.value, kind, outcome, ms: seconds * 1_000, code });
}
