import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

const cm = ({ unit = 'CM' }) => (unit === 'CM' ? 12 : 5);
const shapes = [
  { __typename: 'Box', id: 'b', name: 'Box', corners: 8, size: cm, near: [{ __typename: 'Ball', id: 'o', name: 'Ball', size: cm }] },
  { __typename: 'Ball', id: 'o', name: 'Ball', size: cm, near: [] },
];
const graph: AuditGraph = {
  subgraphs: {
    shapes: `type Query { shapes: [Shape!]! things: [Thing!]! box: Box }
      union Thing = Box | Ball
      interface Shape @key(fields: "id") { id: ID! name: String! }
      type Box implements Shape @key(fields: "id") { id: ID! name: String! corners: Int! }
      type Ball implements Shape @key(fields: "id") { id: ID! name: String! }`,
    sizes: `enum Unit { CM INCH } type Shape @key(fields: "id") @interfaceObject { id: ID! size(unit: Unit! = CM): Int! near: [Shape!]! }`,
    labels: {
      sdl: `type Shape @key(fields: "id") @interfaceObject { id: ID! name: String! @external label: String! @requires(fields: "name") }`,
      resolvers: { Shape: { label: ({ name }: { name: string }) => `<${name}>` } },
    },
  },
  root: { shapes, things: shapes, box: shapes[0] },
  entities: { Shape: shapes, Box: shapes.slice(0, 1), Ball: shapes.slice(1) },
};
for (const shape of shapes) Object.assign(shape, { label: `<${shape.name}>` });
Object.assign(shapes[0]?.near[0] ?? {}, { label: '<Ball>', near: [] });

it('an interface that others know as an object', async () => {
  const differences = await findDifferences(start, graph, [
    '{ shapes { __typename id name size label } }',
    '{ shapes { size(unit: INCH) ... on Box { corners label } } }',
    '{ box { label size near { id } } }',
    '{ box { near { __typename name label ... on Ball { name } ... on Box { corners } } } }',
    // Found by random documents: one of the two got the other's value.
    '{ things { ... on Box { size(unit: INCH) } ... on Ball { size } } }',
    '{ things { ... on Box { x: size(unit: INCH) y: label } ... on Ball { x: size y: name } } shapes { x: name ... on Box { y: name } ... on Ball { y: label } } }',
    '{ things { ... on Box { near { x: id } ...B } ... on Ball { near { id } } __typename } } fragment B on Box { near { x: id label } size }',
    '{ things { ... on Box { x__own1: size(unit: INCH) x: size } ... on Ball { x__own1: size x__own: size } } }',
  ]);
  expect(differences).toEqual([]);
});

const video = { __typename: 'Video', id: 'v', title: 'V', duration: 100, author: 'Ada' };
const article = { __typename: 'Article', id: 'a', title: 'A', words: 7 };

it.each<[string, AuditGraph, readonly string[]]>([
  [
    'an object of the interface that a third subgraph extends as itself (indirect extension)',
    {
      subgraphs: {
        media: `type Query { media: Media all: [Media] } interface Media @key(fields: "id") { id: ID! title: String }
          type Video implements Media @key(fields: "id") { id: ID! title: String duration: Int }
          type Article implements Media @key(fields: "id") { id: ID! title: String words: Int }`,
        authors: 'type Query { video: Video } type Video @key(fields: "id") { id: ID! @shareable author: String }',
        lists:
          'type Query { list: List } type List { name: String media: [Media] } type Media @key(fields: "id") @interfaceObject { id: ID! }',
      },
      root: { media: video, all: [video, article], video, list: { name: 'L', media: [article, video] } },
      entities: { Media: [video, article], Video: [video], Article: [article] },
    },
    [
      '{ media { id title ... on Video { duration author } ... on Article { words } } video { author title } }',
      '{ list { name media { id ... on Video { duration } } } }',
      '{ list { media { ... on Video { author id: title } ... on Article { words } __typename } } all { ... on Video { author } } }',
    ],
  ],
  [
    'an interface object that its subgraph only refers to (not resolvable)',
    {
      subgraphs: {
        a: `type Query { node: Node product: Product } interface Node @key(fields: "id") { id: ID! } interface Product @key(fields: "id") { id: ID! name: String }
          type Bread implements Product & Node @key(fields: "id") { id: ID! name: String } type Milk implements Product & Node @key(fields: "id") { id: ID! name: String fat: Float }`,
        b: 'type Query { other: Product } type Product @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }',
        c: 'type Query { third: Node } type Node @key(fields: "id") @interfaceObject { id: ID! created: Int }',
      },
      root: {
        node: { __typename: 'Bread', id: 'x', name: 'X', created: 1 },
        product: { __typename: 'Milk', id: 'y', name: 'Y', fat: 1.5, created: 2 },
        other: { __typename: 'Milk', id: 'y', name: 'Y', fat: 1.5, created: 2 },
        third: { __typename: 'Bread', id: 'x', name: 'X', created: 1 },
      },
      entities: {
        Node: [
          { __typename: 'Bread', id: 'x', name: 'X', created: 1 },
          { __typename: 'Milk', id: 'y', name: 'Y', fat: 1.5, created: 2 },
        ],
        Product: [
          { __typename: 'Bread', id: 'x', name: 'X' },
          { __typename: 'Milk', id: 'y', name: 'Y', fat: 1.5 },
        ],
        Bread: [{ __typename: 'Bread', id: 'x', name: 'X' }],
        Milk: [{ __typename: 'Milk', id: 'y', name: 'Y', fat: 1.5 }],
      },
    },
    [
      '{ other { id } product { id } node { id } third { id } }',
      '{ other { __typename id name ... on Milk { fat } } }',
      '{ third { created ... on Bread { id name __typename } } node { created ... on Bread { name } } }',
      '{ product { ... on Bread { name } ... on Milk { created fat } } other { ... on Bread { name } } }',
    ],
  ],
])('%s', async (_, graph, queries) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
