import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

const user = { id: 'u1', rid: 'r1', name: 'Ada', nick: 'a', greeting: 'Hi Ada', age: 36 };
const greeting = ({ name }: { name?: string }) => (name === undefined ? null : `Hi ${name}`);
const root = { randomUser: user, userById: user, providedRandomUser: user };
const queries = [
  '{ randomUser { id name } }',
  '{ userById { id rid name nick } }',
  '{ providedRandomUser { name id } }',
  '{ randomUser { greeting rid } userById { greeting name } }',
];

it.each<[string, AuditGraph]>([
  [
    'Federation 1: a type that is extended by a directive, some of whose external fields nobody needs',
    {
      subgraphs: {
        a: `#1
          type Query { randomUser: User providedRandomUser: User @provides(fields: "name") }
          type User @extends @key(fields: "id") { id: ID! @external rid: ID name: String! @external nick: String @external }`,
        b: '#1\ntype Query { userById: User } type User @key(fields: "id") { id: ID! name: String! nick: String }',
        c: {
          sdl: '#1\nextend type User @key(fields: "id") { id: ID! @external name: String! @external age: Int greeting: String @requires(fields: "name") }',
          resolvers: { User: { greeting } },
        },
      },
      root,
      entities: { User: [user] },
    },
  ],
  [
    'Federation 2: the same words, with a link',
    {
      subgraphs: {
        a: `type Query { randomUser: User providedRandomUser: User @provides(fields: "name") }
          type User @extends @key(fields: "id") { id: ID! @external rid: ID name: String! @external }`,
        b: 'type Query { userById: User } type User @key(fields: "id") { id: ID! name: String! @shareable nick: String }',
        c: {
          sdl: 'type Query { zero: Int } extend type User @key(fields: "id") { id: ID! @external name: String! @external age: Int greeting: String @requires(fields: "name") }',
          resolvers: { User: { greeting } },
        },
      },
      root,
      entities: { User: [user] },
    },
  ],
  [
    'Federation 1 and 2 beside each other, keys that are external but for the owner, and one that only the owner resolves',
    {
      subgraphs: {
        a: `#1
          type Query { randomUser: User providedRandomUser: User @provides(fields: "name") }
          extend type User @key(fields: "id") @key(fields: "rid") { id: ID! @external rid: ID @external name: String! @external }`,
        b: 'type Query { userById: User } type User @key(fields: "id") @key(fields: "rid") { id: ID! rid: ID name: String! @shareable nick: String @shareable }',
        c: {
          sdl: 'type User @key(fields: "rid") { rid: ID name: String! @external age: Int greeting: String @requires(fields: "name") nick: String @shareable }',
          resolvers: { User: { greeting } },
        },
      },
      root,
      entities: { User: [user] },
    },
  ],
])('%s', async (_, graph) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
