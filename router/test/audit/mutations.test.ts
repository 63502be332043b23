import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

const product = { id: 'p1', name: 'New', price: 599.99, isExpensive: true, isAvailable: true };
const category = { id: 'c1', name: 'C', size: 4 };
let number = 0;
let made = 0;

const graph: AuditGraph = {
  subgraphs: {
    a: `type Query { product: Product }
      type Mutation { reset: Int addProduct(name: String!, price: Float!): Product! add(number: Int!): Int multiply(by: Int!): Int fail: Int
        addCategory(name: String!): Category @shareable made: Int }
      type Product @key(fields: "id") { id: ID! name: String! price: Float! }
      type Category @key(fields: "id") { id: ID! name: String! @shareable }`,
    b: {
      sdl: `type Mutation { take: Int subtract(number: Int!): Int addCategory(name: String!): Category @shareable }
        type Product @key(fields: "id") { id: ID! price: Float! @external isExpensive: Boolean! @requires(fields: "price") isAvailable: Boolean! }
        type Category @key(fields: "id") { id: ID! name: String! @shareable size: Int }`,
      resolvers: { Product: { isExpensive: ({ price }: { price: number }) => price > 100 } },
    },
  },
  root: {
    product,
    reset: () => {
      made = 0;
      number = 0;
      return number;
    },
    addProduct: () => product,
    add: ({ number: more }: { number: number }) => {
      number += more;
      return number;
    },
    subtract: ({ number: less }: { number: number }) => {
      number -= less;
      return number;
    },
    multiply: ({ by }: { by: number }) => {
      number *= by;
      return number;
    },
    take: () => number,
    fail: () => {
      number += 100;
      return new Error('No.');
    },
    addCategory: () => {
      made += 1;
      return category;
    },
    made: () => made,
  },
  entities: { Product: [product], Category: [category] },
};

it('mutations run one after the other, whichever subgraph has them, and what several share runs once', async () => {
  const differences = await findDifferences(start, graph, [
    'mutation { addProduct(name: "New", price: 599.99) { name price isExpensive isAvailable } }',
    'mutation { reset five: add(number: 5) ten: multiply(by: 2) twelve: add(number: 2) final: take }',
    'mutation { reset five: add(number: 5) four: subtract(number: 1) eight: multiply(by: 2) seven: subtract(number: 1) nine: add(number: 2) }',
    'mutation { reset a: add(number: 1) addProduct(name: "", price: 1) { isAvailable } b: take c: multiply(by: 7) d: take }',
    'mutation { reset addCategory(name: "C") { id name size } made }',
    'mutation { reset addCategory(name: "C") { size } again: addCategory(name: "D") { id } made __typename }',
    'mutation { reset fail after: take next: add(number: 1) }',
    'mutation { reset ...F ... on Mutation { a: add(number: 3) } ...G } fragment F on Mutation { z: add(number: 1000) } fragment G on Mutation { b: subtract(number: 2) m: multiply(by: 3) }',
    'mutation { reset a: add(number: 3) @include(if: false) b: add(number: 4) @skip(if: false) c: take }',
  ]);
  expect(differences).toEqual([]);
});
