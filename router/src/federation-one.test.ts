import { writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { createLogger } from '../../kit/process/logging.ts';
import { type ForeignSubgraph, serveForeignGraph } from '../test/foreign.ts';
import { start } from './main.ts';

const weights: Readonly<Record<string, number>> = { abc: 3, de: 2 };
const shop: readonly ForeignSubgraph[] = [
  {
    name: 'products',
    sdl: `extend type Query { product(id: ID!): Product top: [Thing] }
      interface Thing { id: ID! } type Product implements Thing @key(fields: "id") { id: ID! name: String! weight: Int }`,
    resolvers: {
      Query: {
        product: (_: unknown, { id }: { id: string }) => ({ id, name: `Product ${id}`, weight: weights[id] }),
        top: () => Object.entries(weights).map(([id, weight]) => ({ __typename: 'Product', id, name: `Product ${id}`, weight })),
      },
      Product: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Product ${id}`, weight: weights[id] }) },
    },
  },
  {
    name: 'stock-rooms',
    sdl: `extend type Query { first: Product @provides(fields: "name") } extend type Mutation { sell(id: ID!): Product }
      extend type Product @key(fields: "id") { id: ID! @external name: String! @external weight: Int @external inStock: Int! shipping: Int @requires(fields: "weight") }`,
    resolvers: {
      Query: { first: () => ({ id: 'abc', name: 'provided' }) },
      Mutation: { sell: (_: unknown, { id }: { id: string }) => ({ id }) },
      Product: {
        __resolveReference: (reference: object) => reference,
        inStock: ({ id }: { id: string }) => id.length,
        shipping: ({ weight = Number.NaN }: { weight?: number }) => weight * 10,
      },
    },
  },
];

/** As compositions of Federation 1 (0.36 and later) wrote it. */
const toSupergraph = (urlOf: (name: string) => string): string => `schema
  @core(feature: "https://specs.apollo.dev/core/v0.2")
  @core(feature: "https://specs.apollo.dev/join/v0.1", for: EXECUTION)
{ query: Query mutation: Mutation }
directive @core(as: String, feature: String!, for: core__Purpose) repeatable on SCHEMA
directive @join__field(graph: join__Graph, provides: join__FieldSet, requires: join__FieldSet) on FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__owner(graph: join__Graph!) on INTERFACE | OBJECT
directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on INTERFACE | OBJECT
enum core__Purpose { EXECUTION SECURITY }
scalar join__FieldSet
enum join__Graph {
  PRODUCTS @join__graph(name: "products" url: "${urlOf('products')}")
  STOCK_ROOMS @join__graph(name: "stock-rooms" url: "${urlOf('stock-rooms')}")
}
type Mutation { sell(id: ID!): Product @join__field(graph: STOCK_ROOMS) }
type Product implements Thing
  @join__owner(graph: PRODUCTS)
  @join__type(graph: PRODUCTS, key: "id")
  @join__type(graph: STOCK_ROOMS, key: "id")
{
  id: ID! @join__field(graph: PRODUCTS)
  name: String! @join__field(graph: PRODUCTS)
  weight: Int @join__field(graph: PRODUCTS)
  inStock: Int! @join__field(graph: STOCK_ROOMS)
  shipping: Int @join__field(graph: STOCK_ROOMS, requires: "weight")
}
type Query {
  product(id: ID!): Product @join__field(graph: PRODUCTS)
  top: [Thing] @join__field(graph: PRODUCTS)
  first: Product @join__field(graph: STOCK_ROOMS, provides: "name")
}
interface Thing { id: ID! }
`;

const stops: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('serves a supergraph that Federation 1 composed: keys, required and provided fields, interfaces, mutations', async () => {
  const graph = await serveForeignGraph(shop);
  stops.push(graph.stop);
  writeFileSync(graph.supergraphFile, toSupergraph(graph.urlOf));
  for (const hot of ['true', 'false']) {
    const environment = { ROUTER_PORT: '0', LOG_LEVEL: 'silent', PAGE_DIRECTORY: '/nonexistent', HOT_PATH: hot };
    const router = await start({ ...environment, SUPERGRAPH_FILE: graph.supergraphFile }, { log: createLogger('router', 'silent') });
    stops.push(router.stop);
    const ask = async (query: string): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(router.url, { method: 'POST', headers, body: JSON.stringify({ query }) })).json();
    };
    expect(await ask('{ product(id: "abc") { name inStock shipping } first { name weight } }')).toEqual({
      data: { product: { name: 'Product abc', inStock: 3, shipping: 30 }, first: { name: 'provided', weight: 3 } },
    });
    expect(await ask('{ top { id __typename ... on Product { shipping weight: name } } }')).toEqual({
      data: {
        top: [
          { id: 'abc', __typename: 'Product', shipping: 30, weight: 'Product abc' },
          { id: 'de', __typename: 'Product', shipping: 20, weight: 'Product de' },
        ],
      },
    });
    expect(await ask('mutation { sell(id: "de") { name inStock } }')).toEqual({ data: { sell: { name: 'Product de', inStock: 2 } } });
    expect(await ask('{ __type(name: "join__Graph") { name } }')).toEqual({ data: { __type: null } });
  }
});
