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
    // Found by random documents: one of the two got the other's value.
    '{ things { ... on Box { size(unit: INCH) } ... on Ball { size } } }',
    '{ things { ... on Box { x: size(unit: INCH) y: label } ... on Ball { x: size y: name } } shapes { x: name ... on Box { y: name } ... on Ball { y: label } } }',
    '{ things { ... on Box { near { x: id } ...B } ... on Ball { near { id } } __typename } } fragment B on Box { near { x: id label } size }',
    '{ things { ... on Box { x__own1: size(unit: INCH) x: size } ... on Ball { x__own1: size x__own: size } } }',
  ]);
  expect(differences).toEqual([]);
});
