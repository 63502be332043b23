import { composeServices } from '@apollo/composition';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createGraph, type Graph } from '../planning/graph.ts';
import { measureOperation } from './measure.ts';

const directives = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize"])';

function compose(sdl: string): Graph {
  const { supergraphSdl, errors } = composeServices([{ name: 'a', url: 'http://a', typeDefs: parse(`${directives}\n${sdl}`) }]);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return createGraph(supergraphSdl);
}

function measure(graph: Graph, text: string, variables?: Record<string, unknown>) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) throw new Error('The document has no operation.');
  return measureOperation({ graph, document, operation, variables });
}
const costOf = (graph: Graph, text: string, variables?: Record<string, unknown>) => measure(graph, text, variables).cost;

describe('a supergraph without @cost and @listSize', () => {
  const graph = compose(`
    type Query { one: Thing many: [Thing!]! page(first: Int! = 20): Page byKeys(keys: [ID!]!): [Thing] number: Int }
    type Mutation { change: Thing }
    type Page { nodes: [Thing!]! next: String }
    type Thing { id: ID! parts: [Thing!]! }
  `);

  it.each([
    ['leaves are free, objects cost 1', '{ number one { id } }', 1],
    ['a list is taken for ten', '{ many { parts { id } } }', 10 + 100],
    ['a mutation costs 10', 'mutation { change { id } }', 10],
    ['`first` is the size of the lists in a page, and 20 by its default', '{ page { nodes { id } next } }', 1 + 20],
    ['a given `first` wins', '{ page(first: 7) { nodes { id } } }', 1 + 7],
    ['a list of arguments says how many there are', '{ byKeys(keys: ["A", "B", "C"]) { id } }', 3],
    ['a negative size takes nothing off the rest', '{ page(first: -1000000) { nodes { id } } one { id } }', 1 + 1],
    [
      'a fragment costs as much as what is in it, each time',
      '{ a: one { ...f } b: one { ...f } } fragment f on Thing { parts { id } }',
      22,
    ],
  ])('%s', (_rule, text, cost) => {
    expect(costOf(graph, text, {})).toBe(cost);
  });

  it("a variable that is not given leaves the argument's default", () => {
    expect(costOf(graph, 'query Q($first: Int) { page(first: $first) { nodes { id } } }', {})).toBe(1 + 20);
  });
});

describe('fragments spread twice at each of sixty levels', () => {
  const graph = compose('type Query { page(first: Int): Page } type Page { nodes: [Thing!]! } type Thing { id: ID! }');
  const levels = Array.from({ length: 60 }, (_, level) => {
    const page = `page(first: 1) { ...f${level + 1} }`;
    return `fragment f${level} on Query { a: ${page} b: ${page} }`;
  });

  it('are measured once each, also inside pages', () => {
    const { depth, aliases } = measure(graph, `{ ...f0 } ${levels.join(' ')} fragment f60 on Query { __typename }`);
    expect({ depth, aliases }).toEqual({ depth: 60, aliases: 2 ** 61 - 2 });
  });
});

describe('@listSize', () => {
  const graph = compose(`
    type Query {
      hundred: [Thing!]! @listSize(assumedSize: 100)
      page(first: Int, last: Int): Page @listSize(assumedSize: 30, slicingArguments: ["first", "last"], sizedFields: ["nodes"])
      lenient(first: Int, last: Int): [Thing!] @listSize(assumedSize: 30, slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    }
    type Page { nodes: [Thing!]! notes: [Thing!]! }
    type Thing { id: ID! }
  `);

  it.each([
    ['assumedSize', '{ hundred { id } }', {}, 100],
    ['a slicing argument', '{ page(first: 5) { nodes { id } } }', {}, 1 + 5],
    ['sizedFields, and no other list', '{ page(last: 5) { nodes { id } notes { id } } }', {}, 1 + 5 + 10],
    ['sizedFields through a fragment', '{ page(last: 5) { ...f } } fragment f on Page { nodes { id } }', {}, 1 + 5],
    ['a variable', 'query Q($n: Int) { page(first: $n) { nodes { id } } }', { n: 200 }, 1 + 200],
    ["a variable's default", 'query Q($n: Int = 40) { page(first: $n) { nodes { id } } }', {}, 1 + 40],
    ['the larger of several', '{ lenient(first: 3, last: 9) { id } }', {}, 9],
    ['assumedSize when none is given', '{ lenient { id } }', {}, 30],
    ['the least while variables are unknown', 'query Q($n: Int) { page(first: $n) { nodes { id } } }', undefined, 1],
  ])('%s decides', (_what, text, variables, cost) => {
    expect(costOf(graph, text, variables)).toBe(cost);
  });

  it('tells which fields lack the one slicing argument that they need', () => {
    expect(measure(graph, '{ page { nodes { id } } }').unsliced).toEqual(['Query.page']);
    expect(measure(graph, '{ page(first: 1, last: 2) { nodes { id } } }').unsliced).toEqual(['Query.page']);
    expect(measure(graph, 'query Q($n: Int!) { page(first: $n) { nodes { id } } lenient { id } }').unsliced).toEqual([]);
  });

  it('makes the cost depend on variables only where they say a size', () => {
    expect(measure(graph, 'query Q($n: Int) { page(first: $n) { nodes { id } } }').dependsOnVariables).toBe(true);
    expect(measure(graph, 'query Q($n: Boolean!) { hundred @include(if: $n) { id } }').dependsOnVariables).toBe(false);
  });
});

describe('@cost', () => {
  const graph = compose(`
    type Query { report: Report! cheap: Report! @cost(weight: 2) digest(format: Format, deep: Int @cost(weight: 9)): Text list: [Text!]! find(filter: Filter): Int }
    type Mutation { free: Int @cost(weight: 0) add(items: [Filter!]!): Int }
    type Report @cost(weight: 50) { id: ID! }
    scalar Text @cost(weight: 3)
    enum Format @cost(weight: 4) { A B }
    input Filter { text: String owner: Int @cost(weight: 6) inner: Filter }
  `);

  it.each([
    ['of a type', '{ report { id } }', {}, 50],
    ["of a field goes before its type's", '{ cheap { id } }', {}, 2],
    ['of a scalar, for each in a list', '{ list }', {}, 30],
    ['of an argument and of an enum, when given', '{ digest(format: A, deep: 1) }', {}, 3 + 4 + 9],
    ['of nothing when they are not', '{ digest }', {}, 3],
    ['of a mutation', 'mutation { free }', {}, 0],
    ['of input fields', '{ find(filter: { text: "x", owner: 1, inner: { owner: 2 } }) }', {}, 1 + 6 + (1 + 6)],
    ['of inputs in variables', 'mutation M($items: [Filter!]!) { add(items: $items) }', { items: [{ owner: 1 }, {}] }, 10 + 7 + 1],
  ])('%s counts', (_what, text, variables, cost) => {
    expect(costOf(graph, text, variables)).toBe(cost);
  });
});
