import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

// Kinds of the public federation audit (https://the-guild.dev/graphql/hive/federation-gateway-audit), written anew; the answers are graphql-js's own.

const author = { id: 'a1', email: 'ada@x', name: 'Ada', age: 36 };
const other = { id: 'a2', email: 'bob@x', name: 'Bob', age: null };
const chain = { id: '1', upc: 'u1', sku: 's1', name: 'One', price: 5, stock: 0, weight: 2.5 };
const parent = { id: 'p', name: 'P', category: { id: 'c', name: 'C', details: { text: 'T', words: 3 } } };
interface Keyed {
  readonly code?: string;
  readonly serial?: { readonly batch?: string };
  readonly weight?: number;
}
const leftOver = { id: 'l', kids: [{ id: 'k1', n: 1 }, null, { id: 'k2', n: null }] };

it.each<[string, AuditGraph, readonly string[]]>([
  [
    'several keys, each known to another subgraph, in a chain',
    {
      subgraphs: {
        a: 'type Query { product: P } type P @key(fields: "id") { id: ID! name: String }',
        b: 'type P @key(fields: "id") @key(fields: "upc") { id: ID! upc: ID! price: Int }',
        c: 'type P @key(fields: "upc") @key(fields: "sku") { upc: ID! sku: ID! stock: Int }',
        d: 'type P @key(fields: "sku") { sku: ID! weight: Float }',
      },
      root: { product: chain },
      entities: { P: [chain] },
    },
    ['{ product { weight } }', '{ product { weight id stock price name sku upc } }', '{ product { stock sku: name } }'],
  ],
  [
    'an entity that is a value to one subgraph and is extended by the next (simple and complex entity calls)',
    {
      subgraphs: {
        posts: 'type Query { first: U list: [U] } type U @key(fields: "email") { email: ID! }',
        users: 'type Query { me: U } type U @key(fields: "email") @key(fields: "id") { id: ID! email: ID! name: String }',
        ages: 'type U @key(fields: "id") { id: ID! age: Int }',
      },
      root: { first: author, list: [author, null, other], me: other },
      entities: { U: [author, other] },
    },
    ['{ first { age } }', '{ list { name age email } me { id age } }', '{ list { ... on U { n: name } ... { a: age } } }'],
  ],
  [
    'keys that are only referred to, and keys that nobody resolves',
    {
      subgraphs: {
        a: 'type Query { x: U } type U @key(fields: "id", resolvable: false) { id: ID! }',
        b: 'type U @key(fields: "id") { id: ID! name: String } type Query { y: U }',
      },
      root: { x: author, y: other },
      entities: { U: [author, other] },
    },
    ['{ x { id name } y { name } }'],
  ],
  [
    'a subgraph that names keys by which it is not entered beside the one by which it is, and requires what others know',
    {
      subgraphs: {
        parts: {
          sdl: `type Query { part: Part }
            type Part @key(fields: "serial { maker }", resolvable: false) @key(fields: "code", resolvable: false) @key(fields: "code serial { batch }") {
              code: ID! serial: Serial! weight: Int @external label: String @requires(fields: "weight") }
            type Serial @shareable { maker: ID! batch: ID! }`,
          resolvers: {
            Part: {
              __resolveReference: ({ code, serial, weight }: Keyed) =>
                code === undefined || serial?.batch === undefined ? null : { code, weight },
              label: ({ code, weight }: Keyed) => `${code}: ${weight} g`,
            },
          },
        },
        scales: 'type Part @key(fields: "code") { code: ID! weight: Int }',
      },
      root: { part: { code: 'c', serial: { maker: 'm', batch: 'b' }, weight: 7, label: 'c: 7 g' } },
      entities: { Part: [{ code: 'c', weight: 7 }] },
    },
    ['{ part { label } }', '{ part { serial { batch: maker } label code: weight } }'],
  ],
  [
    'nested and compound keys, lists in keys',
    {
      subgraphs: {
        a: 'type Query { p: P } type P @key(fields: "id category { id }") { id: ID! category: C } type C { id: ID! }',
        b: 'type P @key(fields: "id category { id }") { id: ID! category: C name: String } type C { id: ID! }',
        c: 'type C @key(fields: "id") { id: ID! @shareable name: String details: D } type D { text: String words: Int }',
      },
      root: { p: parent },
      entities: { P: [parent], C: [parent.category] },
    },
    ['{ p { name category { id } } }'],
  ],
  [
    'an entity below a value below an entity (parent entity calls)',
    {
      subgraphs: {
        a: 'type Query { p: P } type P @key(fields: "id") { id: ID! }',
        b: 'type P @key(fields: "id") { id: ID! name: String category: C @shareable } type C @shareable { details: D } type D @shareable { text: String }',
        c: 'type P @key(fields: "id") { id: ID! category: C @shareable } type C @shareable { details: D } type D @shareable { words: Int }',
      },
      root: { p: parent },
      entities: { P: [parent] },
    },
    ['{ p { category { details { words } } } }', '{ p { name category { details { text words } } } }'],
  ],
  [
    'entities in lists with holes',
    {
      subgraphs: {
        a: 'type Query { l: L } type L { id: ID! kids: [K] } type K @key(fields: "id") { id: ID! }',
        b: 'type K @key(fields: "id") { id: ID! n: Int }',
      },
      root: { l: leftOver },
      entities: {
        K: [
          { id: 'k1', n: 1 },
          { id: 'k2', n: null },
        ],
      },
    },
    ['{ l { kids { n } } }', '{ l { id: kids { id: n } } }'],
  ],
  [
    'root fields that several subgraphs share, each with a half of the value',
    {
      subgraphs: {
        a: 'type Query { p: P @shareable } type P @shareable { id: ID! name: String }',
        b: 'type Query { p: P @shareable } type P @shareable { id: ID! price: Int }',
        c: 'type Query { p: P @shareable } type P @shareable { id: ID! stock: Int }',
      },
      root: { p: chain },
      entities: {},
    },
    ['{ p { id name price stock } }', '{ p { stock } q: p { name p: price } }'],
  ],
  [
    'entities that refer to each other in a circle, through an interface',
    {
      subgraphs: {
        a: 'type Query { product: Product } interface Product { samePriceProduct: Product } type Book implements Product @key(fields: "id") { id: ID! samePriceProduct: Product }',
        b: 'type Book @key(fields: "id") { id: ID! price: Float }',
      },
      root: {
        product: {
          __typename: 'Book',
          id: 'b1',
          price: 1.5,
          samePriceProduct: { __typename: 'Book', id: 'b2', price: 1.5, samePriceProduct: { __typename: 'Book', id: 'b1', price: 1.5 } },
        },
      },
      entities: {
        Book: [
          { id: 'b1', price: 1.5 },
          { id: 'b2', price: 1.5 },
        ],
      },
    },
    [
      '{ product { ... on Book { price samePriceProduct { __typename ... on Book { id price samePriceProduct { ... on Book { p: price id } } } } } } }',
    ],
  ],
])('%s', async (_, graph, queries) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
