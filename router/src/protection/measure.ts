import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Graph } from '../planning/graph.ts';
import type { ListSize, Price } from '../planning/prices.ts';

/** How much an operation asks for, estimated before anything runs. */
export interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Weights of all that it may touch, times the lengths of the lists around it (`planning/prices.ts` has the rules). */
  readonly cost: number;
  /** Coordinates of fields that need exactly one of their slicing arguments, and have none or several. */
  readonly unsliced: readonly string[];
  /** Whether other variables could make it another cost. */
  readonly dependsOnVariables: boolean;
}

export interface Measured {
  readonly graph: Pick<Graph, 'schema' | 'prices'>;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Undefined: not known yet, and the cost is the least that it can be. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

type Part = Pick<Measure, 'depth' | 'aliases' | 'cost'>;
type Sizing = { readonly fields: ReadonlySet<string>; readonly size: number } | undefined;
const unknownSize = 0;
const nothing: Part = { depth: 0, aliases: 0, cost: 0 };

/** Measures an operation; each fragment is measured once for each size it is spread in. Introspection is free here: tokens bound it. */
export function measureOperation({ graph, document, operation, variables }: Measured): Measure {
  const { schema, prices } = graph;
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const given = variables === undefined ? undefined : { ...defaultsOf(operation), ...variables };
  const measured = new Map<Sizing, Map<string, Part>>();
  const sizings = new Map<string, Sizing>();
  const unsliced = new Set<string>();
  let dependsOnVariables = false;

  /** The same object for the same size of the same field: fragments inside are known by it. */
  const toSizing = (coordinate: string, fields: ReadonlySet<string>, size: number): Sizing => {
    const key = `${coordinate} ${size}`;
    const sizing = sizings.get(key) ?? { fields, size };
    sizings.set(key, sizing);
    return sizing;
  };
  const measureFragment = (name: string, sizing: Sizing): Part => {
    const known = measured.get(sizing) ?? new Map<string, Part>();
    measured.set(sizing, known);
    const found = known.get(name);
    if (found !== undefined) return found;
    // Also the answer for a fragment inside itself, which validation refuses afterwards.
    known.set(name, nothing);
    const fragment = fragments.get(name);
    const part =
      fragment === undefined
        ? nothing
        : measureSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value), sizing);
    known.set(name, part);
    return part;
  };
  const measureSelections = (selectionSet: SelectionSetNode, type: GraphQLNamedType | undefined, sizing: Sizing): Part => {
    let total = nothing;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) total = add(total, measureField(selection, type, sizing));
      else if (selection.kind === Kind.FRAGMENT_SPREAD) total = add(total, measureFragment(selection.name.value, sizing));
      else {
        const { typeCondition, selectionSet: inner } = selection;
        total = add(total, measureSelections(inner, typeCondition === undefined ? type : schema.getType(typeCondition.name.value), sizing));
      }
    }
    return total;
  };
  const measureField = (field: FieldNode, parent: GraphQLNamedType | undefined, sizing: Sizing): Part => {
    const aliases = field.alias === undefined ? 0 : 1;
    const name = field.name.value;
    if (name.startsWith('__')) return { ...nothing, aliases };
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const price = parent === undefined || definition === undefined ? undefined : prices(parent.name, name);
    if (definition === undefined || price === undefined) {
      const inner = field.selectionSet === undefined ? nothing : measureSelections(field.selectionSet, undefined, undefined);
      return { ...inner, depth: inner.depth + 1, aliases: aliases + inner.aliases };
    }
    const values = new Map(definition.args.map((argument) => [argument.name, argument.defaultValue as unknown]));
    for (const {
      name: { value: argument },
      value,
    } of field.arguments ?? []) {
      if (!price.ofArguments.has(argument) && price.size?.slicedBy.includes(argument) !== true) continue;
      const isOpen = hasVariable(value);
      if (isOpen) dependsOnVariables = true;
      const size = isOpen && given === undefined ? unknownSize : valueFromASTUntyped(value, given);
      // A variable that is not given leaves the argument's default.
      if (size !== undefined) values.set(argument, size);
    }
    const size = price.size === undefined ? undefined : sizeOf(price.size, values);
    if (price.size?.needsOneSlice === true && countSlices(price.size, field, values) !== 1) unsliced.add(`${parent?.name}.${name}`);
    const { sizedFields } = price.size ?? {};
    const inner =
      field.selectionSet === undefined
        ? nothing
        : measureSelections(
            field.selectionSet,
            getNamedType(definition.type),
            sizedFields === undefined || size === undefined ? undefined : toSizing(`${parent?.name}.${name}`, sizedFields, size),
          );
    const times = sizing?.fields.has(name) === true ? sizing.size : sizedFields === undefined ? (size ?? 1) : 1;
    return {
      depth: inner.depth + 1,
      aliases: aliases + inner.aliases,
      cost: (price.weight + inner.cost) * times + costOfArguments(price, values),
    };
  };

  const root =
    operation.operation === 'query'
      ? schema.getQueryType()
      : operation.operation === 'mutation'
        ? schema.getMutationType()
        : schema.getSubscriptionType();
  const part = measureSelections(operation.selectionSet, root ?? undefined, undefined);
  return {
    ...part,
    rootFields: countRootFields(operation.selectionSet, fragments, new Map()),
    unsliced: [...unsliced],
    dependsOnVariables,
  };
}

function add(a: Part, b: Part): Part {
  return { depth: Math.max(a.depth, b.depth), aliases: a.aliases + b.aliases, cost: a.cost + b.cost };
}

/** The largest size that the arguments ask for, never less than nothing; the assumed one when they do not say. */
function sizeOf({ slicedBy, assumed }: ListSize, values: ReadonlyMap<string, unknown>): number {
  const sizes = slicedBy.flatMap((name) => {
    const value = values.get(name);
    return typeof value === 'number' ? [value] : Array.isArray(value) ? [value.length] : [];
  });
  return sizes.length === 0 ? assumed : Math.max(0, ...sizes);
}

function countSlices({ slicedBy }: ListSize, { arguments: given = [] }: FieldNode, values: ReadonlyMap<string, unknown>): number {
  const named = new Set(given.filter(({ value }) => value.kind !== Kind.NULL).map(({ name }) => name.value));
  return slicedBy.filter((name) => named.has(name) || (values.get(name) ?? undefined) !== undefined).length;
}

function costOfArguments(price: Price, values: ReadonlyMap<string, unknown>): number {
  let cost = 0;
  for (const [name, priceOf] of price.ofArguments) cost += priceOf(values.get(name));
  return cost;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Readonly<Record<string, unknown>> {
  const given = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
  );
  return Object.fromEntries(given);
}

function hasVariable(value: NonNullable<FieldNode['arguments']>[number]['value']): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}

/** Each fragment is counted once: spreads of spreads would otherwise take for ever. */
function countRootFields(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  counted: Map<string, number>,
): number {
  let count = 0;
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) count += 1;
    else if (selection.kind === Kind.INLINE_FRAGMENT) count += countRootFields(selection.selectionSet, fragments, counted);
    else {
      const name = selection.name.value;
      const fragment = fragments.get(name);
      if (!counted.has(name) && fragment !== undefined) {
        counted.set(name, 0);
        counted.set(name, countRootFields(fragment.selectionSet, fragments, counted));
      }
      count += counted.get(name) ?? 0;
    }
  }
  return count;
}
