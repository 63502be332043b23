import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';

const typename: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

/**
 * The same document with nothing inside `__schema` and `__type`: no subgraph is asked for them, and the planner does not know all that they have
 * (`isOneOf`). The very document when there is none of them.
 */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: (node) => (node.name.value === '__schema' || node.name.value === '__type' ? { ...node, selectionSet: typename } : undefined),
    FragmentDefinition: (node) => (node.typeCondition.name.value.startsWith('__') ? null : undefined),
  });
}
