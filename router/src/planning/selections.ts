import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Where selections are read. */
export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/**
 * The fields that are selected of an object of this type, by response name in the order of the answer (https://spec.graphql.org/October2021/#CollectFields()),
 * on whatever condition. A fragment on a type that the schema does not know speaks of none of its objects. `admit` sees each selection before it counts.
 */
export function collectFields(
  { schema, fragments }: Selecting,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  admit: (selection: SelectionNode) => void = () => {},
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  // Fragments that are in already: spreads of spreads would otherwise take for ever.
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      admit(selection);
      if (selection.kind === Kind.FIELD) {
        const responseName = toResponseName(selection);
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
      if (fragment !== undefined && appliesTo(schema, fragment.typeCondition?.name.value, type)) collect(fragment.selectionSet);
    }
  };
  for (const selectionSet of selectionSets) collect(selectionSet);
  return fields;
}

/** Whether a fragment on this type speaks of objects of `type`. */
export function appliesTo(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}

/** The name that a field is answered by. */
export const toResponseName = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;

/** A document's fragments by name. */
export function readFragments({ definitions }: DocumentNode): Selecting['fragments'] {
  return Object.fromEntries(
    definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [])),
  );
}

/** The selections within these fields. */
export function selectionsOf(nodes: readonly FieldNode[]): readonly SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
}
