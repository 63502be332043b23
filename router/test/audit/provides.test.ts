import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

const dog = { __typename: 'Dog', id: 'd', name: 'Fido', age: 3 };
const cat = { __typename: 'Cat', id: 'k', name: 'Whiskers', age: 5 };
const tale = { __typename: 'Book', id: 'b', title: 'T', animals: [dog, cat] };
const film = { __typename: 'Film', id: 'f', title: 'F', animals: [] };
const entity = { id: 'e', name: 'N', description: 'D', extra: 'X' };
const never = () => {
  throw new Error('This was not to be asked here.');
};

it.each<[string, AuditGraph, readonly string[]]>([
  [
    'what a shared root field provides below interfaces, in one of its subgraphs',
    {
      subgraphs: {
        a: `type Query { media: Media @shareable } interface Media { id: ID! } interface Animal { id: ID! }
          type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] @shareable } type Dog implements Animal @key(fields: "id") { id: ID! age: Int } type Cat implements Animal @key(fields: "id") { id: ID! age: Int }`,
        b: `type Query { media: Media @shareable @provides(fields: "animals { ... on Dog { name } ... on Cat { name } }") } interface Media { id: ID! animals: [Animal] } interface Animal { id: ID! name: String }
          type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] @shareable }
          type Dog implements Animal @key(fields: "id") { id: ID! name: String @external } type Cat implements Animal @key(fields: "id") { id: ID! name: String @external }`,
        c: `interface Animal { id: ID! name: String } type Dog implements Animal @key(fields: "id") { id: ID! name: String @shareable } type Cat implements Animal @key(fields: "id") { id: ID! name: String @shareable }`,
      },
      root: { media: tale },
      entities: { Book: [tale], Dog: [dog], Cat: [cat] },
    },
    [
      '{ media { id animals { id name } } }',
      '{ media { animals { name: id id: name ... on Cat { age } } ... on Book { animals { __typename } } } }',
      '{ media { ... on Book { animals { ... on Dog { name } ... on Animal { id } } } } }',
    ],
  ],
  [
    'what a shared root field provides of some members of a union',
    {
      subgraphs: {
        a: 'type Query { media: [Media] @shareable } union Media = Book | Film type Book @key(fields: "id") { id: ID! } type Film @key(fields: "id") { id: ID! }',
        b: `type Query { media: [Media] @shareable @provides(fields: "... on Book { title }") } union Media = Book | Film
          type Book @key(fields: "id") { id: ID! title: String @external } type Film @key(fields: "id") { id: ID! }`,
        c: 'type Book @key(fields: "id") { id: ID! title: String @shareable } type Film @key(fields: "id") { id: ID! title: String @shareable }',
      },
      root: { media: [tale, null, film] },
      entities: { Book: [tale], Film: [film] },
    },
    [
      '{ media { ... on Book { id title } ... on Film { id } } }',
      '{ media { __typename ... on Book { t: title } ... on Film { t: title } } }',
    ],
  ],
  [
    'of what is provided only what is asked for: neither is the rest computed, nor what is there asked of the owner',
    {
      subgraphs: {
        a: {
          sdl: 'type Query { zero: Int } type Entity @key(fields: "id") { id: ID! name: String! @shareable description: String! @shareable extra: String! }',
          resolvers: { Entity: { name: never, description: never } },
        },
        b: {
          sdl: `type Query { entity: Entity @provides(fields: "name description") entities: [Entity] @provides(fields: "name description") }
            type Entity @key(fields: "id") { id: ID! name: String! @external description: String! @external }`,
          resolvers: { Entity: { description: never } },
        },
      },
      root: { entity, entities: [entity, entity], zero: 0 },
      entities: { Entity: [entity] },
    },
    [
      '{ entity { id } }',
      '{ entity { id displayName: name } }',
      '{ entity { id ... on Entity { name } } entities { id ...F extra } } fragment F on Entity { name }',
      '{ entity { id ... on Entity @skip(if: true) { description } } entities { ... @include(if: false) { description } name } }',
      '{ entity { ... { name } ... { extra } } }',
    ],
  ],
])('%s', async (_, graph, queries) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
