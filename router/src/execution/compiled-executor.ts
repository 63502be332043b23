import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode } from '@apollo/query-planner';
import type { PlannedOperation } from '../planning/graph.ts';
import { expandEntities } from '../upstream/representations.ts';
import { type SubgraphResponse, withEntities } from '../upstream/response.ts';
import type { SubgraphClient } from '../upstream/subgraph-client.ts';
import { compileQuickPlan, type QuickPlan } from './compiled-plan.ts';
import { compileShape, Irregular, type Shape, Unsupported } from './compiled-shape.ts';
import { type Executor, findVariableErrors } from './executor.ts';

interface Recorded {
  /** Texts of the representations that were sent, each once; empty for a root fetch. */
  readonly representations: readonly string[];
  readonly answer: () => SubgraphResponse;
}

type Quick = { readonly plan: QuickPlan; readonly shape: Shape } | undefined;

/**
 * Executes the common case (fetches and joins without errors, concrete types) compiled, and leaves the rest to `gateway`:
 * what it does not know from the start, and what turns out to hold an error or a null, over the answers that are there already.
 * So whatever a client sees besides clean data comes from the gateway itself.
 */
export function createQuickExecutor(gateway: Executor, subgraphs: () => readonly SubgraphClient[]): Executor {
  const compiled = new WeakMap<PlannedOperation, { readonly quick: Quick }>();
  const clientOf = (name: string): SubgraphClient => {
    const client = subgraphs().find((each) => each.name === name);
    if (client === undefined) throw new Unsupported(name);
    return client;
  };
  const compile = (planned: PlannedOperation): Quick => {
    const known = compiled.get(planned);
    if (known !== undefined) return known.quick;
    let quick: Quick;
    try {
      quick = { shape: compileShape(planned), plan: compileQuickPlan(planned.queryPlan, planned.graph.supergraphSchema, clientOf) };
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
    }
    compiled.set(planned, { quick });
    return quick;
  };

  return {
    executePlan: gateway.executePlan,
    execute: async (execution) => {
      const { planned, variables, context } = execution;
      const quick = compile(planned);
      if (quick === undefined) return gateway.execute(execution);
      const errors = findVariableErrors(execution);
      if (errors !== undefined) return { errors };
      const recorded = new Map<string, Recorded[]>();
      const record = ({ serviceName, operation }: FetchNode, representations: readonly string[], answer: () => SubgraphResponse): void => {
        const key = `${serviceName} ${operation}`;
        recorded.set(key, [...(recorded.get(key) ?? []), { representations, answer }]);
      };
      try {
        return { data: quick.shape(await quick.plan({ variables, context, record })) as Record<string, unknown> };
      } catch (error) {
        if (!(error instanceof Irregular)) throw error;
        return gateway.executePlan(execution, planned.queryPlan, replay(recorded, subgraphs()));
      }
    },
  };
}

/** Sources that answer again what was answered before, and ask the subgraph for the rest. */
function replay(recorded: ReadonlyMap<string, Recorded[]>, subgraphs: readonly SubgraphClient[]): Record<string, GraphQLDataSource> {
  return Object.fromEntries(
    subgraphs.map(({ name, dataSource }): [string, GraphQLDataSource] => [
      name,
      {
        process: async (options) => {
          const { query, variables } = options.request;
          const texts = ((variables?.['representations'] ?? []) as readonly unknown[]).map((each) => JSON.stringify(each));
          const found = recorded
            .get(`${name} ${query}`)
            ?.find(
              ({ representations }) => texts.every((text) => representations.includes(text)) && texts.length >= representations.length,
            );
          if (found === undefined) return dataSource.process(options);
          const sentAt = texts.map((text) => found.representations.indexOf(text));
          const answer = found.answer();
          const whole = found.representations.length === 0 ? answer : withEntities(answer, found.representations.length, name);
          return expandEntities(whole, sentAt) as Awaited<ReturnType<GraphQLDataSource['process']>>;
        },
      },
    ]),
  );
}
