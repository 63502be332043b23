import {
  execute,
  type FieldNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Said, SubgraphRequest } from './scripted.ts';

export type Thing = Record<string, unknown>;

/** What both subgraphs hold, some of it wrong. */
export interface Holding {
  /** By root field. */
  readonly roots: Thing;
  /** What jira adds to an issue; null: it does not know the issue. */
  readonly issues: ReadonlyMap<string, unknown>;
}

/** A subgraph's answer out of what it holds, as it is: nothing is checked on the way out. */
export function sayHeld({ roots, issues }: Holding, { query, variables }: SubgraphRequest): Said {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return { json: { errors: [{ message: 'no operation' }] } };
  const [entities] = operation.selectionSet.selections;
  if (entities?.kind === Kind.FIELD && entities.name.value === '_entities') {
    const held = (variables.representations as { key: string }[]).map(({ key }) => {
      const issue = issues.get(key);
      return isThing(issue) ? { __typename: 'Issue', key, ...issue } : (issue ?? null);
    });
    return { json: { data: { _entities: held.map((entity) => pick(entity, entities.selectionSet)) } } };
  }
  return { json: { data: pick(roots, operation.selectionSet) } };
}

function pick(value: unknown, selectionSet: SelectionSetNode | undefined): unknown {
  if (selectionSet === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => pick(each, selectionSet));
  if (!isThing(value)) return value;
  const picked: Thing = {};
  const take = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) take(selection.selectionSet);
      else if (selection.kind === Kind.FIELD && Object.hasOwn(value, selection.name.value))
        picked[(selection as FieldNode).alias?.value ?? selection.name.value] = pick(value[selection.name.value], selection.selectionSet);
    }
  };
  take(selectionSet);
  return picked;
}

/**
 * What one GraphQL server would answer that held all of it: graphql-js, its types checking their values. The right answer to compare with.
 */
export function answerAsOne(schema: GraphQLSchema, { roots, issues }: Holding, query: string) {
  const lost = new WeakSet<Thing>();
  const unknown = new WeakSet<Thing>();
  const result = execute({
    schema,
    document: parse(query),
    rootValue: roots,
    fieldResolver: (source, _arguments, _context, { fieldName, returnType, parentType }) => {
      const own: unknown = (source as Thing)[fieldName];
      if (own === undefined && lost.has(source as Thing)) return new GraphQLError('not fetched');
      if (own === undefined && !unknown.has(source as Thing)) return new GraphQLError('left out');
      const isJoined = parentType.name === 'Round' && fieldName === 'issue' && isThing(own);
      if (!isJoined) return checked(own, returnType);
      // Without a type it cannot be asked for.
      if (own['__typename'] === undefined) return own;
      const added = issues.get(String(own['key'])) ?? null;
      const joined = { ...(isThing(added) ? added : {}), ...own };
      // Nobody errs who does not know an entity.
      if (added === null) unknown.add(joined);
      // What was given in its place is no object: none of its fields is known.
      if (added !== null && !isThing(added)) lost.add(joined);
      return joined;
    },
  });
  if (result instanceof Promise) throw new Error('Nothing here takes time.');
  return result;
}

/** As `isTypeOf` would have it; graphql-js itself takes a string for an object without fields. */
function checked(value: unknown, type: GraphQLOutputType): unknown {
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return checked(value, type.ofType);
  if (isListType(type)) return Array.isArray(value) ? value.map((each) => checked(each, type.ofType)) : new GraphQLError('no list');
  const named: GraphQLNamedType = getNamedType(type);
  if (!isObjectType(named)) return value;
  const isOfType = isThing(value) && (value['__typename'] === undefined || value['__typename'] === named.name);
  return isOfType ? value : new GraphQLError('no such object');
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
