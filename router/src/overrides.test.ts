import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { serveForeignGraph } from '../test/foreign.ts';
import { start } from './main.ts';
import { createGraph, formatPlan } from './planning/graph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])';
const serve = (label: string) =>
  serveForeignGraph([
    {
      name: 'old',
      sdl: `${link} type Query { p: P } type P @key(fields: "id") { id: ID! name: String price: Int }`,
      resolvers: { Query: { p: () => ({ id: '1', name: 'one', price: 1 }) }, P: { __resolveReference: () => ({ price: 1 }) } },
    },
    {
      name: 'new',
      sdl: `${link} type P @key(fields: "id") { id: ID! price: Int @override(from: "old", label: "${label}") }`,
      resolvers: { P: { __resolveReference: () => ({ price: 2 }) } },
    },
  ]);

it.each([
  ['percent(0)', '', 1],
  ['percent(100)', '', 2],
  ['beta', '', 1],
  ['beta', 'other, beta', 2],
])('a field that moves by the label %s, with OVERRIDE_LABELS=%s, is asked of the right subgraph', async (label, held, price) => {
  const graph = await serve(label);
  const router = await start({
    ROUTER_PORT: '0',
    LOG_LEVEL: 'silent',
    PAGE_DIRECTORY: '/nonexistent',
    SUPERGRAPH_FILE: graph.supergraphFile,
    OVERRIDE_LABELS: held,
  });
  try {
    const ask = async (query: string, variables = {}) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(router.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json();
    };
    expect(await ask('{ p { price name } }')).toEqual({ data: { p: { price, name: 'one' } } });
    const conditional = 'query ($a: Boolean!) { p { price @include(if: $a) id: name } }';
    expect(await ask(conditional, { a: true })).toEqual({ data: { p: { price, id: 'one' } } });
    expect(await ask(conditional, { a: false })).toEqual({ data: { p: { id: 'one' } } });
  } finally {
    await router.stop();
    await graph.stop();
  }
});

it('percent(x) moves that part of all requests, each as chance has it', async () => {
  const graph = await serve('percent(25)');
  await graph.stop();
  let chance = 0;
  const { plan } = createGraph(readFileSync(graph.supergraphFile, 'utf8'), { random: () => chance });
  const asked = [0, 0.2, 0.2499, 0.25, 0.5, 0.999].map((given) => {
    chance = given;
    return formatPlan(plan(parse('{ p { price } }'), undefined, 'key'), {}).includes('"new"');
  });
  expect(asked).toEqual([true, true, true, false, false, false]);
});
