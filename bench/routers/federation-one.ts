import { type DocumentNode, type FieldDefinitionNode, Kind, parse, print, visit } from 'graphql';

/** Directives that federation 1 does not have; without them our graph answers the same queries. */
const newer = new Set(['cost', 'listSize', 'inaccessible', 'feed', 'scope', 'departures', 'entrance']);

/** A subgraph's SDL as a federation 1 gateway reads it. `foreignKeys`: entities of another subgraph, with their keys. */
export function toFederationOne(sdl: string, foreignKeys: Readonly<Record<string, string>> = {}): string {
  const document: DocumentNode = visit(parse(sdl, { noLocation: true }), {
    SchemaExtension: () => null,
    DirectiveDefinition: () => null,
    StringValue: (_node, key) => (key === 'description' ? null : undefined),
    Directive: ({ name }) => (newer.has(name.value) ? null : undefined),
    ObjectTypeDefinition: (node) => {
      const name = node.name.value;
      if (['Query', 'Mutation', 'Subscription'].includes(name)) return { ...node, kind: Kind.OBJECT_TYPE_EXTENSION };
      const key = foreignKeys[name];
      if (key === undefined) return undefined;
      return { ...node, kind: Kind.OBJECT_TYPE_EXTENSION, fields: (node.fields ?? []).map((field) => withExternal(field, key)) };
    },
  });
  return print(document);
}

function withExternal(field: FieldDefinitionNode, key: string): FieldDefinitionNode {
  if (field.name.value !== key) return field;
  return { ...field, directives: [{ kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'external' } }] };
}
