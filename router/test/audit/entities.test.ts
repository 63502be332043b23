import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

const ada = { id: 'a1', name: 'Ada' };
const books = [
  { upc: 'u1', id: 'b1', author: ada },
  { upc: 'u2', id: 'b2', author: null },
];
const lost = { upc: null, id: null, author: null };
const compound = { id: '1', pId: 'p1', compositeId: { two: '2', three: '3' }, name: 'a.1', nameInB: 'b a.1' };
const toy = { id: 't1', pid: 'x1', price: 4, category: { id: 'c1', tag: 'tag', main: 'M' } };
const list = { products: [toy], selected: toy, first: { ...toy } };

it.each<[string, AuditGraph, readonly string[]]>([
  [
    'keys that are null, and references to nobody, along a chain of keys',
    {
      subgraphs: {
        a: 'type Query { boxes: [Box] } type Box { book: Book } type Book @key(fields: "upc", resolvable: false) { upc: ID }',
        b: 'type Book @key(fields: "id") @key(fields: "upc") { id: ID upc: ID }',
        c: 'type Book @key(fields: "id") { id: ID author: Author } type Author @key(fields: "id") { id: ID! }',
        d: 'type Author @key(fields: "id") { id: ID! name: String! }',
      },
      root: { boxes: [...books.map((book) => ({ book })), { book: null }, null, { book: lost }] },
      entities: { Book: books, Author: [ada] },
    },
    [
      '{ boxes { book { upc author { name } } } }',
      '{ boxes { book { author { id } } } }',
      '{ boxes { book { id: upc a: author { id: name name: id } } } }',
    ],
  ],
  [
    'a mash of keys: of one, of two, of objects, of which each subgraph knows others',
    {
      subgraphs: {
        a: `type Query { a: A } type A @key(fields: "id") @key(fields: "pId") @key(fields: "compositeId { two three }") @key(fields: "id compositeId { two three }")
          { id: ID! pId: ID! compositeId: CompositeID! name: String! } type CompositeID { two: ID! @shareable three: ID! @shareable }`,
        b: {
          sdl: `type Query { b: B } type B @key(fields: "id") { id: ID! a: [A!]! }
            type A @key(fields: "id compositeId { two three }") { id: ID! compositeId: CompositeID! name: String! @external nameInB: String! @requires(fields: "name") }
            type CompositeID { two: ID! @shareable three: ID! @shareable }`,
          resolvers: { A: { nameInB: ({ name }: { name: string }) => `b ${name}` } },
        },
      },
      root: { a: compound, b: { id: '100', a: [compound] } },
      entities: { A: [compound], B: [{ id: '100', a: [compound] }] },
    },
    ['{ b { id a { id name nameInB } } }', '{ a { nameInB pId } }', '{ a { compositeId { two: three } nameInB: name name: nameInB } }'],
  ],
  [
    'lists and objects within keys, and what is below them in third subgraphs (complex entity calls)',
    {
      subgraphs: {
        products: `type Query { top: List! } type List @key(fields: "products { id }") { products: [Product!]! @shareable } type Product @key(fields: "id") { id: ID! category: Category @shareable } type Category @key(fields: "id") { id: ID! tag: String @shareable }`,
        links: 'type Product @key(fields: "id") @key(fields: "id pid") { id: ID! pid: ID! @shareable }',
        lists: `type List @key(fields: "products { id pid }") { products: [Product!]! @shareable first: Product @shareable selected: Product @shareable }
          type Product @key(fields: "id pid") { id: ID! pid: ID! @shareable }`,
        prices: `type List @key(fields: "products { id pid category { id tag } } selected { id }") { products: [Product!]! @shareable first: Product @shareable selected: Product @shareable }
          type Product @key(fields: "id pid category { id tag }") { id: ID! pid: ID! @shareable price: Float category: Category @shareable } type Category @key(fields: "id tag") { id: ID! tag: String @shareable main: String }`,
      },
      root: { top: list },
      entities: { List: [list], Product: [toy], Category: [toy.category] },
    },
    [
      '{ top { products { id pid } } }',
      '{ top { products { id pid price category { main id tag } } } }',
      '{ top { selected { id } first { id pid price } products { price: id } } }',
    ],
  ],
])('%s', async (_, graph, queries) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
