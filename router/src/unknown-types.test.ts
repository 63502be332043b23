import { afterEach, expect, it } from 'vitest';
import { askBothWays } from '../test/both-ways.ts';
import { type ForeignSubgraph, serveForeignGraph } from '../test/foreign.ts';
import { start } from './main.ts';

const stops: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])';
const find = async ({ id }: { id: string }) => {
  if (id === 'broken') throw new Error('broken');
  return id === 'gone' ? null : { __typename: 'Film', id, minutes: 9 };
};
/** The second subgraph knows no types; the first has no entity `gone`, and fails at `broken`. */
const subgraphs: readonly ForeignSubgraph[] = [
  {
    name: 'media',
    sdl: `${link} type Query { film: Film } interface Media @key(fields: "id") { id: ID! } type Film implements Media @key(fields: "id") { id: ID! minutes: Int }`,
    resolvers: { Media: { __resolveReference: find }, Film: { __resolveReference: find } },
  },
  {
    name: 'lists',
    sdl: `${link} type Query { list(of: [ID!]!): [Media] } type Media @key(fields: "id") @interfaceObject { id: ID! likes: Int }`,
    resolvers: { Query: { list: (_: unknown, { of }: { of: readonly string[] }) => of.map((id) => ({ id, likes: 1 })) } },
  },
];

interface Answer {
  readonly data: unknown;
  readonly errors?: readonly { readonly path: readonly unknown[]; readonly extensions: { readonly code: string } }[];
}

it.each([
  ['gone', 'SUBGRAPH_INVALID_RESPONSE'],
  ['broken', 'INTERNAL_SERVER_ERROR'],
])('an object whose type is asked for and stays unknown is null, and told (%s)', async (id, code) => {
  const graph = await serveForeignGraph(subgraphs);
  stops.push(graph.stop);
  await askBothWays(start, graph.supergraphFile, async (askRouter) => {
    const ask = (asked: string) => askRouter<Answer>(`{ list(of: ["f", "${id}"]) { ${asked} } }`);
    for (const asked of ['t: __typename likes', 'likes ... on Media { ... on Media { t: __typename } }']) {
      const { data, errors } = await ask(asked);
      expect(data).toEqual({ list: [{ t: 'Film', likes: 1 }, null] });
      expect(errors?.map(({ path, extensions }) => [path.slice(0, 2), extensions.code])).toEqual([[['list', 1], code]]);
    }
    expect((await ask('likes')).data).toEqual({ list: [{ likes: 1 }, { likes: 1 }] });
    expect((await ask('likes ... on Film { minutes }')).data).toEqual({ list: [{ likes: 1, minutes: 9 }, { likes: 1 }] });
  });
});
