import { afterEach, expect, it } from 'vitest';
import { createLogger } from '../../kit/process/logging.ts';
import { type ForeignSubgraph, serveForeignGraph } from '../test/foreign.ts';
import { start } from './main.ts';

const stops: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@interfaceObject"])';
const film = { __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Film', id }) };
/** The planner (2.14.4) gives up on `price`: an interface object requires what another one requires something for. */
const subgraphs: readonly ForeignSubgraph[] = [
  {
    name: 'media',
    sdl: `${link} type Query { film: Media } interface Media @key(fields: "id") { id: ID! minutes: Int } type Film implements Media @key(fields: "id") { id: ID! minutes: Int }`,
    resolvers: { Query: { film: () => ({ __typename: 'Film', id: 'f', minutes: 9 }) }, Media: film, Film: film },
  },
  {
    name: 'costs',
    sdl: `${link} type Media @key(fields: "id") @interfaceObject { id: ID! minutes: Int @external cost: Int @requires(fields: "minutes") }`,
    resolvers: { Media: { __resolveReference: (given: unknown) => given, cost: ({ minutes }: { minutes: number }) => minutes * 2 } },
  },
  {
    name: 'prices',
    sdl: `${link} type Media @key(fields: "id") @interfaceObject { id: ID! cost: Int @external price: Int @requires(fields: "cost") }`,
    resolvers: { Media: { __resolveReference: (given: unknown) => given, price: ({ cost }: { cost: number }) => cost * 2 } },
  },
];

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

it('OPERATION_NOT_PLANNED tells of an operation that the planner gives up on, and the log names it with the planner’s words', async () => {
  const graph = await serveForeignGraph(subgraphs);
  stops.push(graph.stop);
  const lines: string[] = [];
  const log = createLogger('router', 'error', { write: (line) => lines.push(line) });
  const environment = { ROUTER_PORT: '0', PAGE_DIRECTORY: '/nonexistent', SUPERGRAPH_FILE: graph.supergraphFile };
  const router = await start(environment, { log });
  stops.push(router.stop);
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const ask = async (query: string) => {
    const response = await fetch(router.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return { status: response.status, ...((await response.json()) as Answer) };
  };
  expect(await ask('{ film { cost } }')).toEqual({ status: 200, data: { film: { cost: 18 } } });
  // With a variable it is planned only when it is carried out.
  for (const query of ['query Price { film { price } }', 'query Price($yes: Boolean! = true) { film { price @include(if: $yes) } }']) {
    const { status, data, errors } = await ask(query);
    expect([status, data, errors?.map(({ extensions }) => extensions.code)]).toEqual([500, undefined, ['OPERATION_NOT_PLANNED']]);
    expect(errors?.[0]?.message).not.toContain('Media');
  }
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
    operation: 'Price',
    requestId: expect.any(String),
    err: { message: expect.stringContaining('interface object') },
    msg: 'the query planner gave up on an operation',
  });
});
