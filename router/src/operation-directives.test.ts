import { type GraphQLResolveInfo, Kind } from 'graphql';
import { afterEach, expect, it } from 'vitest';
import { askBothWays } from '../test/both-ways.ts';
import { type ForeignSubgraph, serveForeignGraph } from '../test/foreign.ts';
import { start } from './main.ts';

const stops: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const federation = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])';
const linked = `${federation} @link(url: "https://example.org/wording/v1.0", import: ["@worded"]) @composeDirective(name: "@worded")`;
const forms = 'enum Form { LONG SHORT }';

/** A word in the form that the directive on its field says; each subgraph must be told, since each has a default of its own, or none. */
const worded =
  (word: string, untold = 'untold') =>
  (_: unknown, __: unknown, ___: unknown, { fieldNodes, variableValues }: GraphQLResolveInfo) => {
    const value = fieldNodes[0]?.directives?.[0]?.arguments?.[0]?.value;
    const form = value?.kind === Kind.VARIABLE ? variableValues[value.name.value] : value?.kind === Kind.ENUM ? value.value : undefined;
    return form === undefined ? untold : form === 'SHORT' ? word.slice(0, 1) : word;
  };

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

async function ask(subgraphs: readonly ForeignSubgraph[], query: string, variables = {}) {
  const graph = await serveForeignGraph(subgraphs);
  stops.push(graph.stop);
  const answers: Answer[] = [];
  await askBothWays(start, graph.supergraphFile, async (askRouter) => void answers.push(await askRouter<Answer>(query, variables)));
  const [hot, general] = answers;
  expect(hot?.data).toEqual(general?.data);
  return hot;
}

/** The first subgraph has no default, or another one: what a client leaves out is the supergraph's. */
const shop = (head: string, [first, second]: readonly [string, string]): readonly ForeignSubgraph[] => [
  {
    name: 'shop',
    sdl: `${head} ${first} ${forms} type Query { thing: Thing! } type Thing @key(fields: "id") { id: ID! name: String! }`,
    resolvers: { Query: { thing: () => ({}) }, Thing: { id: worded('thing', 'thing') as never, name: worded('Shop') as never } },
  },
  {
    name: 'stock',
    sdl: `${head} ${second} ${forms} type Thing @key(fields: "id") { id: ID! place: String! foundBy: ID! }`,
    resolvers: {
      Thing: {
        __resolveReference: (reference: object) => reference,
        place: worded('Cellar') as never,
        foundBy: ({ id }: { id: string }) => id,
      },
    },
  },
];

it.each<[string, readonly ForeignSubgraph[]]>([
  [
    'of a specification, with a default in one subgraph only',
    shop(linked, ['directive @worded(form: Form!) on FIELD', 'directive @worded(form: Form! = SHORT) on FIELD']),
  ],
  [
    'of a specification, the same in both',
    shop(linked, ['directive @worded(form: Form! = SHORT) on FIELD', 'directive @worded(form: Form! = SHORT) on FIELD']),
  ],
  [
    'that all subgraphs define',
    shop(federation, ['directive @worded(form: Form! = SHORT) on FIELD', 'directive @worded(form: Form! = SHORT) on FIELD']),
  ],
])('subgraphs get the directives of an operation %s', async (_, subgraphs) => {
  const query =
    'query ($form: Form!) { thing { n: name @worded place @worded long: name @worded(form: LONG) given: place @worded(form: $form) id @worded foundBy } }';
  const thing = { n: 'S', place: 'C', long: 'Shop', given: 'C', id: 't', foundBy: 'thing' };
  expect(await ask(subgraphs, query, { form: 'SHORT' })).toEqual({ data: { thing } });
});
