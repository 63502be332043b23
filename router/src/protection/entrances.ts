import { type FieldNode, Kind, type SelectionSetNode, valueFromASTUntyped } from 'graphql';
import type { PlannedOperation } from '../planning/graph.ts';

/** One use of a field by which strangers come in. */
export interface Entered {
  /** Where to, as the client says; undefined where the field does not tell. */
  readonly to: string | undefined;
}

const none: readonly Entered[] = [];

/** The uses of entrances (`@entrance`: guessing and flooding are stopped earlier there) at the top, through fragments; each fragment is read once. */
export function findEntered(
  { graph, operation, document }: PlannedOperation,
  variables: Readonly<Record<string, unknown>>,
): readonly Entered[] {
  const { entrances } = graph.declarations;
  if (operation.operation !== 'mutation' || entrances.size === 0) return none;
  const read = new Set<string>();
  const toDestination = ({ arguments: given = [] }: FieldNode, argument: string | undefined): string | undefined => {
    const value = given.find(({ name }) => name.value === argument)?.value;
    if (value === undefined) return undefined;
    const definition = operation.variableDefinitions?.find(
      ({ variable }) => value.kind === Kind.VARIABLE && variable.name.value === value.name.value,
    );
    const asGiven = valueFromASTUntyped(value, variables);
    const to = asGiven === undefined && definition?.defaultValue !== undefined ? valueFromASTUntyped(definition.defaultValue) : asGiven;
    return typeof to === 'string' ? to : undefined;
  };
  const findIn = ({ selections }: SelectionSetNode): readonly Entered[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) {
        const { value } = selection.name;
        return entrances.has(value) ? [{ to: toDestination(selection, entrances.get(value)) }] : none;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) return findIn(selection.selectionSet);
      const name = selection.name.value;
      const fragment = document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name);
      if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || read.has(name)) return none;
      read.add(name);
      return findIn(fragment.selectionSet);
    });
  return findIn(operation.selectionSet);
}
