import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ForeignGraph, type ForeignSubgraph, serveForeignGraph } from '../test/foreign.ts';
import { start } from './main.ts';

// What a client asks for and what a plan needs for itself may have the same response name: neither may get the other's value.

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])';
interface Product {
  readonly id: string;
}
const price = (_: Product, { currency }: { readonly currency: string }) => (currency === 'USD' ? 1_000 : 900);
const subgraphs: readonly ForeignSubgraph[] = [
  {
    name: 'products',
    sdl: `${link}
      type Query { product(id: ID!): Product products: [Product!]! node(id: ID!): Node }
      interface Node { id: ID! name: String! }
      type Product implements Node @key(fields: "id") { id: ID! name: String! price(currency: String! = "EUR"): Int! maker: Maker! }
      type Maker { name: String! country(short: Boolean): String! }`,
    resolvers: {
      Query: {
        product: (_: unknown, { id }: Product) => ({ id }),
        products: () => [{ id: 'p1' }, { id: 'p2' }],
        node: (_: unknown, { id }: Product) => ({ __typename: 'Product', id }),
      },
      Node: { __resolveType: () => 'Product' } as never,
      Product: {
        __resolveReference: (reference: Product) => reference,
        name: ({ id }: Product) => `Product ${id}`,
        price,
        maker: () => ({ name: 'Acme', country: (_: unknown) => 'unused' }),
      },
      Maker: { country: (_: unknown, { short }: { readonly short?: boolean }) => (short === true ? 'NL' : 'Netherlands') },
    },
  },
  {
    name: 'offers',
    sdl: `${link}
      type Product @key(fields: "id") {
        id: ID!
        price(currency: String! = "EUR"): Int! @external
        maker: Maker! @external
        name: String! @external
        isExpensive: Boolean! @requires(fields: "price(currency: \\"USD\\")")
        label: String! @requires(fields: "name maker { country(short: true) }")
        stock: Int!
      }
      type Maker { country(short: Boolean): String! @external }`,
    resolvers: {
      Product: {
        __resolveReference: (reference: Product) => reference,
        isExpensive: (reference: { readonly price: number }) => reference.price >= 1_000,
        label: (reference: { readonly name: string; readonly maker: { readonly country: string } }) =>
          `${reference.name} (${reference.maker.country})`,
        stock: ({ id }: Product) => id.length,
      },
    },
  },
];

let graph: ForeignGraph;
let router: Awaited<ReturnType<typeof start>>;
let byGateway: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await serveForeignGraph(subgraphs);
  const environment = { ROUTER_PORT: '0', LOG_LEVEL: 'silent', PAGE_DIRECTORY: '/nonexistent', SUPERGRAPH_FILE: graph.supergraphFile };
  router = await start(environment);
  byGateway = await start({ ...environment, HOT_PATH: 'false' });
});
afterAll(async () => {
  await router?.stop();
  await byGateway?.stop();
  await graph?.stop();
});

const one = { name: 'Product p1', price: 900, stock: 2, isExpensive: true, label: 'Product p1 (NL)' };
it.each<[string, unknown]>([
  ['{ product(id: "p1") { isExpensive } }', { product: { isExpensive: true } }],
  ['{ product(id: "p1") { price(currency: "EUR") isExpensive } }', { product: { price: 900, isExpensive: true } }],
  ['{ product(id: "p1") { isExpensive price } }', { product: { isExpensive: true, price: 900 } }],
  ['query ($c: String! = "EUR") { product(id: "p1") { price(currency: $c) isExpensive } }', { product: { price: 900, isExpensive: true } }],
  ['{ product(id: "p1") { price: name isExpensive } }', { product: { price: one.name, isExpensive: true } }],
  ['{ product(id: "p1") { id: name stock } }', { product: { id: one.name, stock: 2 } }],
  ['{ product(id: "p1") { __typename: name stock } }', { product: { __typename: one.name, stock: 2 } }],
  ['{ product(id: "p1") { maker { country } label } }', { product: { maker: { country: 'Netherlands' }, label: one.label } }],
  ['{ product(id: "p1") { maker { country: name } label } }', { product: { maker: { country: 'Acme' }, label: one.label } }],
  ['{ product(id: "p1") { maker: id label } }', { product: { maker: 'p1', label: one.label } }],
  ['{ product(id: "p1") { name: stock id: isExpensive label } }', { product: { name: 2, id: true, label: one.label } }],
  [
    '{ product(id: "p1") { ...P } } fragment P on Product { price: stock ...Q } fragment Q on Product { isExpensive }',
    { product: { price: 2, isExpensive: true } },
  ],
  [
    '{ node(id: "p1") { id: name ... on Product { stock price isExpensive } } }',
    { node: { id: one.name, stock: 2, price: 900, isExpensive: true } },
  ],
  [
    '{ products { price id: label isExpensive } }',
    { products: ['p1', 'p2'].map((id) => ({ price: 900, id: `Product ${id} (NL)`, isExpensive: true })) },
  ],
  [
    '{ products { isExpensive: price cheap: isExpensive label: name l: label } }',
    { products: ['p1', 'p2'].map((id) => ({ isExpensive: 900, cheap: true, label: `Product ${id}`, l: `Product ${id} (NL)` })) },
  ],
  ['{ _entities: product(id: "p1") { representations: stock } }', { _entities: { representations: 2 } }],
])('%s', async (query, data) => {
  for (const { url } of [router, byGateway]) {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
    const body = (await response.json()) as { readonly data?: unknown; readonly errors?: unknown };
    expect(body).toEqual({ data });
  }
});
