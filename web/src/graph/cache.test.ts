import { gql, InMemoryCache, type Reference } from '@apollo/client';
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

it('keeps what the stream has brought when a slower answer has the queue of before', () => {
  const cache = new InMemoryCache({ typePolicies: cachePolicies });
  const asked = { query: SessionIssuesDocument, variables: { id: 's' } };
  const item = (id: string) => ({ __typename: 'SessionItem' as const, id, issue: null });
  const session = (...ids: string[]) => ({ session: { __typename: 'Session' as const, id: 's', items: ids.map(item) } });
  cache.writeQuery({ ...asked, data: session('one', 'two') });
  cache.writeFragment({ id: 'SessionItem:topic', fragment: gql`fragment Item on SessionItem { id issue { key } }`, data: item('topic') });
  cache.modify({
    id: 'Session:s',
    fields: { items: (refs: readonly Reference[] | Reference = []) => [...[refs].flat(), { __ref: 'SessionItem:topic' }] },
  });
  cache.writeQuery({ ...asked, data: session('one', 'two') });
  expect(cache.readQuery(asked)?.session?.items.map(({ id }) => id)).toEqual(['one', 'two', 'topic']);
});
