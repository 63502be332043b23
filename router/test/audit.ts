import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema, executeSync, type GraphQLError, Kind, parse, printSchema, validate, visit } from 'graphql';
import { createGraph } from '../src/planning/graph.ts';
import { askBothWays } from './both-ways.ts';
import { toComparable } from './compare.ts';
import { type ForeignSubgraph, serveForeignGraph } from './foreign.ts';
import type { StartRouter } from './world.ts';

type Data = Readonly<Record<string, unknown>>;

/** A graph whose answers are known without federation: what there is, and which subgraph knows how much of it. */
export interface AuditGraph {
  /** SDL by name; `resolvers` are for what is computed out of required fields. */
  readonly subgraphs: Readonly<Record<string, string | { readonly sdl: string; readonly resolvers: ForeignSubgraph['resolvers'] }>>;
  /** The root fields. */
  readonly root: Data;
  /** All entities by type, whole. Those of an interface object stand under the interface, too. */
  readonly entities: Readonly<Record<string, readonly Data[]>>;
  /** What happens to the supergraph after it was composed. */
  readonly change?: (supergraph: string) => string;
}

const names = '"@key", "@external", "@requires", "@shareable", "@provides", "@override", "@interfaceObject", "@inaccessible", "@extends"';
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names}])`;

/** The fields of each type that this SDL calls external. */
function readExternal(sdl: string): ReadonlyMap<string, ReadonlySet<string>> {
  const external = new Map<string, Set<string>>();
  const read = (node: { readonly name: { readonly value: string }; readonly fields?: readonly unknown[] }): void => {
    const found = external.get(node.name.value) ?? new Set<string>();
    external.set(node.name.value, found);
    for (const field of (node.fields ?? []) as readonly { name: { value: string }; directives?: readonly { name: { value: string } }[] }[])
      if (field.directives?.some(({ name }) => name.value === 'external')) found.add(field.name.value);
  };
  visit(parse(sdl), { ObjectTypeDefinition: read, ObjectTypeExtension: read, InterfaceTypeDefinition: read });
  return external;
}

/** Whether an entity is the one that a reference names; what is external there tells nothing of it. */
function isMeant(entity: Data, reference: Data, external: ReadonlySet<string>): boolean {
  return Object.entries(reference).every(([name, value]) => {
    if (name === '__typename' || external.has(name)) return true;
    const own = entity[name];
    if (Array.isArray(value) && Array.isArray(own))
      return value.length === own.length && value.every((each, index) => isMeant(own[index] as Data, each as Data, new Set()));
    if (typeof value !== 'object' || value === null || typeof own !== 'object' || own === null) return own === value;
    return isMeant(own as Data, value as Data, new Set());
  });
}

function toSubgraph(name: string, given: AuditGraph['subgraphs'][string], { entities, root }: AuditGraph): ForeignSubgraph {
  const { sdl, resolvers } = typeof given === 'string' ? { sdl: given, resolvers: {} } : given;
  const external = readExternal(sdl);
  const all: Record<string, Record<string, unknown>> = {};
  visit(parse(sdl), {
    enter: (node) => {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) return;
      const type = node.name.value;
      if (type !== 'Query' && type !== 'Mutation') return;
      for (const { name } of node.fields ?? [])
        all[type] = {
          ...all[type],
          [name.value]: (_: unknown, args: unknown) => {
            const value = root[name.value];
            return typeof value === 'function' ? value(args) : value;
          },
        };
    },
  });
  for (const [type, known] of Object.entries(entities)) {
    if (!external.has(type)) continue;
    const own = external.get(type) ?? new Set<string>();
    all[type] = {
      __resolveReference: (reference: Data) => {
        const found = known.find((each) => isMeant(each, reference, own));
        if (found === undefined) return null;
        // What is another's is known as far as it was told.
        return {
          ...reference,
          ...Object.fromEntries(Object.entries(found).filter(([field]) => !own.has(field))),
          __typename: found['__typename'] ?? type,
        };
      },
    };
  }
  for (const [type, fields] of Object.entries(resolvers)) all[type] = { ...all[type], ...fields };
  return { name, sdl: /^\s*(extend type|#1)/.test(sdl) ? sdl : `${link} ${sdl}`, resolvers: all as ForeignSubgraph['resolvers'] };
}

/** Before a query that clients may not ask. */
export const refused = '# refused\n';

/** Before a query that the planner has no right plan for: an error must say so. */
export const told = '# told\n';

/** What a router with nothing but the supergraph answers otherwise than graphql-js does on the whole, by compiled plans and without. */
export async function findDifferences(start: StartRouter, graph: AuditGraph, queries: readonly string[]): Promise<readonly string[]> {
  const served = await serveForeignGraph(Object.entries(graph.subgraphs).map(([name, given]) => toSubgraph(name, given, graph)));
  const supergraph = readFileSync(served.supergraphFile, 'utf8');
  if (graph.change !== undefined) writeFileSync(served.supergraphFile, graph.change(supergraph));
  const whole = buildSchema(printSchema(createGraph(supergraph).schema));
  const differences: string[] = [];
  try {
    await askBothWays(start, served.supergraphFile, async (ask, hot) => {
      for (const query of queries) {
        const document = parse(query);
        const [invalid] = validate(whole, document);
        if ((invalid !== undefined) !== query.startsWith(refused)) throw invalid ?? new Error(`${query} is valid`);
        // Fields of mutations are functions of nothing that waits: graphql-js answers them at once, too.
        const expected =
          invalid === undefined ? toComparable(executeSync({ schema: whole, document, rootValue: graph.root }) as never) : 'refused';
        const answer = await ask<Parameters<typeof toComparable>[0] & { errors?: readonly GraphQLError[] }>(query);
        const isRefused = answer.data === undefined && answer.errors?.[0]?.extensions['code'] === 'GRAPHQL_VALIDATION_FAILED';
        const given = isRefused ? 'refused' : toComparable(answer);
        if (query.startsWith(told) ? (answer.errors ?? []).length === 0 : given !== expected)
          differences.push(`HOT_PATH=${hot} ${query}\nexpected ${expected}\nbut got  ${given}`);
      }
    });
    return differences;
  } finally {
    await served.stop();
  }
}
