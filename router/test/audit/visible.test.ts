import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences, refused, told } from '../audit.ts';

const ada = { id: 'u1', name: 'Ada', secret: 's1', nick: 'n1', age: 36, kind: 'REGULAR', friends: [{ id: 'u2', name: 'Bob' }] };

it.each<[string, AuditGraph, readonly string[]]>([
  [
    'what clients may not see: as a key, as what is required, as an argument, as a value',
    {
      subgraphs: {
        a: `type Query { user: User byKind(kind: Kind): String } enum Kind { REGULAR @inaccessible ANONYMOUS }
          type User @key(fields: "id") { id: ID! name: String secret: ID! @inaccessible @shareable nick: String @inaccessible kind: Kind friends(kind: Kind @inaccessible): [User] }`,
        b: {
          sdl: `type User @key(fields: "id") @key(fields: "secret") { id: ID! secret: ID! @shareable nick: String @external age: Int @requires(fields: "nick") }`,
          resolvers: { User: { age: ({ nick }: { nick: string }) => (nick === 'n1' ? 36 : null) } },
        },
        c: `type User @key(fields: "secret") { secret: ID! @shareable city: Hidden @inaccessible home: String } type Hidden @inaccessible { x: Int }`,
      },
      root: { user: { ...ada, home: 'H' }, byKind: ({ kind = null }) => kind },
      entities: { User: [{ ...ada, home: 'H' }] },
    },
    [
      '{ user { name age } }',
      '{ user { home age secret: name } }',
      '{ user { kind name } }',
      '{ byKind(kind: ANONYMOUS) }',
      `${refused}{ byKind(kind: REGULAR) }`,
      `${refused}{ user { secret } }`,
      `${refused}{ user { friends(kind: ANONYMOUS) { id } } }`,
      '{ user { friends { name } } __type(name: "Hidden") { name } }',
    ],
  ],
  [
    'inputs of which each subgraph knows another part (input object intersection)',
    {
      subgraphs: {
        a: 'type Query { a(by: By!): String @shareable } input By { first: Int! second: Int }',
        b: 'type Query { b(by: By!): String } input By { first: Int! third: Int }',
      },
      root: { a: ({ by }: { by: object }) => JSON.stringify(by), b: ({ by }: { by: object }) => JSON.stringify(by) },
      entities: {},
    },
    [
      '{ a(by: { first: 1 }) b(by: { first: 2 }) }',
      `${refused}{ a(by: { first: 1, second: 2 }) }`,
      `${refused}{ b(by: { first: 1, third: 2 }) }`,
    ],
  ],
  [
    'values of an enum that only some subgraphs have',
    {
      subgraphs: {
        a: 'type Query { kind: Kind! kinds: [Kind] inner: X } enum Kind { A B } type X { kind: Kind! }',
        b: 'type Query { other: Kind } enum Kind { B C }',
      },
      root: { kind: 'A', kinds: ['B', null, 'A'], other: 'C', inner: { kind: 'B' } },
      entities: {},
    },
    ['{ kind kinds other inner { kind } }', '{ __type(name: "Kind") { enumValues { name } } }'],
  ],
  [
    'directives of operations, with defaults, that all subgraphs have',
    {
      subgraphs: {
        a: 'directive @access(to: String! = "all", level: Int = 3) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT type Query { a: String x: X } type X @key(fields: "id") { id: ID! }',
        b: 'directive @access(to: String! = "all", level: Int = 3) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT type Query { b: String } type X @key(fields: "id") { id: ID! n: Int }',
      },
      root: { a: 'a', b: 'b', x: { id: 'x', n: 1 } },
      entities: { X: [{ id: 'x', n: 1 }] },
    },
    ['{ a @access b @access }', '{ a @access(to: "x") x { n @access(level: null) id } ...F @access } fragment F on Query { b }'],
  ],
  [
    'an interface of which the supergraph says that one subgraph alone has its field (corrupted supergraph)',
    {
      subgraphs: {
        a: 'type Query { node: Node account: Account } interface Node { id: ID! } type Account implements Node @key(fields: "id") { id: ID! name: String }',
        b: 'type Query { chat: Chat } interface Node { id: ID! } type Chat implements Node @key(fields: "id") { id: ID! account: Account text: String } type Account implements Node @key(fields: "id") { id: ID! age: Int }',
      },
      root: {
        node: { __typename: 'Account', id: 'a', name: 'A', age: 3 },
        account: { __typename: 'Account', id: 'a', name: 'A', age: 3 },
        chat: { __typename: 'Chat', id: 'c', text: 'T', account: { __typename: 'Account', id: 'a', name: 'A', age: 3 } },
      },
      entities: { Account: [{ id: 'a', name: 'A', age: 3 }], Chat: [{ id: 'c', text: 'T' }] },
      change: (supergraph) => supergraph.replace(/(interface Node[^{]*\{\s*id: ID!)/, '$1 @join__field(graph: B)'),
    },
    [
      '{ account { id name age } chat { id account { id name } } }',
      '{ account { ... on Node { id } } chat { ... on Node { id ... on Chat { text } } } }',
      // Of the interface nothing is to be had where the field begins; the planner gives up.
      `${told}{ node { id ... on Account { name age } } }`,
    ],
  ],
])('%s', async (_, graph, queries) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
