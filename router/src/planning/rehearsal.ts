import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** Small: where many subgraphs hold the same fields, planning takes time that grows with the product of the ways to each of them. */
const mostRoots = 1;
const mostDepth = 2;
const mostObjects = 1;
const mostLeaves = 2;

/** No start takes longer by more than this and one document. */
const mostMs = 3_000;

/**
 * Does before there is a client what the first ones would wait for: a query that nobody asked for (code that was never run, what graphql-js and the planner
 * find out about a schema when they need it), and then `documents`, those that are known to be asked, in their order while there is time.
 */
export function rehearse(schema: GraphQLSchema, documents: readonly string[], warm: (document: string) => void): void {
  const startedAt = performance.now();
  const query = toRehearsal(schema);
  if (query !== undefined) warm(query);
  for (const document of documents) if (performance.now() - startedAt < mostMs) warm(document);
}

/** A query of some fields, in some depth, with variables where arguments are needed; undefined when nothing but introspection can be asked. */
export function toRehearsal(schema: GraphQLSchema): string | undefined {
  const variables: string[] = [];
  const write = (name: string, field: GraphQLField<unknown, unknown>, depth: number): string | undefined => {
    const type = getNamedType(field.type);
    const inner = isObjectType(type) ? select(type, depth + 1) : '';
    if (inner === undefined || (!isLeafType(type) && inner === '')) return undefined;
    const given = field.args.filter(isRequiredArgument).map((argument) => {
      variables.push(`$v${variables.length}: ${String(argument.type)}`);
      return `${argument.name}: $v${variables.length - 1}`;
    });
    return `${name}${given.length === 0 ? '' : `(${given.join(', ')})`} ${inner}`;
  };
  const select = (type: GraphQLObjectType, depth: number): string | undefined => {
    if (depth > mostDepth) return undefined;
    const fields = Object.entries(type.getFields());
    const leaves = fields.filter(([, { type: of, args }]) => isLeafType(getNamedType(of)) && !args.some(isRequiredArgument));
    const objects = fields.filter(([, { type: of }]) => isObjectType(getNamedType(of)));
    const chosen = [
      ...leaves.slice(0, mostLeaves).map(([name]) => name),
      ...objects.slice(0, mostObjects).flatMap(([name, field]) => write(name, field, depth) ?? []),
    ];
    return chosen.length === 0 ? undefined : `{ ${chosen.join(' ')} }`;
  };
  const roots = Object.entries(schema.getQueryType()?.getFields() ?? {}).flatMap(([name, field]) => write(name, field, 0) ?? []);
  if (roots.length === 0) return undefined;
  const chosen = roots.slice(0, mostRoots).join(' ');
  const used = variables.filter((_, index) => new RegExp(`\\$v${index}\\b`).test(chosen));
  return `query Rehearsal${used.length === 0 ? '' : `(${used.join(', ')})`} { ${chosen} }`;
}
