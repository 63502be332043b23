import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences, refused } from '../audit.ts';

const price = ({ in: currency = 'EUR' }: { in?: string }) => (currency === 'EUR' ? 10 : currency === 'USD' ? 11 : 12);
const average = ({ in: currency }: { in: string }) => (currency === 'EUR' ? 100 : 110);
const tags = ({ most }: { most: number }) => ['a', 'b', 'c'].slice(0, most).map((word) => ({ __typename: 'Tag', word }));
const product = {
  __typename: 'Product',
  id: 'p',
  name: 'N',
  weight: 2,
  price,
  category: { id: 'c', average, tags },
  dear: 20,
  total: 22,
  plain: 10,
  label: 'N',
  ofEur: 'EUR 100, a',
  ofUsd: 'USD 110, a b',
  text: 'of 22',
  sum: '10+11',
  bought: 41,
  other: null as unknown,
};
const second = { ...product, id: 'q', name: 'M', weight: 3, dear: 30, total: 33, label: 'M', text: 'of 33', other: product };
product.other = second;
interface Given {
  readonly price: number;
  readonly weight: number;
}
const write =
  (currency: string) =>
  ({ category: { average: of, tags: words } }: { category: { average: number; tags: { word: string }[] } }) =>
    `${currency} ${of}, ${words.map(({ word }) => word).join(' ')}`;

const graph: AuditGraph = {
  subgraphs: {
    a: `type Query { product: Product list: [Product] things: [Thing] } interface Thing { id: ID! }
      type Product implements Thing @key(fields: "id") { id: ID! name: String weight: Int price(in: String = "EUR"): Int category: Category other: Product }
      type Category { id: ID average(in: String!): Int tags(most: Int!): [Tag] } type Tag { word: String }`,
    b: {
      sdl: `type Query { mine: Product }
        type Product @key(fields: "id") { id: ID! name: String @external weight: Int @external price(in: String = "EUR"): Int @external category: Category @external
          dear: Int @requires(fields: "price(in: \\"EUR\\") weight") total: Int @requires(fields: "price(in: \\"USD\\") weight") plain: Int @requires(fields: "price")
          label: String @requires(fields: "name")
          ofEur: String @requires(fields: "category { average(in: \\"EUR\\") tags(most: 1) { word } }")
          ofUsd: String @requires(fields: "category { average(in: \\"USD\\") tags(most: 2) { word } }")
          bought(times: Int!, price: Int): Int @requires(fields: "price(in: \\"USD\\")") }
        type Category @external { average(in: String!): Int tags(most: Int!): [Tag] } type Tag @external { word: String }`,
      resolvers: {
        Product: {
          dear: ({ price: of, weight }: Given) => of * weight,
          total: ({ price: of, weight }: Given) => of * weight,
          plain: ({ price: of }: Given) => of,
          label: ({ name }: { name: string }) => name,
          ofEur: write('EUR'),
          ofUsd: write('USD'),
          bought: ({ price: of }: Given, ...[{ times }]: [{ times: number }]) => of * times,
        } as never,
      },
    },
    c: {
      sdl: `type Product @key(fields: "id") { id: ID! total: Int @external price(in: String = "EUR"): Int @external plain: Int @external
        text: String @requires(fields: "total") sum: String @requires(fields: "plain price(in: \\"USD\\")") }`,
      resolvers: {
        Product: {
          text: ({ total }: { total: number }) => `of ${total}`,
          sum: ({ plain, price: of }: { plain: number; price: number }) => `${plain}+${of}`,
        },
      },
    },
  },
  root: { product, list: [product, null, second], things: [second, product], mine: product },
  entities: { Product: [product, second] },
};
Object.assign(product, { bought: ({ times }: { times: number }) => 11 * times });
Object.assign(second, { bought: ({ times }: { times: number }) => 11 * times });

it('fields that require a third with other arguments, each of which is computed from what it requires itself', async () => {
  const differences = await findDifferences(start, graph, [
    '{ product { dear } }',
    '{ product { dear total } }',
    '{ product { dear total plain label } }',
    '{ product { id name weight price dear total } }',
    '{ product { price(in: "GBP") dear p: price(in: "USD") total price__required1: name } }',
    '{ product { price: dear dear: total total: plain plain: price(in: "GBP") } }',
    '{ product { dear ...F } } fragment F on Product { id text }',
    '{ list { text sum dear total plain } }',
    '{ product { ofEur ofUsd category { average(in: "USD") tags(most: 3) { word } } } }',
    '{ list { ofUsd total ofEur dear label other { total dear other { ofUsd plain } } } }',
    '{ things { ... on Product { dear } ... on Thing { ... on Product { t: total } id } } }',
    '{ mine { dear total name } product { a: dear b: dear } x: product { b: total } }',
    'query ($times: Int! = 3, $no: Boolean = false) { product { bought(times: $times) dear total @include(if: $no) ... @skip(if: $no) { plain text } } }',
    '{ product { dear two: bought(times: 2) three: bought(times: 3, price: 1) total } }',
    `${refused}{ product { price__required1 } }`,
    '{ __type(name: "Product") { fields { name } } }',
  ]);
  expect(differences).toEqual([]);
});
