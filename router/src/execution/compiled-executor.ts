import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode } from '@apollo/query-planner';
import type { PlannedOperation } from '../planning/graph.ts';
import { expandEntities } from '../upstream/representations.ts';
import { type SubgraphResponse, withEntities } from '../upstream/response.ts';
import type { SubgraphAnswer, SubgraphClient } from '../upstream/subgraph-client.ts';
import { Unsupported } from './collect-fields.ts';
import { compileQuickPlan, type QuickPlan } from './compiled-plan.ts';
import { compileShape, Irregular, type RootShape } from './compiled-shape.ts';
import { type Execution, type Executor, findVariableErrors, type Result } from './executor.ts';
import { unexpected } from './json-scan.ts';
import { JsonText } from './json-text.ts';
import { type Asked, compileTextPlan, type TextPlan } from './text-plan.ts';

interface Recorded {
  /** Texts of the representations that were sent, each once; empty for a root fetch. */
  readonly representations: readonly string[];
  readonly answer: () => SubgraphResponse;
}

interface Quick {
  /** Undefined for what text alone cannot do. */
  readonly text: TextPlan | undefined;
  readonly plan: QuickPlan;
  readonly shape: RootShape;
}

/**
 * Executes compiled: out of the subgraphs' texts where one fetch and its entities are all there is, else by way of objects. What turns out otherwise than
 * expected goes one step back, over the answers that are there already: from texts to objects, and with an error or a null where none may be to `general`.
 * So whatever a client sees besides clean data comes from there.
 */
export function createQuickExecutor(general: Executor, subgraphs: () => readonly SubgraphClient[]): Executor {
  const compiled = new WeakMap<PlannedOperation, { readonly quick: Quick | undefined }>();
  const clientOf = (name: string): SubgraphClient => {
    const client = subgraphs().find((each) => each.name === name);
    if (client === undefined) throw new Unsupported(name);
    return client;
  };
  const compile = (planned: PlannedOperation): Quick | undefined => {
    const known = compiled.get(planned);
    if (known !== undefined) return known.quick;
    const quick = ifSupported(() => ({
      shape: compileShape(planned),
      plan: compileQuickPlan(planned.queryPlan, planned.graph.supergraphSchema, clientOf),
      text: ifSupported(() => compileTextPlan(planned, clientOf)),
    }));
    compiled.set(planned, { quick });
    return quick;
  };
  const runObjects = async ({ plan, shape }: Quick, execution: Execution, asked: readonly Asked[]): Promise<Result> => {
    const { planned, variables, context } = execution;
    const recorded = new Map<string, Recorded[]>();
    const record = ({ serviceName, operation }: FetchNode, representations: readonly string[], answer: () => SubgraphResponse): void => {
      const key = `${serviceName} ${operation}`;
      recorded.set(key, [...(recorded.get(key) ?? []), { representations, answer }]);
    };
    const recall = (fetch: FetchNode, representations: readonly string[]): SubgraphAnswer | undefined =>
      asked.find((each) => each.fetch === fetch && isSame(each.representations, representations))?.answer;
    try {
      return { data: shape(await plan({ variables, context, record, recall }), variables) };
    } catch (error) {
      if (!(error instanceof Irregular)) throw error;
      return general.executePlan(execution, planned.queryPlan, replay(recorded, subgraphs()));
    }
  };

  return {
    executePlan: general.executePlan,
    prepare: (planned) => void compile(planned),
    execute: async (execution) => {
      const { planned, variables, context } = execution;
      const quick = compile(planned);
      if (quick === undefined) return general.execute(execution);
      const errors = findVariableErrors(execution);
      if (errors !== undefined) return { errors };
      const { text } = quick;
      const asked: Asked[] = [];
      if (text !== undefined) {
        try {
          return { data: new JsonText(await text({ variables, context, asked })) };
        } catch (error) {
          if (error !== unexpected) throw error;
        }
      }
      return runObjects(quick, execution, asked);
    },
  };
}

function ifSupported<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

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
