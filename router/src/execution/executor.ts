import { executeQueryPlan, type GraphQLDataSource, type ServiceMap } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError, getVariableValues } from 'graphql';
import type { RouterContext } from '../context.ts';
import { operationSeconds, operationsTotal, toOperationLabel } from '../metrics.ts';
import type { PlannedOperation } from '../planning/graph.ts';

export interface Execution {
  readonly planned: PlannedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RouterContext;
}

/** Errors are as the gateway gives them; whoever answers a client makes them public first. */
export interface Result {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
}

/** Runs planned queries and mutations, and subscription events when the event stands in for its fetch. */
export interface Executor {
  /** Errors of coercion have the code BAD_USER_INPUT and no data. */
  readonly execute: (execution: Execution) => Promise<Result>;
  /** Runs `plan`; `sources` take the place of the subgraphs' own. */
  readonly executePlan: (execution: Execution, plan: QueryPlan, sources: Readonly<Record<string, GraphQLDataSource>>) => Promise<Result>;
}

/** Executes on the gateway's own plan executor. */
export function createExecutor(dataSources: Readonly<Record<string, GraphQLDataSource>>): Executor {
  const executePlan: Executor['executePlan'] = async ({ planned, variables, context }, plan, sources) => {
    const { graph, operationContext, operationName } = planned;
    const requestContext = {
      request: { variables, ...(operationName === undefined ? {} : { operationName }) },
      context,
      metrics: {},
      logger: context.log,
    };
    const result = await executeQueryPlan(
      plan,
      sources as ServiceMap,
      // It reads these four properties only (facts: executeQueryPlan 2.14.4).
      requestContext as unknown as Parameters<typeof executeQueryPlan>[2],
      operationContext,
      graph.supergraphSchema,
      graph.apiSchema,
    );
    return {
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(result.errors === undefined || result.errors.length === 0 ? {} : { errors: result.errors.map(toGraphQLError) }),
    };
  };
  return {
    execute: async (execution) => {
      const errors = findVariableErrors(execution);
      if (errors !== undefined) return { errors };
      return executePlan(execution, execution.planned.queryPlan, dataSources);
    },
    executePlan,
  };
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
  const definitions = planned.operation.variableDefinitions ?? [];
  if (definitions.length === 0) return undefined;
  const { errors } = getVariableValues(planned.graph.schema, definitions, variables, { maxErrors: 5 });
  return errors?.map((error) => new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } }));
}

/** Codes of what is wrong with the product; every other tells the client of a rule, or of Jira. */
const ourFailures = /^(INTERNAL_SERVER_ERROR|DOWNSTREAM_SERVICE_ERROR|SUBGRAPH_\w+|STORE_UNAVAILABLE)$/;

function count({ planned }: Execution, { errors }: Result, seconds: number): void {
  const kind = planned.operation.operation;
  const isOurs = errors?.some(({ extensions }) => ourFailures.test(String(extensions['code'] ?? 'INTERNAL_SERVER_ERROR')));
  const outcome = errors === undefined ? 'ok' : isOurs ? 'failed' : 'refused';
  operationsTotal.inc({ operation: toOperationLabel(planned.operation.name?.value), kind, outcome });
  operationSeconds.observe({ kind }, seconds);
}

// The gateway types its errors as GraphQLError, but a failing fetch can put plain Errors among them.
function toGraphQLError(error: Error): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });
}
