import { BREAK, type DocumentNode, extendSchema, type GraphQLSchema, isInterfaceType, Kind, parse, printType, visit } from 'graphql';

const suffix = '__any';

/** The type that stands for "some implementation": its fields have the types that the interface gives them. */
export const toAnyType = (interfaceName: string): string => `${interfaceName}${suffix}`;

/** The interfaces that some subgraph has as an `@interfaceObject`. */
export function readInterfaceObjects(supergraph: DocumentNode): readonly string[] {
  return supergraph.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    const isObjectSomewhere = definition.directives?.some(
      ({ name, arguments: given = [] }) =>
        name.value === 'join__type' &&
        given.some((each) => each.name.value === 'isInterfaceObject' && each.value.kind === Kind.BOOLEAN && each.value.value),
    );
    return isObjectSomewhere === true ? [definition.name.value] : [];
  });
}

/**
 * The schema that answers are completed by. A subgraph with an `@interfaceObject` does not know of which type its objects are, and a plan does not ask for
 * it where nothing depends on it; so each such interface gets an implementation more, which clients never see.
 */
export function createCompletionSchemas(schema: GraphQLSchema, supergraph: DocumentNode): (document: DocumentNode) => GraphQLSchema {
  const added: string[] = [];
  for (const name of readInterfaceObjects(supergraph)) {
    const type = schema.getType(name);
    if (!isInterfaceType(type)) continue;
    const parents = [...type.getInterfaces().map(({ name }) => name), type.name];
    const body = printType(type).replace(/^[\s\S]*?^interface [^{]*/m, '');
    added.push(`type ${toAnyType(type.name)} implements ${parents.join(' & ')} ${body}`);
  }
  if (added.length === 0) return () => schema;
  const extended = extendSchema(schema, parse(added.join('\n')));
  return (document) => (readsSchema(document) ? schema : extended);
}

function readsSchema(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    Field: ({ name }) => {
      if (name.value !== '__schema' && name.value !== '__type') return undefined;
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}
