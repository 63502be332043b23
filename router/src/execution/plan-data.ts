import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import { isObject } from '../upstream/response.ts';

export type Data = Record<string, unknown>;

/** A property of its own, whatever its name: `__proto__` is a valid alias. */
function put(target: Data, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

const own = (source: Data, key: string): unknown => (Object.hasOwn(source, key) ? source[key] : undefined);

/** Joins `source` into `target`: objects and lists of equal length that both have, at any depth; the rest is put in its place. */
export function merge(target: Data, source: Data): void {
  for (const [key, value] of Object.entries(source)) if (value !== undefined) put(target, key, merged(own(target, key), value));
}

function merged(existing: unknown, value: unknown): unknown {
  if (isObject(existing) && isObject(value)) {
    merge(existing, value);
    return existing;
  }
  if (!Array.isArray(existing) || !Array.isArray(value) || existing.length !== value.length) return value;
  for (const [index, each] of value.entries()) existing[index] = merged(existing[index], each);
  return existing;
}

const unknown = new WeakSet<object>();

/** Says that a subgraph does not know this entity: whatever nobody else brings of it is null, and nobody's mistake. */
export function markUnknown(entity: Data): void {
  unknown.add(entity);
}

/** Whether a subgraph was asked for this entity and said null, without an error. */
export function isUnknown(entity: unknown): boolean {
  return isObject(entity) && unknown.has(entity);
}

/** What a subgraph knows an entity by; undefined when a part of it was not fetched. */
export function represent(schema: GraphQLSchema, source: Data, selections: readonly QueryPlanSelectionNode[]): Data | undefined {
  const result: Data = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const { typeCondition } = selection;
      if (typeCondition !== undefined && !isOfType(schema, source, typeCondition, false)) continue;
      const inner = represent(schema, source, selection.selections);
      if (inner !== undefined) merge(result, inner);
      continue;
    }
    const { alias, name, selections: nested } = selection;
    const value = own(source, alias ?? name);
    if (value === undefined) return undefined;
    put(result, alias ?? name, nested === undefined ? value : representValue(schema, value, nested));
  }
  return result;
}

function representValue(schema: GraphQLSchema, value: unknown, selections: readonly QueryPlanSelectionNode[]): unknown {
  if (Array.isArray(value)) return value.map((each) => representValue(schema, each, selections));
  return isObject(value) ? (represent(schema, value, selections) ?? null) : null;
}

/** Changes `value` as the planner says: names that it gave fields for itself become theirs again, types become those that a subgraph knows. */
export function rewrite(schema: GraphQLSchema, rewrites: readonly FetchDataRewrite[], value: unknown): void {
  for (const each of rewrites) rewriteAt(schema, each, each.path, value);
}

/**
 * The same of an entity that is about to be joined to `place`. Rewrites ask for the type; a subgraph with an interface object says the interface, where
 * another has said the type.
 */
export function rewriteEntity(schema: GraphQLSchema, place: Data, entity: Data, rewrites: readonly FetchDataRewrite[]): void {
  const { __typename: told } = entity;
  const { __typename: known } = place;
  if (told === undefined || (known !== undefined && isInterfaceType(schema.getType(String(told))))) entity['__typename'] = known;
  rewrite(schema, rewrites, entity);
}

const fragment = '... on ';

function rewriteAt(schema: GraphQLSchema, by: FetchDataRewrite, [first, ...rest]: readonly string[], value: unknown): void {
  if (Array.isArray(value)) {
    for (const each of value) rewriteAt(schema, by, first === undefined ? rest : [first, ...rest], each);
    return;
  }
  if (!isObject(value) || first === undefined) return;
  if (first.startsWith(fragment)) {
    if (isOfType(schema, value, first.slice(fragment.length), true)) rewriteAt(schema, by, rest, value);
  } else if (rest.length > 0) rewriteAt(schema, by, rest, own(value, first));
  else if (by.kind === 'ValueSetter') put(value, first, by.setValueTo);
  else {
    const found = own(value, first);
    if (found === undefined) return;
    put(value, by.renameKeyTo, found);
    delete value[first];
  }
}

export function isOfType(schema: GraphQLSchema, { __typename: typename }: Data, condition: string, otherwise: boolean): boolean {
  if (typeof typename !== 'string') return otherwise;
  if (typename === condition) return true;
  const type = schema.getType(typename);
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}
