import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { findBreaks, findRelease, readUsedDocuments, toApiSchema } from '../scripts/check-schema.ts';

const current = toApiSchema(readFileSync(join(import.meta.dirname, '../router/supergraph.graphql'), 'utf8'));

describe('npm run check:schema', () => {
  it('finds that clients of the last release lose nothing', () => {
    expect(findBreaks(findRelease().schema, current, readUsedDocuments())).toEqual([]);
  });

  it('names what is taken away, and which known operations need it', () => {
    const before = buildSchema('type Query { session(id: ID!): Session } type Session { title: String! revision: Int! }');
    const after = buildSchema('type Query { session(id: ID!): Session } type Session { title: String! }');
    const used = [
      { name: 'watch.graphql', text: '{ session(id: "1") { revision } }' },
      { name: 'title.graphql', text: '{ session(id: "1") { title } }' },
      { name: 'broken-before.graphql', text: '{ nothing }' },
    ];
    expect(findBreaks(before, after, used)).toEqual([
      'Session.revision was removed.',
      'watch.graphql: Cannot query field "revision" on type "Session".',
    ]);
  });

  it('takes what is added for no break', () => {
    const before = buildSchema('type Query { decks: [String!]! }');
    expect(findBreaks(before, buildSchema('type Query { decks(first: Int): [String!]! more: Int }'), [])).toEqual([]);
  });

  it('knows operations of the tour and of the page', () => {
    expect(readUsedDocuments().map(({ name }) => name)).toEqual(expect.arrayContaining(['read-session.graphql', 'the page']));
  });
});
