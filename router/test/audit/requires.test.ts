import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

const novice = { id: 'a1', name: 'Ada', years: 2 };
const expert = { id: 'a2', name: 'Bob', years: 20 };
const posts = [
  { id: 'p1', byNovice: true, byExpert: false, author: novice },
  { id: 'p2', byNovice: false, byExpert: true, author: expert },
];
const bar = { __typename: 'Bar', foo: 'f', bar: 'b' };
const baz = { __typename: 'Baz', foo: 'g', inner: { __typename: 'Qux', qux: 'q' } };
const parts = (value: Readonly<Record<string, unknown>> | null): string =>
  Object.entries(value ?? {})
    .map(([name, part]): string => `${name}=${part !== null && typeof part === 'object' ? `(${parts(part as typeof value)})` : part}`)
    .sort()
    .join();
const things = [
  { id: 'e1', data: bar, any: baz, text: 'bar=b,foo=f', anyText: '__typename=Baz,foo=g,inner=(qux=q)' },
  { id: 'e2', data: baz, any: null, text: 'foo=g,inner=(qux=q)', anyText: '' },
];
const comments = ['c1', 'c2', 'c3', 'c4'].map((id, index) => ({ id, authorId: index === 0 ? 'a2' : 'a1', isSpam: index === 2 }));
const limited = ({ limit }: { limit: number }) => comments.slice(0, limit);
const post = { id: 'p', authorId: 'a1', author: { id: 'a1', name: 'Ada' }, comments: limited };
for (const comment of comments) Object.assign(comment, { same: [{ ...post }], text: `${comment.id}: 4` });

it.each<[string, AuditGraph, readonly string[]]>([
  [
    'fields that require each other in a circle of subgraphs',
    {
      subgraphs: {
        a: {
          sdl: `type Query { feed: [Post] } type Post @key(fields: "id") { id: ID! byNovice: Boolean! @external byExpert: Boolean! @requires(fields: "byNovice") }
            type Author @key(fields: "id") { id: ID! name: String! years: Int! }`,
          resolvers: { Post: { byExpert: ({ byNovice }: { byNovice: boolean }) => !byNovice } },
        },
        b: {
          sdl: `type Post @key(fields: "id") { id: ID! author: Author! byNovice: Boolean! @requires(fields: "author { years }") }
            type Author @key(fields: "id") { id: ID! years: Int! @external }`,
          resolvers: { Post: { byNovice: ({ author }: { author: { years: number } }) => author.years < 10 } },
        },
      },
      root: { feed: posts },
      entities: { Post: posts, Author: [novice, expert] },
    },
    ['{ feed { byNovice } }', '{ feed { byExpert } }', '{ feed { byExpert author { name years: id } byNovice: id } }'],
  ],
  [
    'values of interfaces and unions that are required, with a fragment for each type',
    {
      subgraphs: {
        a: `type Query { things: [Thing] } type Thing @key(fields: "id") { id: ID! data: Foo any: Any } interface Foo { foo: String } union Any = Bar | Baz
          type Bar implements Foo { foo: String bar: String } type Baz implements Foo { foo: String inner: Inner } interface Inner { qux: String } type Qux implements Inner { qux: String }`,
        b: {
          sdl: `type Thing @key(fields: "id") { id: ID! data: Foo @external any: Any @external
              text: String @requires(fields: "data { foo ... on Bar { bar } ... on Baz { inner { ... on Qux { qux } } } }")
              anyText: String @requires(fields: "any { __typename ... on Bar { bar } ... on Baz { foo inner { qux } } }") }
            interface Foo { foo: String } union Any = Bar | Baz type Bar implements Foo { foo: String @external bar: String @external }
            type Baz implements Foo { foo: String @external inner: Inner @external } interface Inner { qux: String } type Qux implements Inner { qux: String @external }`,
          resolvers: {
            Thing: { text: ({ data }: { data: typeof bar }) => parts(data), anyText: ({ any }: { any: typeof baz | null }) => parts(any) },
          },
        },
      },
      root: { things },
      entities: { Thing: things },
    },
    [
      '{ things { text } }',
      '{ things { anyText } }',
      '{ things { data { foo: __typename ... on Bar { b: bar foo2: foo } } text any { ... on Baz { inner { qux } } } anyText } }',
      '{ things { text: id data { ... on Bar { foo: bar } ... on Baz { foo } } anyText } }',
    ],
  ],
  [
    'lists with arguments that are required, and what is required by what they hold',
    {
      subgraphs: {
        a: {
          sdl: `type Query { feed: [Post] } type Post @key(fields: "id") { id: ID! authorId: ID @external author: Author @requires(fields: "authorId") comments(limit: Int!): [Comment] }
            type Comment @key(fields: "id") { id: ID! authorId: ID } type Author { id: ID! name: String }`,
          resolvers: {
            Post: { author: ({ authorId }: { authorId?: string }) => (authorId === undefined ? null : { id: authorId, name: 'Ada' }) },
          },
        },
        b: {
          sdl: `type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment] @external authorId: ID @requires(fields: "comments(limit: 3) { authorId }") }
            type Comment @key(fields: "id") { id: ID! authorId: ID @external }`,
          resolvers: {
            Post: {
              authorId: ({ comments: given }: { comments?: { authorId: string }[] }) => (given?.length === 3 ? given[1]?.authorId : 'none'),
            },
          },
        },
        c: {
          sdl: `type Comment @key(fields: "id") { id: ID! same: [Post] @external isSpam: Boolean @requires(fields: "same { comments(limit: 3) { id } }") }
            type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment] @external }`,
          resolvers: {
            Comment: {
              isSpam: ({ id, same }: { id: string; same: { comments: { id: string }[] }[] }) =>
                id === 'c3' && same.every(({ comments: given }) => given.length === 3 && given.every((each) => each.id !== undefined)),
            },
          },
        },
        d: 'type Comment @key(fields: "id") { id: ID! same: [Post] } type Post @key(fields: "id") { id: ID! }',
      },
      root: { feed: [post, post] },
      entities: { Post: [post], Comment: comments },
    },
    [
      '{ feed { author { id } } }',
      '{ feed { author { id } comments(limit: 1) { id } } }',
      '{ feed { comments(limit: 3) { isSpam } } }',
      '{ feed { comments(limit: 4) { isSpam same { comments(limit: 1) { id } } } authorId } }',
      'query ($limit: Int! = 1) { feed { author { id } ...Foo ...Bar } } fragment Foo on Post { comments(limit: $limit) { id } } fragment Bar on Post { comments(limit: $limit) { id } }',
    ],
  ],
  [
    'conditions on what requires, and on what is required',
    {
      subgraphs: {
        a: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! price: Float! }',
        b: {
          sdl: 'type Product @key(fields: "id") { id: ID! isDear: Boolean! neverCalled: Boolean! }',
          resolvers: {
            Product: {
              neverCalled: () => {
                throw new Error('This was not to be asked.');
              },
            },
          },
        },
        c: {
          sdl: 'type Product @key(fields: "id") { id: ID! isDear: Boolean! @external tax: Boolean! @requires(fields: "isDear") last: Boolean! @requires(fields: "isDear") }',
          resolvers: { Product: { tax: ({ isDear }: { isDear: boolean }) => isDear, last: ({ isDear }: { isDear: boolean }) => !isDear } },
        },
      },
      root: { product: { id: 'p', price: 700, isDear: true, neverCalled: true, tax: true, last: false } },
      entities: { Product: [{ id: 'p', price: 700, isDear: true, tax: true, last: false }] },
    },
    [
      'query ($yes: Boolean = true, $no: Boolean = false) { product { price neverCalled @include(if: $no) tax @include(if: $yes) } }',
      'query ($yes: Boolean = true) { product { price neverCalled @skip(if: $yes) last @skip(if: $yes) } }',
      'query ($yes: Boolean = true, $no: Boolean = false) { product { isDear @skip(if: $yes) tax last @include(if: $no) ... @include(if: $yes) { x: last } } }',
    ],
  ],
  [
    'fields that moved: of an interface, required in their new place, and from a subgraph that there is not',
    {
      subgraphs: {
        a: `type Query { feed: [Post] } interface Post { id: ID! created: String } type Text implements Post @key(fields: "id") { id: ID! created: String @override(from: "b") old: Int @override(from: "nowhere") }
          type Image implements Post @key(fields: "id") { id: ID! created: String }`,
        b: `type Query { other: [Post] } interface Post { id: ID! created: String } type Text implements Post @key(fields: "id") { id: ID! created: String body: String }`,
        c: {
          sdl: 'type Text @key(fields: "id") { id: ID! created: String @external title: String @requires(fields: "created") body: String @override(from: "b") }',
          resolvers: { Text: { title: ({ created }: { created?: string }) => `of ${created}` } },
        },
      },
      root: {
        feed: [
          { __typename: 'Text', id: 't', created: '2026', old: 1, title: 'of 2026', body: 'B' },
          { __typename: 'Image', id: 'i', created: '2025' },
        ],
        other: [{ __typename: 'Text', id: 't', created: '2026', old: 1, title: 'of 2026', body: 'B' }],
      },
      entities: {
        Text: [{ __typename: 'Text', id: 't', created: '2026', old: 1, title: 'of 2026', body: 'B' }],
        Image: [{ __typename: 'Image', id: 'i', created: '2025' }],
      },
    },
    [
      '{ feed { id created } other { id created } }',
      '{ other { ... on Text { title created: body old } } }',
      '{ feed { created ... on Text { title body old } } other { ... on Post { created } } }',
    ],
  ],
])('%s', async (_, graph, queries) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
