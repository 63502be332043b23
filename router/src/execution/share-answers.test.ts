import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ForeignGraph, serveForeignGraph } from '../../test/foreign.ts';
import { start } from '../main.ts';

interface Context {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

let count = 0;
let graph: ForeignGraph;
let router: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await serveForeignGraph([
    {
      name: 'counter',
      sdl: 'type Query { count(afterMs: Int!): Int! who(afterMs: Int!): String bad(afterMs: Int!): Int } type Mutation { add: Int! }',
      resolvers: {
        Query: {
          count: async (_: unknown, { afterMs }: { readonly afterMs: number }) => {
            const seen = count;
            await wait(afterMs);
            return seen;
          },
          who: async (_: unknown, { afterMs }: { readonly afterMs: number }, { headers }: Context) => {
            await wait(afterMs);
            return headers['authorization'];
          },
          bad: async (_: unknown, { afterMs }: { readonly afterMs: number }) => {
            await wait(afterMs);
            throw new Error('no');
          },
        },
        Mutation: { add: () => ++count },
      },
    },
  ]);
  router = await start({ ROUTER_PORT: '0', LOG_LEVEL: 'silent', PAGE_DIRECTORY: '/nonexistent', SUPERGRAPH_FILE: graph.supergraphFile });
});
afterAll(async () => {
  await router?.stop();
  await graph?.stop();
});

async function ask(query: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  const length = Number(response.headers.get('content-length'));
  return { ...(JSON.parse(text) as { data?: Record<string, unknown>; errors?: { extensions: Record<string, unknown> }[] }), text, length };
}

it('identical queries under way at once are answered by one execution, each with the whole body', async () => {
  await ask('{ count(afterMs: 200) }');
  const before = graph.sent.length;
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('{ count(afterMs: 200) }')));
  expect(graph.sent.length - before).toBe(1);
  for (const { text, length } of answers) {
    expect(text).toBe(answers[0]?.text);
    expect(length).toBe(Buffer.byteLength(text));
  }
});

it('whoever asks after a mutation is not given what was under way before it', async () => {
  const early = ask('{ count(afterMs: 400) }');
  await wait(100);
  const { data: added } = await ask('mutation { add }');
  const late = ask('{ count(afterMs: 400) }');
  expect((await early).data?.['count']).toBe(Number(added?.['add']) - 1);
  expect((await late).data?.['count']).toBe(added?.['add']);
});

it('askers with another Authorization have an answer of their own', async () => {
  const tokens = ['Bearer one', 'Bearer two', 'Bearer three'];
  const answers = await Promise.all(tokens.map((authorization) => ask('{ who(afterMs: 150) }', { authorization })));
  expect(answers.map(({ data }) => data?.['who'])).toEqual(tokens);
});

it('an error is told to each with the id of their own request', async () => {
  const ids = ['request-one', 'request-two'];
  const answers = await Promise.all(ids.map((id) => ask('{ bad(afterMs: 150) }', { 'x-request-id': id })));
  expect(answers.map(({ errors }) => errors?.[0]?.extensions['requestId'])).toEqual(ids);
});

it('an asker who leaves takes nothing from those who stay', async () => {
  const slow = '{ count(afterMs: 1800) }';
  const leave = new AbortController();
  const body = JSON.stringify({ query: slow });
  const headers = { 'content-type': 'application/json' };
  const leaving = fetch(router.url, { method: 'POST', headers, body, signal: leave.signal }).catch(() => undefined);
  await wait(50);
  const staying = ask(slow);
  await wait(50);
  leave.abort();
  await leaving;
  expect(await staying).toMatchObject({ data: { count } });
});

it('who comes after all have left gets an answer of their own', async () => {
  const slow = '{ count(afterMs: 2500) }';
  const leave = new AbortController();
  const body = JSON.stringify({ query: slow });
  const leaving = fetch(router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: leave.signal,
  }).catch(() => undefined);
  await wait(200);
  leave.abort();
  await leaving;
  await wait(1_500);
  expect(await ask(slow)).toMatchObject({ data: { count } });
});
