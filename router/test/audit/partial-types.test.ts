import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

const common = { __typename: 'Common', label: 'C' };
const onlyA = { __typename: 'OnlyA', a: 'A' };
const onlyB = { __typename: 'OnlyB', b: 'B' };
const ofA = { id: 'x', wrapper: { actions: [common, onlyA] }, bWrapper: { actions: [common, onlyB] } };
const ofB = { id: 'x', wrapper: { actions: [common, onlyB] }, bWrapper: { actions: [common, onlyB] } };
const actions = '{ actions { __typename ... on Common { label } ... on OnlyA { a } ... on OnlyB { b } } }';
const oven = { __typename: 'Oven', id: 'oven', warranty: 1 };
const toaster = { __typename: 'Toaster', id: 'toaster', warranty: 3 };
const none = () => new Error('An Oven is no Node here.');
const thing = { __typename: 'Product', id: 'p', name: 'P', price: 9.5 };

it.each<[string, AuditGraph, readonly string[]]>([
  [
    'unions below shared fields, of which each subgraph knows a part (partial unions)',
    {
      subgraphs: {
        a: `type Query { rootA: Container shared: Container @shareable top: [Action!] @shareable } type Container @key(fields: "id") { id: ID! wrapper: Wrapper @shareable }
          type Wrapper @shareable { actions: [Action!]! } union Action = Common | OnlyA type Common @shareable { label: String } type OnlyA { a: String }`,
        b: `type Query { rootB: Container shared: Container @shareable top: [Action!] @shareable } type Container @key(fields: "id") { id: ID! wrapper: Wrapper @shareable bWrapper: Wrapper }
          type Wrapper @shareable { actions: [Action!]! } union Action = Common | OnlyB type Common @shareable { label: String } type OnlyB { b: String }`,
      },
      root: {
        rootA: ofA,
        rootB: ofB,
        shared: { id: 'x', wrapper: { actions: [common] }, bWrapper: { actions: [common, onlyB] } },
        top: [common],
      },
      entities: { Container: [ofB] },
    },
    [
      // The planner asks for what both subgraphs know, though only one of them is asked.
      `{ rootA { wrapper ${actions} } }`,
      `{ rootB { wrapper ${actions} } }`,
      `{ rootA { w: wrapper { ...W } } } fragment W on Wrapper { actions { ... on OnlyA { x: a } ... on OnlyB { x: b } } actions { __typename } }`,
      '{ rootA { wrapper { actions { __typename ... on OnlyB { b } } } } }',
      `{ shared { wrapper ${actions} } }`,
      `{ rootA { bWrapper ${actions} } shared { bWrapper ${actions} } }`,
      '{ top { ... on OnlyA { a } } t: top { ... on OnlyB { b } ... on Common { label } } }',
    ],
  ],
  [
    'unions and interfaces whose members stand in two subgraphs, one of which knows them as no nodes',
    {
      subgraphs: {
        a: `type Query { products: [Product] nodes: [Node] node: Node bad: Node toasters: [Toaster] } union Product = Oven | Toaster interface Node { id: ID! }
          type Oven @key(fields: "id") { id: ID! } type Toaster implements Node @key(fields: "id") { id: ID! warranty: Int @shareable }`,
        b: `interface Node { id: ID! } interface WithWarranty { warranty: Int } type Oven implements WithWarranty & Node @key(fields: "id") { id: ID! warranty: Int }
          type Toaster implements WithWarranty @key(fields: "id") { id: ID! warranty: Int @shareable }`,
      },
      root: { products: [oven, toaster], nodes: [toaster], node: toaster, bad: none, toasters: [toaster] },
      entities: { Oven: [oven], Toaster: [toaster] },
    },
    [
      '{ products { ... on Node { id } } }',
      '{ nodes { ... on Toaster { warranty } ... on Oven { id } } }',
      '{ nodes { id ... on Node { id ... on Node { id ... on WithWarranty { warranty } } } } }',
      '{ toasters { ...T ...N } } fragment T on Toaster { id } fragment N on Node { id __typename }',
      '{ products { ... on Oven { warranty } } node { ... on Toaster { warranty } } }',
      '{ bad { ... on Oven { warranty } } }',
      '{ bad { ... on Toaster { warranty } } nodes { __typename } }',
    ],
  ],
  [
    'one interface for everything (node), asked for in a subgraph that knows nothing but the key',
    {
      subgraphs: {
        a: 'type Query { node: Node list: [Node!]! } interface Node { id: ID! } type Product implements Node @key(fields: "id") { id: ID! }',
        b: 'interface Node { id: ID! } type Product implements Node @key(fields: "id") { id: ID! name: String! price: Float } type Category implements Node @key(fields: "id") { id: ID! name: String! }',
        c: 'type Query { other: Node } interface Node { id: ID! } type Category implements Node @key(fields: "id") { id: ID! }',
      },
      root: { node: thing, list: [thing, thing], other: { __typename: 'Category', id: 'c', name: 'C' } },
      entities: { Product: [thing], Category: [{ __typename: 'Category', id: 'c', name: 'C' }] },
    },
    [
      '{ node { ... on Product { id name __typename price } } }',
      '{ list { id ... on Category { name } ... on Product { price } } other { ... on Category { n: name } ... on Product { price } id } }',
    ],
  ],
])('%s', async (_, graph, queries) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
