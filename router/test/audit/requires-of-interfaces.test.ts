import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences, refused, told } from '../audit.ts';

const inCurrency =
  (euros: number) =>
  ({ in: currency = 'EUR' }: { in?: string }): number =>
    currency === 'EUR' ? euros : currency === 'USD' ? euros + 1 : euros + 2;
const hand = { __typename: 'Hand', cost: inCurrency(10), parts: [{ name: 'h', cost: inCurrency(1) }], hours: 3, label: 'H' };
const machine = { __typename: 'Machine', id: 'm', cost: inCurrency(20), parts: [], label: 'M', watts: 5 };
const product = {
  id: 'p',
  name: 'P',
  made: hand,
  ways: [hand, null, machine],
  spare: machine,
  dear: 'EUR 10',
  total: 'USD 11',
  each: 'EUR 10 20',
  all: 'USD 11 21',
  ofHand: 'USD 11 1',
  kept: 'EUR 20',
  lost: 'USD 21',
};
const second = { ...product, id: 'q', made: machine, ways: [], dear: 'EUR 20', total: 'USD 21', each: 'EUR ', all: 'USD ', ofHand: '- -' };
interface Costing {
  readonly cost?: number;
  readonly parts?: readonly { readonly cost: number }[];
}
interface Given {
  readonly made: Costing;
  readonly ways: readonly (Costing | null)[];
  readonly spare: Costing;
}
const costs = (ways: readonly (Costing | null)[]): string => ways.flatMap((way) => way?.cost ?? []).join(' ');

const graph: AuditGraph = {
  subgraphs: {
    a: `type Query { product: P list: [P] ways: [Made] } type P @key(fields: "id") { id: ID! name: String made: Made ways: [Made] }
      interface Made { cost(in: String): Int parts: [Part] } type Part { name: String cost(in: String): Int }
      type Hand implements Made { cost(in: String): Int parts: [Part] hours: Int label: String }
      type Machine implements Made @key(fields: "id") { id: ID! cost(in: String): Int parts: [Part] watts: Int }`,
    b: {
      sdl: `type P @key(fields: "id") { id: ID! made: Made @external ways: [Made] @external spare: Made @external
          dear: String @requires(fields: "made { cost(in: \\"EUR\\") }") total: String @requires(fields: "made { cost(in: \\"USD\\") }")
          each: String @requires(fields: "ways { cost(in: \\"EUR\\") }") all: String @requires(fields: "ways { cost(in: \\"USD\\") }")
          ofHand: String @requires(fields: "made { ... on Hand { cost(in: \\"USD\\") parts { cost } } }")
          kept: String @requires(fields: "spare { cost(in: \\"EUR\\") }") lost: String @requires(fields: "spare { cost(in: \\"USD\\") }") }
        interface Made { cost(in: String): Int } type Part @external { cost(in: String): Int }
        type Hand implements Made @external { cost(in: String): Int parts: [Part] } type Machine implements Made @key(fields: "id") { id: ID! cost(in: String): Int @external }`,
      resolvers: {
        P: {
          dear: ({ made }: Given) => `EUR ${made.cost}`,
          total: ({ made }: Given) => `USD ${made.cost}`,
          each: ({ ways }: Given) => `EUR ${costs(ways)}`,
          all: ({ ways }: Given) => `USD ${costs(ways)}`,
          ofHand: ({ made: { cost, parts: [part] = [] } }: Given) => `${cost === undefined ? '-' : `USD ${cost}`} ${part?.cost ?? '-'}`,
          kept: ({ spare }: Given) => `EUR ${spare.cost}`,
          lost: ({ spare }: Given) => `USD ${spare.cost}`,
        },
      },
    },
    // Knows the interface in part, and of its implementations one.
    c: `type Query { stored: Made } type P @key(fields: "id") { id: ID! spare: Made } interface Made { label: String }
      type Machine implements Made @key(fields: "id") { id: ID! label: String }`,
  },
  root: { product, list: [product, null, second], ways: [machine, hand], stored: machine },
  entities: { P: [product, second], Machine: [machine] },
};

const book = { __typename: 'Book', id: 'b', cost: inCurrency(30), pages: 9, dear: 'EUR 30', total: 'USD 31', sum: 'EUR 30, USD 31' };
const film = { __typename: 'Film', id: 'f', cost: inCurrency(40), dear: 'EUR 40', total: 'USD 41', sum: 'EUR 40, USD 41' };
const objects: AuditGraph = {
  subgraphs: {
    a: `type Query { all: [Medium] book: Book } interface Medium @key(fields: "id") { id: ID! cost(in: String): Int }
      type Book implements Medium @key(fields: "id") { id: ID! cost(in: String): Int pages: Int } type Film implements Medium @key(fields: "id") { id: ID! cost(in: String): Int }`,
    b: {
      sdl: `type Query { kept: [Medium] } type Medium @interfaceObject @key(fields: "id") { id: ID! cost(in: String): Int @external
        dear: String @requires(fields: "cost(in: \\"EUR\\")") total: String @requires(fields: "cost(in: \\"USD\\")") }`,
      resolvers: { Medium: { dear: ({ cost }: Costing) => `EUR ${cost}`, total: ({ cost }: Costing) => `USD ${cost}` } },
    },
    c: {
      sdl: `type Medium @interfaceObject @key(fields: "id") { id: ID! dear: String @external total: String @external sum: String @requires(fields: "dear total") }`,
      resolvers: { Medium: { sum: ({ dear, total }: { dear: string; total: string }) => `${dear}, ${total}` } },
    },
  },
  root: { all: [book, null, film], book, kept: [film, book] },
  entities: { Medium: [book, film], Book: [book], Film: [film] },
};

it('fields of interface objects that require another with other arguments', async () => {
  const differences = await findDifferences(start, objects, [
    '{ all { dear } kept { total } }',
    '{ all { dear total } }',
    '{ book { total pages dear cost(in: "GBP") } }',
    '{ kept { dear total } }',
    '{ kept { total ... on Book { dear pages cost } } }',
    '{ all { ... on Film { total dear } ... on Book { d: dear } cost: total } }',
    // The planner gives up where one interface object requires what another one requires something for.
    `${told}{ kept { __typename sum } book { sum } }`,
  ]);
  expect(differences).toEqual([]);
});

it('fields of interfaces that two fields require with other arguments, each in the way that it needs', async () => {
  const differences = await findDifferences(start, graph, [
    '{ product { dear } }',
    '{ product { dear total } }',
    '{ product { id name dear ...F } } fragment F on P { a: total }',
    '{ list { total dear each all made { cost(in: "GBP") } } }',
    '{ product { made { cost: parts { cost: name } c: cost(in: "USD") } dear total ofHand } }',
    '{ list { ofHand total dear } }',
    '{ product { kept } }',
    '{ list { kept lost spare { __typename cost label: cost(in: "GBP") } } }',
    '{ list { dear total each all ofHand kept lost made { ... on Hand { cost hours } ... on Machine { cost(in: "EUR") watts } } } }',
    '{ ways { cost(in: "USD") ... on Machine { label watts } } stored { label cost } }',
    'query ($no: Boolean = false) { product { dear total @include(if: $no) ... @skip(if: $no) { all each } } }',
    `${refused}{ ways { cost__required1 } }`,
    '{ __type(name: "Made") { fields { name } possibleTypes { fields { name } } } }',
  ]);
  expect(differences).toEqual([]);
});
