import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How much an operation asks for, estimated before anything runs. */
export interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Objects that it may touch: 1 each, times the assumed length of the lists around it; a mutation's field 10. */
  readonly cost: number;
}

/** What a list is taken for when the operation does not say (the default of @listSize elsewhere). */
const assumedListSize = 10;
const assumedListSizeByVariable = 50;
const mutationCost = 10;
const sizeArguments = new Set(['first', 'last', 'limit']);
const listArguments = new Set(['keys', 'ids']);

type Part = Omit<Measure, 'rootFields'>;
const nothing: Part = { depth: 0, aliases: 0, cost: 0 };

/** Measures an operation; each fragment is measured once, however often it is spread. Introspection is free here: tokens bound it. */
export function measureOperation(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Measure {
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const measured = new Map<string, Part>();

  const measureFragment = (name: string): Part => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // Also the answer for a fragment inside itself, which validation refuses afterwards.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const part =
      fragment === undefined ? nothing : measureSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
    measured.set(name, part);
    return part;
  };
  const measureSelections = (selectionSet: SelectionSetNode, type: GraphQLNamedType | undefined): Part => {
    let total = nothing;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) total = add(total, measureField(selection, type));
      else if (selection.kind === Kind.FRAGMENT_SPREAD) total = add(total, measureFragment(selection.name.value));
      else
        total = add(
          total,
          measureSelections(
            selection.selectionSet,
            selection.typeCondition === undefined ? type : schema.getType(selection.typeCondition.name.value),
          ),
        );
    }
    return total;
  };
  const measureField = (field: FieldNode, parent: GraphQLNamedType | undefined): Part => {
    const aliases = field.alias === undefined ? 0 : 1;
    if (field.name.value.startsWith('__')) return { ...nothing, aliases };
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
    const type = definition === undefined ? undefined : getNamedType(definition.type);
    const own = parent === schema.getMutationType() && parent !== undefined ? mutationCost : type === undefined || isLeafType(type) ? 0 : 1;
    const inner = field.selectionSet === undefined ? nothing : measureSelections(field.selectionSet, type);
    const times = definition !== undefined && isListType(getNullableType(definition.type)) ? sizeOf(field) : 1;
    return { depth: inner.depth + 1, aliases: aliases + inner.aliases, cost: (own + inner.cost) * Math.max(times, sizeOfPage(field)) };
  };

  const root =
    operation.operation === 'query'
      ? schema.getQueryType()
      : operation.operation === 'mutation'
        ? schema.getMutationType()
        : schema.getSubscriptionType();
  const part = measureSelections(operation.selectionSet, root ?? undefined);
  return { ...part, rootFields: countRootFields(operation.selectionSet, fragments, new Map()) };
}

function add(a: Part, b: Part): Part {
  return { depth: Math.max(a.depth, b.depth), aliases: a.aliases + b.aliases, cost: a.cost + b.cost };
}

function sizeOf(field: FieldNode): number {
  return Math.max(
    sizeOfPage(field),
    field.arguments?.some(({ name }) => sizeArguments.has(name.value) || listArguments.has(name.value)) === true ? 1 : assumedListSize,
  );
}

/** The page size that a field's arguments ask for; it bounds the list one level deeper, in a connection. */
function sizeOfPage(field: FieldNode): number {
  let size = 1;
  for (const { name, value } of field.arguments ?? []) {
    if (sizeArguments.has(name.value)) size = Math.max(size, value.kind === Kind.INT ? Number(value.value) : assumedListSizeByVariable);
    if (listArguments.has(name.value)) size = Math.max(size, value.kind === Kind.LIST ? value.values.length : assumedListSizeByVariable);
  }
  return size;
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
