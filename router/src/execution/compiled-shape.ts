import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { PlannedOperation } from '../planning/graph.ts';

/** Makes the client's answer out of what the subgraphs gave; throws `Irregular` whenever null or an error would have to be told. */
export type Shape = (value: unknown) => unknown;

/** The quick way is for answers without errors; anything else is left to the gateway. */
export class Irregular extends Error {
  override readonly name = 'Irregular';
}

/** Something that the quick way does not know; found before anything runs. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** @throws Unsupported for introspection, abstract types and directives. */
export function compileShape({ graph, operation, operationContext }: PlannedOperation): Shape {
  const root = operation.operation === 'mutation' ? graph.schema.getMutationType() : graph.schema.getQueryType();
  if (root === null || root === undefined) throw new Unsupported('no root type');
  return compileObject({ schema: graph.schema, fragments: operationContext.fragments }, root, [operation.selectionSet]);
}

interface Compiling {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

function compileObject(compiling: Compiling, type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): Shape {
  const fieldsByName = new Map<string, FieldNode[]>();
  const collecting: Collecting = { ...compiling, type, fields: fieldsByName, spread: new Set() };
  for (const selectionSet of selectionSets) collect(collecting, selectionSet);
  const fields = [...fieldsByName].map(([responseName, nodes]) => {
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return { responseName, shape: (): unknown => type.name };
    const definition = type.getFields()[name];
    if (definition === undefined) throw new Unsupported(`field ${name}`);
    return { responseName, shape: compileValue(compiling, definition.type, nodes) };
  });
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Irregular('not an object');
    const source = value as Record<string, unknown>;
    const typename = source['__typename'];
    if (typename !== undefined && typename !== type.name) throw new Irregular('another type');
    const output: Record<string, unknown> = {};
    for (const { responseName, shape } of fields)
      output[responseName] = shape(Object.hasOwn(source, responseName) ? source[responseName] : undefined);
    return output;
  };
}

interface Collecting extends Compiling {
  readonly type: GraphQLObjectType;
  readonly fields: Map<string, FieldNode[]>;
  /** Fragments that are in already: spreads of spreads would otherwise take for ever. */
  readonly spread: Set<string>;
}

function collect(collecting: Collecting, selectionSet: SelectionSetNode): void {
  const { type, fields, fragments, spread } = collecting;
  for (const selection of selectionSet.selections) {
    if ((selection.directives?.length ?? 0) > 0) throw new Unsupported('a directive');
    if (selection.kind === Kind.FIELD) {
      // A response key that objects have by themselves would not be a field of the output.
      if (['__schema', '__type'].includes(selection.name.value) || selection.alias?.value === '__proto__')
        throw new Unsupported('introspection');
      const responseName = selection.alias?.value ?? selection.name.value;
      const known = fields.get(responseName);
      if (known === undefined) fields.set(responseName, [selection]);
      else known.push(selection);
      continue;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (spread.has(selection.name.value)) continue;
      spread.add(selection.name.value);
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    if (fragment === undefined) throw new Unsupported('a missing fragment');
    const condition = fragment.typeCondition?.name.value;
    if (condition !== undefined && condition !== type.name) throw new Unsupported('an abstract type');
    collect(collecting, fragment.selectionSet);
  }
}

function compileValue(compiling: Compiling, type: GraphQLOutputType, nodes: readonly FieldNode[]): Shape {
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

function compilePresent(compiling: Compiling, type: GraphQLOutputType, nodes: readonly FieldNode[]): Shape {
  if (isListType(type)) {
    const element = compileValue(compiling, type.ofType, nodes);
    return (value) => {
      if (!Array.isArray(value)) throw new Irregular('not a list');
      return value.map(element);
    };
  }
  if (isObjectType(type))
    return compileObject(
      compiling,
      type,
      nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet])),
    );
  if (!isLeafType(type)) throw new Unsupported('an abstract type');
  const isValid = validityOf(type);
  return (value) => {
    if (!isValid(value)) throw new Irregular('a value that does not fit');
    return value;
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
