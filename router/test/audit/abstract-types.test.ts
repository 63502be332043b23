import { expect, it } from 'vitest';
import { start } from '../../src/main.ts';
import { type AuditGraph, findDifferences } from '../audit.ts';

const book = { __typename: 'Book', id: 'b', title: 'T', pages: 0, media: 'PAPER', similar: [] as unknown[] };
const film = { __typename: 'Film', id: 'f', title: 'F', minutes: 90, media: 'DISC', similar: [book] };
book.similar = [film, book];
const song = { __typename: 'Song', id: 's', title: 'S', beats: 120 };

it.each<[string, AuditGraph, readonly string[]]>([
  [
    'unions with other members in each subgraph (union intersection, distribution)',
    {
      subgraphs: {
        a: 'type Query { media: Media @shareable book: Media @shareable } union Media = Book | Song type Book @key(fields: "id") { id: ID! title: String @shareable } type Song @shareable { title: String beats: Int }',
        b: 'type Query { media: Media @shareable book: Media @shareable film: Media } union Media = Book | Film type Book @key(fields: "id") { id: ID! title: String @shareable } type Film @shareable { title: String minutes: Int }',
        c: 'type Book @key(fields: "id") { id: ID! pages: Int }',
      },
      root: { media: book, book, film },
      entities: { Book: [book] },
    },
    [
      '{ media { __typename ... on Book { title pages } } }',
      '{ book { ... on Book { id } ... on Film { minutes } ... on Song { beats } } film { __typename ... on Film { title minutes } } }',
      '{ film { ... on Book { pages } } media { ... on Film { title } ... on Song { title } } }',
    ],
  ],
  [
    'interfaces whose implementations differ by subgraph, and entities below them',
    {
      subgraphs: {
        a: 'type Query { all: [Media] } interface Media { id: ID! title: String } type Book implements Media @key(fields: "id") { id: ID! title: String similar: [Media] } type Film implements Media @key(fields: "id") { id: ID! title: String similar: [Media] }',
        b: 'interface Paged { pages: Int } type Book implements Paged @key(fields: "id") { id: ID! pages: Int }',
        c: 'enum Kind { PAPER DISC } interface Made { media: Kind } type Book implements Made @key(fields: "id") { id: ID! media: Kind } type Film implements Made @key(fields: "id") { id: ID! media: Kind minutes: Int }',
      },
      root: { all: [book, film, null] },
      entities: { Book: [book], Film: [film] },
    },
    [
      '{ all { id ... on Paged { pages } ... on Made { media } } }',
      '{ all { ... on Book { similar { title ... on Film { minutes media } ... on Paged { p: pages } } } ... on Film { similar { __typename id } } } }',
      '{ all { __typename a: __typename ... on Media { t: title } ...F } } fragment F on Made { media ... on Film { minutes } ... on Paged { pages } }',
      '{ all { ... on Made { ... on Media { id: title } } ... on Book @skip(if: true) { pages } ... on Film @include(if: true) { minutes } } }',
    ],
  ],
  [
    'fields of one name and other types in the members of a union (child type mismatch)',
    {
      subgraphs: {
        a: 'type Query { any: [Any] } union Any = User | Admin type User @key(fields: "id") { id: ID } type Admin @shareable { id: ID! photo: String }',
        b: 'type User @key(fields: "id") { id: ID name: String similar: [Any] } union Any = User | Admin type Admin @shareable { id: ID! photo: String }',
      },
      root: {
        any: [
          { __typename: 'User', id: 'u', name: 'U', similar: [{ __typename: 'Admin', id: 'x', photo: 'P' }] },
          { __typename: 'Admin', id: 'a', photo: null },
        ],
      },
      entities: { User: [{ id: 'u', name: 'U', similar: [{ __typename: 'Admin', id: 'x', photo: 'P' }] }] },
    },
    [
      '{ any { ... on User { uid: id name } ... on Admin { aid: id } } }',
      '{ any { ... on User { similar { __typename ... on Admin { photo } } } } }',
    ],
  ],
  [
    'type names of every sort: at the root, under aliases, of unions and interfaces',
    {
      subgraphs: {
        a: 'type Query { one: Any two: I } union Any = Song | Film interface I { title: String } type Song implements I { title: String beats: Int } type Film implements I @key(fields: "id") { id: ID! title: String }',
        b: 'type Film @key(fields: "id") { id: ID! minutes: Int }',
      },
      root: { one: song, two: film },
      entities: { Film: [film] },
    },
    [
      '{ __typename }',
      '{ __typename a: __typename one { __typename } two { b: __typename title __typename } }',
      '{ two { ... on Film { minutes t: __typename } } ... on Query { q: __typename } __schema { queryType { name } } }',
      '{ __type(name: "Film") { fields { name } } two { title } }',
    ],
  ],
  [
    'interfaces of interfaces, with entities that only some subgraphs know',
    {
      subgraphs: {
        a: 'type Query { nodes: [Node!]! } interface Node { id: ID! } interface Titled implements Node { id: ID! title: String } type Book implements Node & Titled @key(fields: "id") { id: ID! title: String } type Film implements Node @key(fields: "id") { id: ID! }',
        b: 'interface Node { id: ID! } type Film implements Node @key(fields: "id") { id: ID! minutes: Int } type Query { film: Node }',
      },
      root: { nodes: [book, film], film },
      entities: { Book: [book], Film: [film] },
    },
    [
      '{ nodes { id ... on Titled { title } ... on Film { minutes } } film { id ... on Film { minutes } } }',
      '{ film { ... on Titled { title } __typename } }',
    ],
  ],
])('%s', async (_, graph, queries) => {
  expect(await findDifferences(start, graph, queries)).toEqual([]);
});
