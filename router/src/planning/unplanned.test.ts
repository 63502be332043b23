import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { beforeAll, expect, it } from 'vitest';
import { serveForeignGraph } from '../../test/foreign.ts';
import { createGraph, formatPlan, type Graph } from './graph.ts';

// `shelf` begins in a subgraph that has no kind of shelf; `drawer` in one that has.
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])';
let graph: Graph;
beforeAll(async () => {
  const { stop, supergraphFile } = await serveForeignGraph([
    {
      name: 'rooms',
      sdl: `${link} type Query { shelf: Shelf room: String } interface Shelf @key(fields: "id") { id: ID! }`,
      resolvers: {},
    },
    {
      name: 'books',
      sdl: `${link} type Query { drawer: Shelf } type Shelf @interfaceObject @key(fields: "id", resolvable: false) { id: ID! books: Int }`,
      resolvers: {},
    },
  ]);
  await stop();
  graph = createGraph(readFileSync(supergraphFile, 'utf8'));
});

const plan = (query: string) => graph.plan(parse(query), undefined, query);

it.each([
  ['{ shelf { books } }', 'shelf'],
  ['{ s: shelf { books } room }', 's'],
  ['{ drawer { id } ...R } fragment R on Query { t: shelf { books } shelf { books } }', 't, shelf'],
])('refuses %s, which the planner leaves out, with GRAPHQL_VALIDATION_FAILED', (query, left) => {
  const named = { message: expect.stringContaining(`asked of ${left}:`), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } };
  expect(() => plan(query)).toThrow(expect.objectContaining(named));
});

it.each([
  '{ __typename }',
  '{ __schema { queryType { name } } t: __typename }',
  '{ drawer { id books } room }',
  '{ ... on Query { room } ...R } fragment R on Query { r: room }',
  '{ shelf @skip(if: true) { books } room }',
])('plans %s', (query) => {
  expect(formatPlan(plan(query), {})).toContain('QueryPlan');
});

it('refuses what the variables leave, not what they leave out', () => {
  const planned = plan('query ($a: Boolean!) { shelf @include(if: $a) { books } room }');
  expect(formatPlan(planned, { a: false })).toContain('room');
  expect(() => formatPlan(planned, { a: true })).toThrow('asked of shelf:');
});
