import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { composeToy } from '../../test/world.ts';
import { createGraph } from './graph.ts';
import { rehearse, toRehearsal } from './rehearsal.ts';

it.each([
  ['Tally', () => readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8')],
  ['the toy', composeToy],
])('a rehearsal on the supergraph of %s is a valid query that can be planned', (_name, read) => {
  const graph = createGraph(read());
  const query = toRehearsal(graph.schema) ?? '';
  expect(validate(graph.schema, parse(query))).toEqual([]);
  expect(graph.plan(parse(query), undefined, query).queryPlan.node).toBeDefined();
  const warmed: string[] = [];
  rehearse(graph.schema, ['{ a }', '{ b }'], (document) => warmed.push(document));
  expect(warmed).toEqual([query, '{ a }', '{ b }']);
});

it.each([
  ['nothing but arguments', 'type Query { a(x: In!): Int, b(y: [ID!]!): B } input In { x: Int } type B { c: Int }'],
  ['objects without an end', 'type Query { a: A } type A { a: A! b(x: Int!): A }'],
  ['no objects', 'type Query { a: Int }'],
  ['interfaces and unions', 'type Query { a: I, b: U, c: Int } interface I { a: Int } union U = A type A implements I { a: Int }'],
])('of a schema of %s it is valid, or there is none', (_name, sdl) => {
  const schema = buildSchema(sdl);
  const query = toRehearsal(schema);
  if (query !== undefined) expect(validate(schema, parse(query)), query).toEqual([]);
  else expect(sdl).toContain('A!');
});
