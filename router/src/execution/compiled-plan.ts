import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, isObjectType } from 'graphql';
import type { RouterContext } from '../context.ts';
import type { SubgraphResponse } from '../upstream/response.ts';
import type { SubgraphAnswer, SubgraphClient } from '../upstream/subgraph-client.ts';
import { Unsupported } from './collect-fields.ts';
import { Irregular } from './compiled-shape.ts';
import { compileBody } from './fetch-body.ts';
import { hasNothingOf, readFetch } from './observed-sources.ts';
import { isOfType, markUnknown, rewrite, rewriteEntity } from './plan-data.ts';

type Data = Record<string, unknown>;

/** What one run needs; `record` remembers each answer in case the gateway has to go over it. */
export interface Run {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RouterContext;
  readonly record: (fetch: FetchNode, representations: readonly string[], answer: () => SubgraphResponse) => void;
  /** What was answered before in this run. */
  readonly recall: (fetch: FetchNode, representations: readonly string[]) => SubgraphAnswer | undefined;
}

/** Fetches what a plan says, into one tree. */
export type QuickPlan = (run: Run) => Promise<Data>;

type Step = (run: Run, at: readonly Data[]) => Promise<void>;

/** @throws Unsupported for conditions, conditions in paths and deferred parts. */
export function compileQuickPlan(plan: QueryPlan, supergraphSchema: GraphQLSchema, clientOf: (name: string) => SubgraphClient): QuickPlan {
  const { node } = plan;
  // Of an operation that asks for the schema only nothing is fetched.
  if (node === undefined) return async () => ({});
  if (node.kind === 'Subscription') throw new Unsupported('no plan of fetches');
  const step = compileNode(node, supergraphSchema, clientOf);
  return async (run) => {
    const data: Data = {};
    await step(run, [data]);
    return data;
  };
}

function compileNode(node: PlanNode, schema: GraphQLSchema, clientOf: (name: string) => SubgraphClient): Step {
  switch (node.kind) {
    case 'Sequence': {
      const steps = node.nodes.map((each) => compileNode(each, schema, clientOf));
      return async (run, at) => {
        for (const step of steps) await step(run, at);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((each) => compileNode(each, schema, clientOf));
      return async (run, at) => {
        // All of them end before anyone goes over the answers again.
        const ended = await Promise.allSettled(steps.map((step) => step(run, at)));
        for (const each of ended) if (each.status === 'rejected') throw each.reason;
      };
    }
    case 'Flatten': {
      const step = compileNode(node.node, schema, clientOf);
      const path = node.path.map((part) => {
        if (typeof part !== 'string' || (part !== '@' && !/^\w+$/.test(part))) throw new Unsupported('a condition in a path');
        return part;
      });
      return (run, at) => step(run, flatten(at, path));
    }
    case 'Fetch':
      return compileFetch(node, schema, clientOf(node.serviceName));
    default:
      throw new Unsupported(node.kind);
  }
}

function flatten(values: readonly unknown[], path: readonly string[]): readonly Data[] {
  let current: unknown[] = [...values];
  for (const part of path) {
    current = current.flatMap((value) => {
      if (value === null || value === undefined) return [];
      if (part === '@') return Array.isArray(value) ? value : [];
      return [(value as Data)[part]];
    });
  }
  return current.filter((value): value is Data => value !== null && value !== undefined);
}

function compileFetch(fetch: FetchNode, schema: GraphQLSchema, client: SubgraphClient): Step {
  if (fetch.contextRewrites !== undefined || fetch.hasDefers === true) throw new Unsupported('a context or a deferred part');
  const { inputRewrites, outputRewrites } = fetch;
  const toBody = compileBody(fetch);
  const isQuery = fetch.operationKind !== 'mutation';
  const { keys: selected, isConditional } = readFetch(fetch.operation);
  const keys: ReadonlySet<string> = fetch.requires === undefined ? selected : new Set(['_entities']);
  const send = async (run: Run, representations: readonly string[]): Promise<Data> => {
    const answer = run.recall(fetch, representations) ?? (await client.fetch(toBody(run.variables, representations), run.context, isQuery));
    run.record(fetch, representations, answer.read);
    const { data, errors } = answer.read();
    if (data === undefined || data === null || (errors !== undefined && errors.length > 0)) throw new Irregular('an error of a subgraph');
    if (!isConditional && keys.size > 0 && hasNothingOf(data, keys)) throw new Irregular('an answer without anything that was asked for');
    return data;
  };

  const { requires } = fetch;
  if (requires === undefined) {
    return async (run, at) => {
      const data = await send(run, []);
      if (outputRewrites !== undefined) rewrite(schema, outputRewrites, data);
      for (const [position, target] of at.entries()) merge(target, (position === 0 ? data : copy(data)) as Data);
    };
  }
  const represent = compileRepresentation(requires, schema);
  const join = (target: Data, entity: Data): void => {
    if (outputRewrites !== undefined || inputRewrites !== undefined) rewriteEntity(schema, target, entity, outputRewrites ?? []);
    merge(target, entity);
  };
  return async (run, at) => {
    // The same entity is asked for once, however often it stands in the answer.
    const targets = new Map<string, Data[]>();
    for (const target of at) {
      const representation = represent(target);
      if (typeof representation?.['__typename'] !== 'string') continue;
      if (inputRewrites !== undefined) rewrite(schema, inputRewrites, representation);
      const text = JSON.stringify(representation);
      const known = targets.get(text);
      if (known === undefined) targets.set(text, [target]);
      else known.push(target);
    }
    if (targets.size === 0) return;
    const { _entities: entities } = await send(run, [...targets.keys()]);
    if (!Array.isArray(entities) || entities.length !== targets.size) throw new Irregular('not as many entities as asked for');
    let index = 0;
    for (const same of targets.values()) {
      const entity: unknown = entities[index];
      index += 1;
      if (entity === null) {
        for (const target of same) markUnknown(target);
        continue;
      }
      if (typeof entity !== 'object' || Array.isArray(entity)) throw new Irregular('not an entity');
      // Each place has its own copy: a later fetch adds to one of them.
      for (const [position, target] of same.entries()) join(target, (position === 0 && same.length === 1 ? entity : copy(entity)) as Data);
    }
  };
}

type Represent = (source: unknown) => Data | undefined;

/** What an entity is known by to a subgraph; undefined when a part of it is missing. */
function compileRepresentation(selections: readonly QueryPlanSelectionNode[], schema: GraphQLSchema): Represent {
  const parts = selections.map((selection): ((source: Data, into: Data) => boolean) => {
    if (selection.kind === 'InlineFragment') {
      const { typeCondition } = selection;
      const inner = compileRepresentation(selection.selections, schema);
      const isConcrete = typeCondition !== undefined && isObjectType(schema.getType(typeCondition));
      return (source, into) => {
        if (
          isConcrete
            ? source['__typename'] !== typeCondition
            : typeCondition !== undefined && !isOfType(schema, source, typeCondition, false)
        )
          return true;
        const found = inner(source);
        if (found === undefined) return true;
        merge(into, found);
        return true;
      };
    }
    const name = selection.alias ?? selection.name;
    const inner = selection.selections === undefined ? undefined : compileRepresentation(selection.selections, schema);
    return (source, into) => {
      const value = source[name];
      if (value === undefined) return false;
      if (inner === undefined) into[name] = value;
      else into[name] = each(value, inner);
      return true;
    };
  });
  return (source) => {
    if (typeof source !== 'object' || source === null) return undefined;
    const result: Data = {};
    for (const part of parts) if (!part(source as Data, result)) return undefined;
    return result;
  };
}

function each(value: unknown, inner: Represent): unknown {
  return Array.isArray(value) ? value.map((one) => each(one, inner)) : (inner(value) ?? null);
}

/** Puts `source` over `target`: into objects and lists that are there already, otherwise as it is. */
function merge(target: Data, source: Data): void {
  for (const key of Object.keys(source)) {
    if (key !== '__proto__') target[key] = merged(target[key], source[key]);
  }
}

function merged(existing: unknown, value: unknown): unknown {
  if (typeof existing !== 'object' || existing === null || typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) {
    if (Array.isArray(existing)) return value;
    merge(existing as Data, value as Data);
    return existing;
  }
  if (!Array.isArray(existing) || existing.length !== value.length) return value;
  return value.map((each, index) => merged(existing[index], each));
}

/** A JSON value of one's own. */
function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const made: Data = {};
  for (const key of Object.keys(value)) if (key !== '__proto__') made[key] = copy((value as Data)[key]);
  return made;
}
