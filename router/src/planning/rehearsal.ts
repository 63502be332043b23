import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  parse,
  validate,
} from 'graphql';
import type { Graph } from './graph.ts';

/** Small: where many subgraphs hold the same fields, planning takes time that grows with the product of the ways to each of them. */
const mostRoots = 1;
const mostDepth = 2;
const mostObjects = 1;
const mostLeaves = 2;

/**
 * Validates and plans a query that nobody asked for, and forgets it: what the first client would wait for (code that was never run, what graphql-js and the
 * planner find out about a schema when they need it) is done before there is one. Never throws.
 */
export function rehearse(graph: Graph): void {
  const query = toRehearsal(graph.schema);
  if (query === undefined) return;
  try {
    const document = parse(query);
    if (validate(graph.schema, document).length === 0) graph.plan(document, undefined, query);
  } catch {
    // It was of use all the same.
  }
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
