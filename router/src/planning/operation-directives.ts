import { baseType, isExecutableDirectiveLocation, type Supergraph, typeFromAST, typeToAST } from '@apollo/federation-internals';
import { astFromValue, type DocumentNode, type GraphQLSchema, isSpecifiedDirective, Kind, visit } from 'graphql';

const apollo = 'https://specs.apollo.dev/';

/**
 * Lets operations use the directives that subgraphs compose out of a specification of their own (`@composeDirective`): the API schema comes without anything
 * of a specification. Those whose arguments need types that clients do not see stay unknown.
 */
export function keepOperationDirectives(supergraph: Supergraph): void {
  const { schema } = supergraph;
  const apiSchema = supergraph.apiSchema();
  for (const directive of schema.directives()) {
    const url = schema.coreFeatures?.sourceFeature(directive)?.feature.url.identity;
    if (url === undefined || url.startsWith(apollo) || apiSchema.directive(directive.name) !== undefined) continue;
    const locations = directive.locations.filter(isExecutableDirectiveLocation);
    const isSeen = directive.arguments().every(({ type }) => type !== undefined && apiSchema.type(baseType(type).name) !== undefined);
    if (locations.length === 0 || !isSeen) continue;
    const kept = apiSchema.addDirectiveDefinition(directive.name);
    kept.addLocations(...locations);
    kept.repeatable = directive.repeatable;
    for (const { name, type, defaultValue } of directive.arguments())
      if (type !== undefined) kept.addArgument(name, typeFromAST(apiSchema, typeToAST(type)) as typeof type, defaultValue);
  }
}

/**
 * The same document with the arguments that its directives leave to their defaults: a subgraph may have another default, or none. The very document when
 * there is nothing to add.
 */
export function withDirectiveDefaults(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const own = new Map(schema.getDirectives().flatMap((each) => (isSpecifiedDirective(each) ? [] : [[each.name, each.args] as const])));
  if (own.size === 0) return document;
  return visit(document, {
    Directive: (node) => {
      const given = new Set(node.arguments?.map(({ name }) => name.value));
      const added = (own.get(node.name.value) ?? []).flatMap(({ name, type, defaultValue }) => {
        const value = given.has(name) || defaultValue === undefined ? undefined : astFromValue(defaultValue, type);
        return value == null ? [] : [{ kind: Kind.ARGUMENT as const, name: { kind: Kind.NAME as const, value: name }, value }];
      });
      return added.length === 0 ? undefined : { ...node, arguments: [...(node.arguments ?? []), ...added] };
    },
  });
}
