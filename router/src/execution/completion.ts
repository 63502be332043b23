import {
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLTypeResolver,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { PlannedOperation } from '../planning/graph.ts';
import { toAnyType } from '../planning/interface-objects.ts';
import { collectFields, type Selecting, selectionsOf } from '../planning/selections.ts';
import { invalidResponse, isObject } from '../upstream/response.ts';
import type { FailedFetch, Observed } from './observed-sources.ts';
import { isUnknown } from './plan-data.ts';

type Path = GraphQLResolveInfo['path'];

export interface Completed {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly GraphQLError[];
}

interface Completing {
  readonly observed: Pick<Observed, 'failureOf' | 'ownerOf'>;
  /** Everything that was fetched, joined. */
  readonly tree: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the fetches told, with the paths of the client's operation. */
  readonly fetchErrors: readonly GraphQLError[];
}

/** A place that stays empty since its fetch brought nothing. */
class Unfetched extends Error {
  override readonly name = 'Unfetched';
  readonly error: GraphQLError;

  constructor(error: GraphQLError) {
    super(error.message);
    this.error = error;
  }
}

/** A value in another form than the schema says. */
class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** A field that its subgraph was asked for and left out. */
class Missing extends Error {
  override readonly name = 'Missing';
}

/** Nothing was to fetch this. */
class Unplanned extends Error {
  override readonly name = 'Unplanned';
}

/** An object of which is asked what type it has, and nobody said. */
class Untyped extends Error {
  override readonly name = 'Untyped';
}

/**
 * The client's answer out of what was fetched, by graphql-js itself: nulls rise as the specification says, and each has an error. Errors
 * that the fetches told stand for the nulls at, above and below their path; all others have the code SUBGRAPH_INVALID_RESPONSE.
 */
export function complete({ graph, document, operationName }: PlannedOperation, completing: Completing): Completed {
  const { observed, tree, variables, fetchErrors } = completing;
  const failed = new Map<string, { readonly error: GraphQLError; readonly fetch: FailedFetch }[]>();
  const told: GraphQLError[] = [];
  for (const error of fetchErrors) {
    const fetch = observed.failureOf(error.originalError);
    if (fetch === undefined || error.path === undefined) told.push(error);
    else failed.set(keyOf(error.path), [...(failed.get(keyOf(error.path)) ?? []), { error, fetch }]);
  }
  const findFailure = (path: Path, value: undefined | null): GraphQLError | undefined => {
    if (failed.size === 0) return undefined;
    const whole = toParts(path);
    // The errors of a root fetch are at its fields, those of an entity fetch at its entities.
    const [own] = failed.get(keyOf(whole)) ?? [];
    const ofParent = failed.get(keyOf(whole.slice(0, -1))) ?? [];
    const found = own ?? ofParent.find(({ fetch }) => fetch.keys.has(String(path.key)));
    // What was not even asked for needed what did not come.
    return (found ?? (value === undefined ? ofParent[0] : undefined))?.error;
  };
  const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, _arguments, _context, { path, returnType }) => {
    const key = String(path.key);
    const value = isObject(source) && Object.hasOwn(source, key) ? source[key] : undefined;
    if (value !== undefined && value !== null) return toFitting(value, returnType);
    const failure = findFailure(path, value);
    if (failure !== undefined) return new Unfetched(failure);
    if (value === undefined && path.prev === undefined && observed.ownerOf([key]) === undefined) return new Unplanned(key);
    // A null that nobody gave is told, also where null may stand.
    return value === undefined && !isUnknown(source) ? new Missing(key) : null;
  };
  const result = execute({
    schema: graph.completionSchema(document),
    document,
    ...(operationName === undefined ? {} : { operationName }),
    rootValue: tree,
    variableValues: variables,
    fieldResolver,
    typeResolver,
  });
  if (result instanceof Promise) throw new Error('Completion waits for nothing.');

  const consumed = new Set<FailedFetch>();
  const made = (result.errors ?? []).flatMap((error): GraphQLError[] => {
    const { originalError, path = [] } = error;
    if (originalError instanceof Unplanned) return [new GraphQLError('Nothing was to fetch this field.', { path, originalError })];
    const [untyped] = originalError instanceof Untyped ? (failed.get(keyOf(path)) ?? []) : [];
    const unfetched = originalError instanceof Unfetched ? originalError.error : untyped?.error;
    if (unfetched !== undefined) {
      const { message, extensions, originalError: cause } = unfetched;
      const fetch = observed.failureOf(cause);
      if (fetch !== undefined) consumed.add(fetch);
      // Without any data one sees no place that is empty beside the one that failed.
      if (fetch?.extent === 'beside' && result.data === null) return [];
      return [new GraphQLError(message, { path, extensions })];
    }
    if (told.some((each) => each.path !== undefined && isOnSameWay(each.path, path))) return [];
    const serviceName = observed.ownerOf(path) ?? 'router';
    const message =
      originalError instanceof Missing
        ? `The ${serviceName} service left this field out.`
        : `The ${serviceName} service gave what cannot stand here: null, or a value of another type.`;
    return [new GraphQLError(message, { path, extensions: { code: invalidResponse, serviceName } })];
  });
  // A fetch that left no place empty has failed all the same.
  for (const [first] of failed.values()) {
    if (first === undefined || first.fetch.extent !== 'fetch' || consumed.has(first.fetch)) continue;
    consumed.add(first.fetch);
    told.push(first.error);
  }
  return { data: (result.data ?? null) as Record<string, unknown> | null, errors: [...told, ...made] };
}

const typeResolver: GraphQLTypeResolver<unknown, unknown> = (value, _context, { schema, fieldNodes, fragments }, abstractType) => {
  const typename = isObject(value) ? value['__typename'] : undefined;
  if (typeof typename === 'string' && !isInterfaceType(schema.getType(typename))) return typename;
  // Nothing that is asked for depends on the type, or the plan would bring it; or what was to bring it did not.
  const any = schema.getType(toAnyType(typeof typename === 'string' ? typename : abstractType.name));
  if (!isObjectType(any)) return undefined;
  if (asksForType({ schema, fragments }, any, selectionsOf(fieldNodes))) throw new Untyped(any.name);
  return any.name;
};

/** Whether `__typename` is asked of objects of this type, on whatever condition. */
function asksForType(selecting: Selecting, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): boolean {
  return [...collectFields(selecting, type, sets).values()].flat().some(({ name }) => name.value === '__typename');
}

/** The value, with errors in the place of what has another form than the type; leaves are graphql-js's to judge. */
function toFitting(value: unknown, type: GraphQLOutputType): unknown {
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return toFitting(value, type.ofType);
  if (isListType(type)) return Array.isArray(value) ? value.map((each) => toFitting(each, type.ofType)) : new Misfit('no list');
  if (!isCompositeType(type)) return value;
  if (!isObject(value)) return new Misfit('no object');
  const { __typename: typename } = value;
  if (isObjectType(type) && typename !== undefined && typename !== null && typename !== type.name) return new Misfit('another type');
  return value;
}

function toParts(path: Path): (string | number)[] {
  const parts: (string | number)[] = [];
  for (let part: Path | undefined = path; part !== undefined; part = part.prev) parts.unshift(part.key);
  return parts;
}

function keyOf(path: readonly (string | number)[]): string {
  return JSON.stringify(path);
}

/** Whether one of the two lies on the way to the other. */
function isOnSameWay(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}
