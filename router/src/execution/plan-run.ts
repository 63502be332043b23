import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { RouterContext } from '../context.ts';
import { decide } from '../planning/conditions.ts';
import { isObject, type SubgraphError, type SubgraphResponse } from '../upstream/response.ts';
import { type Data, markUnknown, merge, represent, rewrite, rewriteEntity } from './plan-data.ts';

type Path = readonly (string | number)[];

export interface PlanRun {
  readonly plan: QueryPlan;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly sources: Readonly<Record<string, GraphQLDataSource>>;
  readonly supergraphSchema: GraphQLSchema;
  readonly context: RouterContext;
}

/** What the fetches of a plan brought, joined into one tree, and what they told; nothing is completed or left out. */
export interface PlanOutcome {
  readonly tree: Data;
  readonly errors: readonly GraphQLError[];
}

/** An object of the tree and where it stands in the answer. */
interface Place {
  readonly data: Data;
  readonly path: Path;
}

interface At {
  readonly places: readonly Place[];
  /** The way in the plan, with `@` for each list. */
  readonly path: readonly (string | number)[];
}

/**
 * Runs a plan's fetches. It takes the place of the gateway's `executeQueryPlan` (2.14.4), which replaces lists of lists where it should join them,
 * loses `0`, `false`, `""` and null under aliases of the planner, and gives errors of entities the paths of others in lists of several types.
 */
export async function runPlan(run: PlanRun): Promise<PlanOutcome> {
  const tree: Data = {};
  const errors: GraphQLError[] = [];
  const { node } = run.plan;
  if (node?.kind === 'Subscription') throw new Error('Subscriptions are run event by event.');
  if (node !== undefined) await runNode(run, errors, node, { places: [{ data: tree, path: [] }], path: [] });
  return { tree, errors };
}

async function runNode(run: PlanRun, errors: GraphQLError[], node: PlanNode, at: At): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const each of node.nodes) await runNode(run, errors, each, at);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((each) => runNode(run, errors, each, at)));
      return;
    case 'Flatten':
      return runNode(run, errors, node.node, {
        places: at.places.flatMap(({ data, path }) => flatten(data, node.path, path)),
        path: [...at.path, ...node.path],
      });
    case 'Condition': {
      const holds = decide({ variables: [node.condition] }, run.operation, run.variables).get(node.condition) === true;
      const branch = holds ? node.ifClause : node.elseClause;
      return branch === undefined ? undefined : runNode(run, errors, branch, at);
    }
    case 'Fetch':
      try {
        await runFetch(run, errors, node, at);
      } catch (error) {
        errors.push(error instanceof GraphQLError ? error : new GraphQLError(String(error), { originalError: error as Error }));
      }
      return;
    case 'Defer':
      throw new Error('No plan has deferred parts.');
  }
}

function flatten(value: unknown, way: Path, path: Path): readonly Place[] {
  const [part, ...rest] = way;
  if (Array.isArray(value))
    // The way has `@` for each list.
    return value.flatMap((each, index) => flatten(each, part === '@' ? rest : way, [...path, index]));
  if (!isObject(value)) return [];
  if (part === undefined) return [{ data: value, path }];
  return Object.hasOwn(value, part) ? flatten(value[part], rest, [...path, part]) : [];
}

async function runFetch(run: PlanRun, errors: GraphQLError[], fetch: FetchNode, { places, path }: At): Promise<void> {
  if (places.length === 0) return;
  const { requires, inputRewrites = [], outputRewrites = [] } = fetch;
  const schema = run.supergraphSchema;
  const send = async (own: Data, pathOf: (error: Path) => readonly (Path | undefined)[]): Promise<Data | null | undefined> => {
    const source = run.sources[fetch.serviceName];
    if (source === undefined) throw new Error(`There is no subgraph ${fetch.serviceName}.`);
    const variables: Data = {};
    for (const name of fetch.variableUsages ?? []) if (run.variables[name] !== undefined) variables[name] = run.variables[name];
    const request = { query: fetch.operation, variables: { ...variables, ...own }, operationName: fetch.operationName };
    const options = { kind: 'incoming operation', request, context: run.context, pathInIncomingRequest: path };
    // Our sources read these four properties only.
    const response = (await source.process(options as unknown as Parameters<GraphQLDataSource['process']>[0])) as SubgraphResponse;
    for (const error of response.errors ?? [])
      for (const each of error.path === undefined ? [undefined] : pathOf(error.path)) errors.push(toError(error, fetch.serviceName, each));
    return response.data;
  };

  if (requires === undefined) {
    const data = await send({}, (error) => places.map((place) => [...place.path, ...error]));
    if (data === undefined || data === null) return;
    rewrite(schema, outputRewrites, data);
    for (const [index, place] of places.entries()) merge(place.data, index === 0 ? data : structuredClone(data));
    return;
  }
  const asked: Place[] = [];
  const representations: Data[] = [];
  for (const place of places) {
    const representation = represent(schema, place.data, requires);
    if (typeof representation?.['__typename'] !== 'string') continue;
    rewrite(schema, inputRewrites, representation);
    asked.push(place);
    representations.push(representation);
  }
  if (asked.length === 0) return;
  const data = await send({ representations }, (error) => {
    const [, index, ...rest] = error;
    if (typeof index !== 'number') return [[...path, ...error]];
    const place = asked[index];
    // It tells of an entity that nobody asked for.
    return [place === undefined ? undefined : [...place.path, ...rest]];
  });
  const entities = data?.['_entities'];
  if (!Array.isArray(entities)) return;
  for (const [index, place] of asked.entries()) {
    const entity: unknown = entities[index];
    if (entity === null) markUnknown(place.data);
    if (!isObject(entity)) continue;
    rewriteEntity(schema, place.data, entity, outputRewrites);
    merge(place.data, entity);
  }
}

function toError(error: SubgraphError, serviceName: string, path: Path | undefined): GraphQLError {
  return new GraphQLError(error.message || `Error while fetching subquery from service "${serviceName}"`, {
    originalError: error as unknown as Error,
    path: path ?? null,
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName },
  });
}
