import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ForeignGraph, type ForeignSubgraph, serveForeignGraph } from '../../test/foreign.ts';
import { start } from '../main.ts';

// What answers hold that are joined from several subgraphs: falsy values under the planner's aliases, lists of lists, errors in lists of several types.

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])';
const animals = [
  { __typename: 'Cat', id: 'c1', size: 0 },
  { __typename: 'Dog', id: 'd1', size: 3 },
  { __typename: 'Cat', id: 'c2', size: 7 },
  { __typename: 'Bird', id: 'b1', size: 0 },
  { __typename: 'Dog', id: 'd2', size: null },
] as const;
const cells = (of: string) => [[{ id: `${of}1` }, null], [{ id: `${of}2` }]];
interface Reference {
  readonly id: string;
}
const refuseSecond = {
  __resolveReference: (reference: Reference) => reference,
  mood: ({ id }: Reference) => {
    if (id.endsWith('2')) throw new Error(`no mood of ${id}`);
    return `mood of ${id}`;
  },
};
const subgraphs: readonly ForeignSubgraph[] = [
  {
    name: 'farm',
    sdl: `${link}
      type Query { animals: [Animal!]! board: Board! }
      union Animal = Cat | Dog | Bird
      type Cat @key(fields: "id") { id: ID! size: Int! @shareable }
      type Dog @key(fields: "id") { id: ID! size: Int }
      type Bird @key(fields: "id") { id: ID! size: Int! @shareable }
      type Board @key(fields: "id") { id: ID! cells: [[Cell]!]! @shareable rows: [[Row!]!]! }
      type Cell @key(fields: "id") { id: ID! }
      type Row { from: Int! to: Int! }`,
    resolvers: {
      Query: { animals: () => animals, board: () => ({ id: 'b' }) },
      Board: { cells: () => cells('x'), rows: () => [[{ from: 0, to: 1 }], [], [{ from: 2, to: 3 }]] },
    },
  },
  {
    name: 'moods',
    sdl: `${link}
      type Cat @key(fields: "id") { id: ID! size: Int @shareable mood: String }
      type Bird @key(fields: "id") { id: ID! size: Int @shareable }
      type Dog @key(fields: "id") { id: ID! mood: String }
      type Board @key(fields: "id") {
        id: ID!
        cells: [[Cell]!]! @shareable
        rows: [[Row!]!]! @external
        text: String! @requires(fields: "rows { from to }")
      }
      type Cell @key(fields: "id", resolvable: false) { id: ID! color: String! }
      type Row { from: Int! @external to: Int! @external }`,
    resolvers: {
      Cat: refuseSecond,
      Dog: refuseSecond,
      Board: {
        __resolveReference: (reference: Reference) => reference,
        cells: () => cells('x').map((row) => row.map((cell) => cell && { ...cell, color: 'red' })),
        text: ({ rows }: { readonly rows: unknown }) => JSON.stringify(rows),
      },
    },
  },
  {
    name: 'weights',
    sdl: `${link} type Cell @key(fields: "id") { id: ID! weight: Int! }`,
    resolvers: { Cell: { __resolveReference: ({ id }: Reference) => ({ id, weight: 0 }) } },
  },
];

let graph: ForeignGraph;
const routers: Awaited<ReturnType<typeof start>>[] = [];
beforeAll(async () => {
  graph = await serveForeignGraph(subgraphs);
  const environment = { ROUTER_PORT: '0', LOG_LEVEL: 'silent', PAGE_DIRECTORY: '/nonexistent', SUPERGRAPH_FILE: graph.supergraphFile };
  routers.push(await start(environment), await start({ ...environment, HOT_PATH: 'false' }));
});
afterAll(async () => {
  for (const router of routers) await router.stop();
  await graph?.stop();
});

interface Given {
  readonly data: unknown;
  readonly errors?: readonly { readonly path: unknown }[];
}

async function ask(query: string): Promise<readonly Given[]> {
  const given: Given[] = [];
  for (const { url } of routers) {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
    given.push((await response.json()) as Given);
  }
  return given;
}

it.each<[string, string, unknown]>([
  [
    'falsy values of members of a union under one response name',
    '{ animals { ... on Dog { size } ... on Cat { size } ... on Bird { size } } }',
    { animals: animals.map(({ size }) => ({ size })) },
  ],
  [
    'lists of lists that two subgraphs fill',
    '{ board { cells { color weight } } }',
    { board: { cells: [[{ color: 'red', weight: 0 }, null], [{ color: 'red', weight: 0 }]] } },
  ],
  ['lists of lists that a field requires', '{ board { text } }', { board: { text: '[[{"from":0,"to":1}],[],[{"from":2,"to":3}]]' } }],
])('joins %s', async (_, query, data) => {
  for (const given of await ask(query)) expect(given).toEqual({ data });
});

it('gives an error of an entity the path of that entity, in a list of several types', async () => {
  for (const { data, errors = [] } of await ask('{ animals { ... on Cat { mood } ... on Dog { mood } } }')) {
    expect(data).toEqual({ animals: [{ mood: 'mood of c1' }, { mood: 'mood of d1' }, { mood: null }, {}, { mood: null }] });
    expect(errors.map(({ path }) => path).sort()).toEqual([
      ['animals', 2, 'mood'],
      ['animals', 4, 'mood'],
    ]);
  }
});
