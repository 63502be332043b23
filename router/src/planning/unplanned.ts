import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import { readFragments, type Selecting, toResponseName } from './selections.ts';

/**
 * Refuses an operation with root fields that no fetch of its plan asks for: the planner leaves out without a word what begins at an interface that has no
 * implementation in the subgraph of the field.
 *
 * @throws GraphQLError GRAPHQL_VALIDATION_FAILED naming them.
 */
export function refuseUnplanned(document: DocumentNode, { selectionSet }: OperationDefinitionNode, { node }: QueryPlan): void {
  if (node?.kind === 'Subscription') return;
  const asked = new Set<string>();
  collectNames(readFragments(document), selectionSet, asked);
  const planned = new Set<string>();
  if (node !== undefined) collectPlanned(node, planned);
  const left = [...asked].filter((name) => !planned.has(name));
  if (left.length === 0) return;
  const message = `No subgraph can answer what is asked of ${left.join(', ')}: none knows an implementation where it begins.`;
  throw new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}

function collectPlanned(node: PlanNode, into: Set<string>): void {
  if (node.kind === 'Sequence' || node.kind === 'Parallel') for (const each of node.nodes) collectPlanned(each, into);
  if (node.kind === 'Condition') for (const each of [node.ifClause, node.elseClause]) if (each !== undefined) collectPlanned(each, into);
  if (node.kind !== 'Fetch') return;
  const document = parse(node.operation, { noLocation: true });
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) collectNames(readFragments(document), definition.selectionSet, into);
}

/** Response names of a root, but for what is answered without a subgraph, and for what may be left out on a condition. */
function collectNames(
  fragments: Selecting['fragments'],
  { selections }: SelectionSetNode,
  into: Set<string>,
  seen = new Set<string>(),
): void {
  for (const selection of selections) {
    if ((selection.directives ?? []).length > 0) continue;
    if (selection.kind === Kind.FIELD) {
      if (!selection.name.value.startsWith('__')) into.add(toResponseName(selection));
      continue;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      // Spreads of spreads would otherwise take for ever.
      if (seen.has(selection.name.value)) continue;
      seen.add(selection.name.value);
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    if (fragment !== undefined) collectNames(fragments, fragment.selectionSet, into, seen);
  }
}
