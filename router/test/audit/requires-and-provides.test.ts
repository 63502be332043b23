import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

const price = ({ currency = 'EUR' }) => (currency === 'EUR' ? 10 : 11);
const product = {
  __typename: 'Product',
  id: 'p',
  name: 'N',
  price,
  weight: 3,
  size: { w: 2, h: 4 },
  shipping: 30,
  label: 'N/30',
  total: 41,
  area: 8,
  both: 'N/8',
  dear: true,
};
const category = { __typename: 'Category', id: 'c', title: 'C', sub: [{ __typename: 'Category', id: 'd', title: 'D', sub: [] }] };
const text = (value: unknown) => String(value);

it.each<[string, AuditGraph, readonly string[]]>([
  [
    'required fields that require others, of values and with arguments, in one subgraph and in the next',
    {
      subgraphs: {
        a: 'type Query { product: Product list: [Product!]! } type Product @key(fields: "id") { id: ID! name: String price(currency: String = "EUR"): Int weight: Int }',
        b: {
          sdl: 'type Product @key(fields: "id") { id: ID! price(currency: String = "EUR"): Int @external weight: Int @external shipping: Int @requires(fields: "weight") total: Int @requires(fields: "weight price(currency: \\"USD\\")") dear: Boolean @requires(fields: "price(currency: \\"EUR\\")") }',
          resolvers: {
            Product: {
              shipping: ({ weight }: { weight: number }) => weight * 10,
              total: ({ weight, price: usd }: { weight: number; price: number }) => weight * 10 + usd,
              dear: ({ price: eur }: { price: number }) => eur === 10,
            },
          },
        },
        c: {
          sdl: 'type Product @key(fields: "id") { id: ID! name: String @external shipping: Int @external label: String @requires(fields: "name shipping") }',
          resolvers: { Product: { label: (given: { name: string; shipping: number }) => `${text(given.name)}/${text(given.shipping)}` } },
        },
      },
      root: { product, list: [product, product] },
      entities: { Product: [product] },
    },
    [
      '{ product { label } }',
      '{ product { label shipping weight } list { label l: label name } }',
      '{ product { total } }',
      '{ product { total price total2: total usd: price(currency: "USD") } }',
      '{ product { price(currency: "USD") dear weight: name } }',
      '{ list { shipping: total label price: id } product { dear } }',
    ],
  ],
  [
    'required values of several fields, below aliases of the client',
    {
      subgraphs: {
        a: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! name: String size: Size } type Size { w: Int h: Int }',
        b: {
          sdl: 'type Product @key(fields: "id") { id: ID! size: Size @external area: Int @requires(fields: "size { w h }") } type Size { w: Int @external h: Int @external }',
          resolvers: { Product: { area: ({ size }: { size: { w: number; h: number } }) => size.w * size.h } },
        },
        c: {
          sdl: 'type Product @key(fields: "id") { id: ID! name: String @external area: Int @external both: String @requires(fields: "name area") }',
          resolvers: { Product: { both: (given: { name: string; area: number }) => `${given.name}/${given.area}` } },
        },
      },
      root: { product },
      entities: { Product: [product] },
    },
    [
      '{ product { area } }',
      '{ product { both size { w: h h: w } } }',
      '{ product { size: both area: name } }',
      '{ product { size { __typename } area } }',
    ],
  ],
  [
    'what is provided deep inside, and in lists of its own kind',
    {
      subgraphs: {
        a: 'type Query { top: [Category] @provides(fields: "sub { id title }") plain: Category } type Category @key(fields: "id") { id: ID! title: String @external sub: [Category] @external }',
        b: 'type Category @key(fields: "id") { id: ID! title: String @shareable sub: [Category] @shareable }',
      },
      root: { top: [category], plain: category },
      entities: { Category: [category, category.sub[0] ?? {}] },
    },
    ['{ top { id sub { id title } } }', '{ top { title sub { title sub { id title } } } plain { title sub { title } } }'],
  ],
  [
    'fields that moved, of an entity and of the root, beside a field that requires them',
    {
      subgraphs: {
        a: 'type Query { product: Product old: Int } type Product @key(fields: "id") { id: ID! name: String weight: Int }',
        b: 'type Query { old: Int @override(from: "a") } type Product @key(fields: "id") { id: ID! weight: Int @override(from: "a") }',
        c: {
          sdl: 'type Product @key(fields: "id") { id: ID! weight: Int @external shipping: Int @requires(fields: "weight") }',
          resolvers: { Product: { shipping: ({ weight }: { weight: number }) => weight * 10 } },
        },
      },
      root: { product, old: 7 },
      entities: { Product: [product] },
    },
    [
      '{ old product { weight name } }',
      '{ product { shipping } }',
      '{ product { w: weight shipping @include(if: true) name @skip(if: false) } }',
    ],
  ],
  [
    'Federation 1: extended, external and required, without a link',
    {
      subgraphs: {
        a: '#1\nextend type Query { product: Product } type Product @key(fields: "id") { id: ID! name: String weight: Int }',
        b: {
          sdl: 'extend type Product @key(fields: "id") { id: ID! @external weight: Int @external shipping: Int @requires(fields: "weight") }',
          resolvers: { Product: { shipping: ({ weight }: { weight: number }) => weight * 10 } },
        },
      },
      root: { product },
      entities: { Product: [product] },
    },
    ['{ product { shipping name } }', '{ product { weight: shipping id: name } }'],
  ],
  [
    'enums and inputs with other values in each subgraph, custom scalars, defaults',
    {
      subgraphs: {
        a: 'scalar Money enum Kind { A B C @inaccessible } type Query { kind: Kind money(of: Money): Money byName(by: By!): String } input By { name: String! = "x" a: Int }',
        b: 'scalar Money enum Kind { A B C @inaccessible D @inaccessible } type Query { other: Kind } type Unused { by: Money }',
      },
      root: {
        kind: 'B',
        other: 'A',
        money: ({ of = null }) => of,
        byName: ({ by }: { by: { name: string } }) => by.name,
      },
      entities: {},
    },
    [
      '{ kind other money(of: {a: [1, "x", null, 2.5]}) m: money byName(by: {}) n: byName(by: { name: "z" }) }',
      '{ __type(name: "Kind") { enumValues { name } } }',
    ],
  ],
])('%s', async (_, graph, queries) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
