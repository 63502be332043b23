import type { GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, type GraphQLSchema, Kind, parse, type SelectionSetNode } from 'graphql';
import { createByteBoundCache } from '../cache.ts';
import { type SubgraphError, type SubgraphResponse, toUnusable, withEntities } from '../upstream/response.ts';
import { repairAnswer } from './repair.ts';

type Sources = Readonly<Record<string, GraphQLDataSource>>;
type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];

/** A fetch that brought no data, or a part of one that could not be used. */
export interface FailedFetch {
  readonly subgraph: string;
  /**
   * A whole fetch; one place of an answer (`part`); or a place that is empty because another of the same fetch failed (`beside`). What the client does not get
   * to see of the last two is nobody's loss.
   */
  readonly extent: 'fetch' | 'part' | 'beside';
  /** The response keys that it would have filled, at the root or in each entity. */
  readonly keys: ReadonlySet<string>;
}

interface Fetched extends FailedFetch {
  /** Names on the way to what was asked for; empty for a root fetch. */
  readonly at: readonly string[];
}

/** What came of one run's fetches. */
export interface Observed {
  readonly sources: Sources;
  /** What an error of a fetch stands for, if that left places empty; the errors of a fetch without data have one object. */
  readonly failureOf: (error: unknown) => FailedFetch | undefined;
  /** Which subgraph was to fill the place at this path. */
  readonly ownerOf: (path: readonly (string | number)[]) => string | undefined;
}

/**
 * Sources that see to it that what comes out of them can be joined: each entity in its place, each value in the form that the schema says;
 * what is not so is an error with a path. A fetch without data tells its errors once for each place that it leaves empty.
 */
export function observe(sources: Sources, schema: GraphQLSchema): Observed {
  const fetched: Fetched[] = [];
  const failures = new WeakMap<object, FailedFetch>();

  const process = async (subgraph: string, source: GraphQLDataSource, options: ProcessOptions) => {
    const { query = '', variables } = options.request;
    const { document, keys, isConditional } = readFetch(query);
    const representations = variables?.['representations'] as readonly unknown[] | undefined;
    const path = 'pathInIncomingRequest' in options ? options.pathInIncomingRequest : undefined;
    const at = (path ?? []).filter((part): part is string => typeof part === 'string' && part !== '@');
    const fetch: Fetched = { subgraph, keys, at, extent: 'fetch' };
    fetched.push(fetch);
    const given = (await source.process(options)) as SubgraphResponse;
    let response = representations === undefined ? given : withEntities(given, representations.length, subgraph);
    const isEmpty =
      response.data !== undefined &&
      response.data !== null &&
      hasNothingOf(response.data, representations === undefined ? keys : entitiesKey);
    if (isEmpty && response.errors === undefined && keys.size > 0 && !isConditional) response = toUnusable(subgraph);
    const { data, errors = [] } = response;
    if (data === undefined || data === null) {
      const places =
        representations === undefined ? [...keys].map((key) => [key]) : representations.map((_, index) => ['_entities', index]);
      const told = errors.flatMap((error) =>
        places.length === 0 || hasPlace(error, representations !== undefined) ? [error] : spread(error, places),
      );
      for (const error of told) failures.set(error, fetch);
      const [cause] = errors;
      const beside =
        cause === undefined
          ? []
          : spread(
              cause,
              places.filter((place) => !told.some((error) => isAt(error, place))),
            );
      for (const error of beside) failures.set(error, { subgraph, keys, extent: 'beside' });
      return { errors: [...told, ...beside] };
    }
    const repaired = repairAnswer(schema, document, data);
    for (const error of repaired) failures.set(error, { subgraph, keys, extent: 'part' });
    const told = [...errors, ...repaired];
    return { data, ...(told.length === 0 ? {} : { errors: told }) };
  };

  return {
    sources: Object.fromEntries(
      Object.entries(sources).map(([name, source]): [string, GraphQLDataSource] => [
        name,
        // The gateway's own type for a response has mutable parts that it never changes.
        { process: (options) => process(name, source, options) as ReturnType<GraphQLDataSource['process']> },
      ]),
    ),
    failureOf: (error) => (typeof error === 'object' && error !== null ? failures.get(error) : undefined),
    ownerOf: (path) => {
      const names = path.filter((part): part is string => typeof part === 'string');
      const candidates = fetched.filter(
        ({ at, keys }) => at.every((name, index) => names[index] === name) && keys.has(names[at.length] ?? ''),
      );
      return candidates.sort((a, b) => b.at.length - a.at.length)[0]?.subgraph;
    },
  };
}

const entitiesKey: ReadonlySet<string> = new Set(['_entities']);

/** Whether an answer brings nothing of what was asked for. */
export function hasNothingOf(data: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>): boolean {
  for (const key of keys) if (Object.hasOwn(data, key)) return false;
  return true;
}

function hasPlace({ path }: SubgraphError, isEntities: boolean): boolean {
  if (path === undefined || path.length === 0) return false;
  return !isEntities || (path[0] === '_entities' && typeof path[1] === 'number');
}

const isAt = ({ path = [] }: SubgraphError, place: readonly (string | number)[]): boolean =>
  place.every((part, index) => path[index] === part);

function spread(error: SubgraphError, places: readonly (readonly (string | number)[])[]): readonly SubgraphError[] {
  return places.map((path) => ({ ...error, path }));
}

export interface ReadFetch {
  readonly document: DocumentNode;
  /** Response keys at the root, or of the entities. */
  readonly keys: ReadonlySet<string>;
  /** Whether a condition might leave nothing to be asked for. */
  readonly isConditional: boolean;
}

const readCacheBytes = 8 * 1024 * 1024;
const bytesPerCharacter = 60;
const readFetches = createByteBoundCache<ReadFetch>(readCacheBytes);

/** What a fetch asks for. */
export function readFetch(query: string): ReadFetch {
  const known = readFetches.get(query);
  if (known !== undefined) return known;
  const document = parse(query, { noLocation: true });
  const keys = new Set<string>();
  let isConditional = false;
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if ((selection.directives?.length ?? 0) > 0) isConditional = true;
      if (selection.kind === Kind.FIELD) keys.add(selection.alias?.value ?? selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const entities = definition.selectionSet.selections.find((each) => each.kind === Kind.FIELD && each.name.value === '_entities');
    collect(entities?.kind === Kind.FIELD && entities.selectionSet !== undefined ? entities.selectionSet : definition.selectionSet);
  }
  const read: ReadFetch = { document, keys, isConditional };
  readFetches.set(query, read, query.length * bytesPerCharacter);
  return read;
}
