import { type ConstDirectiveNode, type DocumentNode, Kind, type TypeDefinitionNode } from 'graphql';
import { graphOf, textOf } from './addresses.ts';

/**
 * A supergraph without the keys by which no subgraph is entered (`resolvable: false`) where the subgraph has one by which it is. The planner goes back
 * into a subgraph by the first key that it names, also by one of those. The very document when it has none.
 */
export function withUsableKeys(document: DocumentNode): DocumentNode {
  let isChanged = false;
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) return definition;
    const directives = keepUsable(definition);
    if (directives.length === (definition.directives ?? []).length) return definition;
    isChanged = true;
    return { ...definition, directives };
  });
  return isChanged ? { ...document, definitions } : document;
}

function keepUsable({ directives = [] }: TypeDefinitionNode): readonly ConstDirectiveNode[] {
  const keys = directives.filter((directive) => directive.name.value === 'join__type' && textOf(directive, 'key') !== undefined);
  const entered = new Set(keys.filter(isEnteredBy).map(graphOf));
  const left = new Set(keys.filter((directive) => !isEnteredBy(directive) && entered.has(graphOf(directive))));
  return directives.filter((directive) => !left.has(directive));
}

function isEnteredBy({ arguments: given = [] }: ConstDirectiveNode): boolean {
  return !given.some(({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value);
}
