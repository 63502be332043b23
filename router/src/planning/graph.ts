import { operationFromDocument, type Schema, Supergraph } from '@apollo/federation-internals';
import { buildOperationContext } from '@apollo/gateway';
import { prettyFormatQueryPlan, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST, type OperationDefinitionNode, print } from 'graphql';
import { createByteBoundCache } from '../cache.ts';
import { readNamedSubgraphs } from './addresses.ts';
import { decide, readConditions, withoutConditions } from './conditions.ts';
import { type Declarations, readDeclarations } from './declarations.ts';
import { createCompletionSchemas } from './interface-objects.ts';
import { withoutIntrospection } from './introspection.ts';
import { keepOperationDirectives, withDirectiveDefaults } from './operation-directives.ts';
import { type Labels, type Overrides, readOverrides } from './overrides.ts';
import { filler, isFilled, type PlanNames, readPlanNames, withOwnNames } from './own-names.ts';
import { createMemberFiller } from './partial-members.ts';
import { withPlannerFaults } from './planner-fault.ts';
import { type Prices, readPrices } from './prices.ts';
import { createFetchSplitter } from './requirement-fetches.ts';
import { withOwnRequirements } from './requirement-fields.ts';
import { readSupergraph } from './supergraph.ts';
import { refuseUnplanned } from './unplanned.ts';
import { withUsableKeys } from './usable-keys.ts';

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
   * @throws GraphQLError OPERATION_RESOLUTION_FAILURE when the document does not name one operation, GRAPHQL_VALIDATION_FAILED when it asks for fields that
   * no plan brings, or not at once.
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
  /** The operation as it is with these variables: its conditions are decided, and whither fields that move. The same one when it has none. */
  readonly decidedBy: (variables: Readonly<Record<string, unknown>>) => PlannedOperation;
}

const planCacheBytes = 64 * 1024 * 1024;
// A plan takes some twenty times the text it was made from (measured on this graph's session query).
const bytesPerCharacter = 40;
/** Conditions of one operation have few outcomes in practice. */
const mostVariants = 16;

export interface GraphOptions {
  /** Labels of `@override` that hold, other than by percent. */
  readonly heldLabels?: ReadonlySet<string>;
  /** From 0 up to 1: decides for each request whether a field that moves by percent is asked of its new subgraph. */
  readonly random?: () => number;
}

/**
 * A graph from supergraph SDL.
 *
 * @throws UnservableSupergraph when the SDL is not a supergraph, or asks for what the router does not do.
 */
export function createGraph(sdl: string, { heldLabels = new Set(), random = Math.random }: GraphOptions = {}): Graph {
  const { supergraph, document } = readSupergraph(sdl);
  keepOperationDirectives(supergraph);
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema();
  const requirements = withOwnRequirements(withUsableKeys(document), supergraphSchema);
  // What is planned by may have fields more than what clients see. As given it was valid; now fields are external that nothing requires any more.
  const planned =
    requirements.document === document ? supergraph : Supergraph.build(print(requirements.document), { validateSupergraph: false });
  keepOperationDirectives(planned);
  const apiSchema = planned.apiSchema();
  const planner = new QueryPlanner(planned, requirements.fields.size > 0 ? { reuseQueryFragments: false } : undefined);
  const planNames = readPlanNames(requirements.document);
  const overrides = readOverrides(document, heldLabels);
  const split = createFetchSplitter(requirements);
  const fill = createMemberFiller(supergraph);
  const plans = createByteBoundCache<PlannedOperation>(planCacheBytes);
  const graph: Graph = {
    sdl,
    schema,
    apiSchema,
    supergraphSchema,
    completionSchema: createCompletionSchemas(schema, document),
    prices: readPrices(supergraph.schema, schema),
    declarations: readDeclarations(sdl),
    subgraphNames: readNamedSubgraphs(sdl).map(({ name }) => name),
    plan: (document, operationName, cacheKey) => {
      const key = `${operationName ?? ''}\n${cacheKey}`;
      const known = plans.get(key);
      if (known !== undefined) return known;
      const planned = planOperation(
        { graph, planner, planNames, fill, split, overrides, labels: undefined, random },
        document,
        operationName,
      );
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
  readonly fill: ReturnType<typeof createMemberFiller>;
  readonly split: (plan: QueryPlan) => QueryPlan;
  readonly overrides: Overrides;
  /** Undefined until a request decides them. */
  readonly labels: Labels | undefined;
  readonly random: () => number;
}

/** Plans one operation; `document` must be valid against the graph's schema. */
function planOperation(planning: Planning, document: DocumentNode, operationName: string | undefined): PlannedOperation {
  const { graph, planner, planNames, fill, split, overrides, labels } = planning;
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
    return own === document ? undefined : planOperation({ ...planning, planNames: undefined }, own, operationName);
  });
  const queryPlan = lazily(() => {
    const known = renamed()?.queryPlan;
    if (known !== undefined) return known;
    const told = withDirectiveDefaults(withoutIntrospection(document), graph.schema);
    const asked = operationFromDocument(graph.apiSchema, told, { ...named, validate: false });
    const overrideConditions = new Map(labels ?? overrides.resting);
    const plan = withPlannerFaults(operation, () => planner.buildQueryPlan(asked, { overrideConditions }));
    refuseUnplanned(document, operation, plan);
    return split(fill(plan, document, operation));
  });
  const areLabelsOpen = labels === undefined && !overrides.isEmpty && planNames !== undefined;
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
      if (conditions === undefined && !areLabelsOpen) return planned;
      const decided = conditions === undefined ? undefined : decide(conditions, operation, variables);
      const chosen = areLabelsOpen ? overrides.decide(planning.random) : labels;
      const key = [...(decided?.values() ?? []), ...(chosen?.values() ?? [])].map(Number).join('');
      const known = variants.get(key);
      if (known !== undefined) return known;
      if (variants.size >= mostVariants) variants.clear();
      const left = decided === undefined ? document : withoutConditions(document, decided, filler);
      const variant = planOperation({ ...planning, labels: chosen }, left, operationName);
      variants.set(key, variant);
      return variant;
    },
  };
  // Of an operation with conditions only what its variables leave is planned; of a subscription what all share who ask for the same.
  if (conditions === undefined && !areLabelsOpen && operation.operation !== 'subscription') queryPlan();
  return planned;
}
