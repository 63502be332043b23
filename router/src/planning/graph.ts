import { operationFromDocument, type Schema, Supergraph } from '@apollo/federation-internals';
import { buildOperationContext } from '@apollo/gateway';
import { prettyFormatQueryPlan, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { createByteBoundCache } from '../cache.ts';
import { readNamedSubgraphs } from './addresses.ts';
import { decide, readConditions, withoutConditions } from './conditions.ts';
import { type Declarations, readDeclarations } from './declarations.ts';
import { createCompletionSchemas } from './interface-objects.ts';
import { filler, isFilled, type PlanNames, readPlanNames, withOwnNames } from './own-names.ts';
import { type Prices, readPrices } from './prices.ts';

/** One version of the supergraph, never changed; a reload makes a new one. */
export interface Graph {
  readonly sdl: string;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly apiSchema: Schema;
  readonly supergraphSchema: GraphQLSchema;
  readonly subgraphNames: readonly string[];
  /** What an answer of this document is completed by. */
  readonly completionSchema: (document: DocumentNode) => GraphQLSchema;
  readonly prices: Prices;
  readonly declarations: Declarations;
  /**
   * The plan of a valid operation, from the cache when there.
   *
   * @throws GraphQLError OPERATION_RESOLUTION_FAILURE when the document does not name one operation.
   */
  readonly plan: (document: DocumentNode, operationName: string | undefined, cacheKey: string) => PlannedOperation;
}

export interface PlannedOperation {
  readonly graph: Graph;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  readonly operationContext: ReturnType<typeof buildOperationContext>;
  readonly queryPlan: QueryPlan;
  /** The operation that is executed, when the client's response names stand in the way of the plan's own. */
  readonly renamed: PlannedOperation | undefined;
  /** Whether a field of ours stands in an empty selection. */
  readonly isFilled: boolean;
  /** The operation as it is with these variables: its conditions are decided. The same one when it has none. */
  readonly decidedBy: (variables: Readonly<Record<string, unknown>>) => PlannedOperation;
}

const planCacheBytes = 64 * 1024 * 1024;
// A plan takes some twenty times the text it was made from (measured on this graph's session query).
const bytesPerCharacter = 40;
/** Conditions of one operation have few outcomes in practice. */
const mostVariants = 16;

/**
 * A graph from supergraph SDL.
 *
 * @throws GraphQLError when the SDL is not a supergraph.
 */
export function createGraph(sdl: string): Graph {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: true });
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  const planner = new QueryPlanner(supergraph);
  const planNames = readPlanNames(sdl);
  const plans = createByteBoundCache<PlannedOperation>(planCacheBytes);
  const graph: Graph = {
    sdl,
    schema,
    apiSchema,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    completionSchema: createCompletionSchemas(schema, sdl),
    prices: readPrices(supergraph.schema, schema),
    declarations: readDeclarations(sdl),
    subgraphNames: readNamedSubgraphs(sdl).map(({ name }) => name),
    plan: (document, operationName, cacheKey) => {
      const key = `${operationName ?? ''}\n${cacheKey}`;
      const known = plans.get(key);
      if (known !== undefined) return known;
      const planned = planOperation({ graph, planner, planNames }, document, operationName);
      plans.set(key, planned, key.length * bytesPerCharacter);
      return planned;
    },
  };
  return graph;
}

/** The plan for these variables as people read it, in the form that Apollo Sandbox shows. */
export function formatPlan(planned: PlannedOperation, variables: Readonly<Record<string, unknown>>): string {
  const { operation } = planned.operation;
  return prettyFormatQueryPlan((operation === 'subscription' ? planned : planned.decidedBy(variables)).queryPlan);
}

interface Planning {
  readonly graph: Graph;
  readonly planner: QueryPlanner;
  /** Undefined for an operation that has names of ours already. */
  readonly planNames: PlanNames | undefined;
}

/** Plans one operation; `document` must be valid against the graph's schema. */
function planOperation(
  { graph, planner, planNames }: Planning,
  document: DocumentNode,
  operationName: string | undefined,
): PlannedOperation {
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) {
    const message =
      operationName === undefined
        ? 'Must provide operation name if query contains multiple operations.'
        : `Unknown operation named "${operationName}".`;
    throw new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
  }
  const named = operationName === undefined ? {} : { operationName };
  const conditions = planNames === undefined ? undefined : readConditions(document);
  const lazily = <Value>(make: () => Value): (() => Value) => {
    let made: { readonly value: Value } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const renamed = lazily(() => {
    const own = planNames === undefined ? document : withOwnNames(document, graph.schema, planNames);
    return own === document ? undefined : planOperation({ graph, planner, planNames: undefined }, own, operationName);
  });
  const queryPlan = lazily(
    () => renamed()?.queryPlan ?? planner.buildQueryPlan(operationFromDocument(graph.apiSchema, document, { ...named, validate: false })),
  );
  const variants = new Map<string, PlannedOperation>();
  const planned: PlannedOperation = {
    graph,
    document,
    operation,
    operationName,
    operationContext: buildOperationContext({ schema: graph.schema, operationDocument: document, ...named }),
    get queryPlan() {
      return queryPlan();
    },
    get renamed() {
      return renamed();
    },
    isFilled: isFilled(document),
    decidedBy: (variables) => {
      if (conditions === undefined) return planned;
      const decided = decide(conditions, operation, variables);
      const key = [...decided.values()].map(Number).join('');
      const known = variants.get(key);
      if (known !== undefined) return known;
      if (variants.size >= mostVariants) variants.clear();
      const variant = planOperation({ graph, planner, planNames }, withoutConditions(document, decided, filler), operationName);
      variants.set(key, variant);
      return variant;
    },
  };
  // Of an operation with conditions only what its variables leave is planned; of a subscription what all share who ask for the same.
  if (conditions === undefined && operation.operation !== 'subscription') queryPlan();
  return planned;
}
