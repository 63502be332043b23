import {
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { PlannedOperation } from '../planning/graph.ts';
import { type Selecting, selectionsOf } from '../planning/selections.ts';
import { collectDecided, Unsupported } from './collect-fields.ts';
import { isUnknown } from './plan-data.ts';

/** Makes the client's answer out of what the subgraphs gave; throws `Irregular` whenever null or an error would have to be told. */
export type Shape = (value: unknown) => unknown;

/** The quick way is for answers without errors; anything else is left to the gateway. */
export class Irregular extends Error {
  override readonly name = 'Irregular';
}

/** The same of a whole answer, whose introspection may depend on variables. */
export type RootShape = (value: unknown, variables: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** @throws Unsupported for conditions. */
export function compileShape(planned: PlannedOperation): RootShape {
  const { graph, operation, operationContext } = planned;
  const root = graph.schema.getRootType(operation.operation);
  if (!root) throw new Unsupported('no root type');
  const selecting: Selecting = { schema: graph.schema, fragments: operationContext.fragments };
  const introspect = compileIntrospection(planned, selecting, root);
  const shape = compileObject(selecting, root, [operation.selectionSet]);
  return (value, variables) => {
    const source = introspect === undefined ? value : { ...(value as Record<string, unknown>), ...introspect(variables) };
    return shape(source) as Record<string, unknown>;
  };
}

const introspectionNames: ReadonlySet<string> = new Set(['__schema', '__type']);

/** What an operation asks of the schema itself, which no subgraph is asked for: graphql-js answers it, once unless it has variables. */
function compileIntrospection({ graph, document, operation }: PlannedOperation, selecting: Selecting, root: GraphQLObjectType) {
  const fields = [...collectDecided(selecting, root, [operation.selectionSet]).values()].flat();
  const selections = fields.filter(({ name }) => introspectionNames.has(name.value));
  if (selections.length === 0) return undefined;
  const asked: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
      ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION),
    ],
  };
  let known: Record<string, unknown> | undefined;
  return (variables: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    if (known !== undefined) return known;
    const result = execute({ schema: graph.schema, document: asked, variableValues: variables });
    if (result instanceof Promise || !result.data || result.errors !== undefined) throw new Irregular('introspection went wrong');
    if ((operation.variableDefinitions ?? []).length === 0) known = result.data;
    return result.data;
  };
}

function compileObject(compiling: Selecting, type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): Shape {
  const fields = [...collectDecided(compiling, type, selectionSets)].map(([responseName, nodes]) => {
    // A response name that objects have by themselves would not be a field of the output.
    if (responseName === '__proto__') throw new Unsupported('a name that is none');
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return { responseName, shape: (): unknown => type.name, isFetched: false };
    // It has its form already.
    if (introspectionNames.has(name)) return { responseName, shape: (value: unknown): unknown => value, isFetched: false };
    const definition = type.getFields()[name];
    if (definition === undefined) throw new Unsupported(`field ${name}`);
    return { responseName, shape: compileValue(compiling, definition.type, nodes), isFetched: true };
  });
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Irregular('not an object');
    const source = value as Record<string, unknown>;
    const typename = source['__typename'];
    if (typename !== undefined && typename !== type.name) throw new Irregular('another type');
    const output: Record<string, unknown> = {};
    for (const { responseName, shape, isFetched } of fields) {
      const isThere = Object.hasOwn(source, responseName);
      if (isFetched && !isThere && !isUnknown(source)) throw new Irregular('a field that did not come');
      output[responseName] = shape(isThere ? source[responseName] : undefined);
    }
    return output;
  };
}

function compileValue(compiling: Selecting, type: GraphQLOutputType, nodes: readonly FieldNode[]): Shape {
  if (isNonNullType(type)) {
    const inner = compileValue(compiling, type.ofType, nodes);
    return (value) => {
      if (value === null || value === undefined) throw new Irregular('null where none may be');
      return inner(value);
    };
  }
  const present = compilePresent(compiling, type, nodes);
  return (value) => (value === null || value === undefined ? null : present(value));
}

function compilePresent(compiling: Selecting, type: GraphQLOutputType, nodes: readonly FieldNode[]): Shape {
  if (isListType(type)) {
    const element = compileValue(compiling, type.ofType, nodes);
    return (value) => {
      if (!Array.isArray(value)) throw new Irregular('not a list');
      return value.map(element);
    };
  }
  if (isObjectType(type)) return compileObject(compiling, type, selectionsOf(nodes));
  if (isAbstractType(type)) return compileAbstract(compiling, type, selectionsOf(nodes));
  if (!isLeafType(type)) throw new Unsupported('no type of answers');
  const isValid = validityOf(type);
  return (value) => {
    if (!isValid(value)) throw new Irregular('a value that does not fit');
    return value;
  };
}

/** For each type that occurs a shape of its own, made when it occurs: there may be many, within each other. */
function compileAbstract(compiling: Selecting, abstract: GraphQLAbstractType, selectionSets: readonly SelectionSetNode[]): Shape {
  const shapes = new Map<unknown, Shape>();
  const shapeOf = (typename: unknown): Shape => {
    const known = shapes.get(typename);
    if (known !== undefined) return known;
    const type = typeof typename === 'string' ? compiling.schema.getType(typename) : undefined;
    if (!isObjectType(type) || !compiling.schema.isSubType(abstract, type)) throw new Irregular('no type that may stand here');
    const made = compileObject(compiling, type, selectionSets);
    shapes.set(typename, made);
    return made;
  };
  return (value) => {
    if (typeof value !== 'object' || value === null) throw new Irregular('not an object');
    return shapeOf((value as Record<string, unknown>)['__typename'])(value);
  };
}

function validityOf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  switch (type.name) {
    case 'Int':
      return (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case 'Float':
      return (value) => Number.isFinite(value);
    case 'String':
    case 'ID':
      return (value) => typeof value === 'string';
    case 'Boolean':
      return (value) => typeof value === 'boolean';
    default:
      return () => true;
  }
}
