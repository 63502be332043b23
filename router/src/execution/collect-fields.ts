import { type FieldNode, type GraphQLObjectType, Kind, type SelectionSetNode } from 'graphql';
import { isOfExecution } from '../planning/conditions.ts';
import { collectFields, type Selecting } from '../planning/selections.ts';

/** Something that the quick ways do not know; found before anything runs. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/**
 * As `collectFields`, of an operation whose conditions are decided.
 *
 * @throws Unsupported for conditions, which are decided before a plan is compiled.
 */
export function collectDecided(
  selecting: Selecting,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  return collectFields(selecting, type, selectionSets, (selection) => {
    if (selection.directives?.some(isOfExecution)) throw new Unsupported('a condition');
    if (selection.kind === Kind.FRAGMENT_SPREAD && selecting.fragments[selection.name.value] === undefined)
      throw new Unsupported('a missing fragment');
  });
}
