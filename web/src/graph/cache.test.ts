import { InMemoryCache } from '@apollo/client';
import { expect, it } from 'vitest';
import { RewordingsDocument, SessionIssuesDocument } from '../generated/graph.ts';
import { cachePolicies } from './cache.ts';

it.each([
  ['the issues', SessionIssuesDocument],
  ['the rewordings', RewordingsDocument],
])('keeps the session when a refused query for %s brings null beside its error', (_name, query) => {
  const cache = new InMemoryCache({ typePolicies: cachePolicies });
  const asked = { query: SessionIssuesDocument, variables: { id: 's' } };
  const session = { __typename: 'Session' as const, id: 's', items: [] };
  cache.writeQuery({ ...asked, data: { session } });
  cache.writeQuery({ query, variables: { id: 's' }, data: { session: null } });
  expect(cache.readQuery(asked)?.session).toEqual(session);
});
