import { gql, InMemoryCache, type Reference } from '@apollo/client';
import { expect, it } from 'vitest';
import { RewordingsDocument, SessionIssuesDocument } from '../generated/graph.ts';
import { cachePolicies } from './cache.ts';

it.each([
  ['the issues', SessionIssuesDocument],
  ['the rewordings', RewordingsDocument],
])('keeps the session when a refused query for %s brings null beside its error', (_name, query) => {
  const cache = new InMemoryCache({ typePolicies: cachePolicies });
  const asked = { query: SessionIssuesDocument, variables: { id: 's', first: 50 } };
  const session = { __typename: 'Session' as const, id: 's', queue: { __typename: 'QueuePart' as const, nodes: [] } };
  cache.writeQuery({ ...asked, data: { session } });
  cache.writeQuery({ query, variables: { id: 's', first: 50 }, data: { session: null } });
  expect(cache.readQuery(asked)?.session).toEqual(session);
});

it('keeps what the stream has brought when a slower answer has the queue of before', () => {
  const cache = new InMemoryCache({ typePolicies: cachePolicies });
  const asked = { query: SessionIssuesDocument, variables: { id: 's', first: 50 } };
  const item = (id: string) => ({ __typename: 'SessionItem' as const, id, issue: null });
  const session = (...ids: string[]) => ({
    session: { __typename: 'Session' as const, id: 's', queue: { __typename: 'QueuePart' as const, nodes: ids.map(item) } },
  });
  cache.writeQuery({ ...asked, data: session('one', 'two') });
  cache.writeFragment({ id: 'SessionItem:topic', fragment: gql`fragment Item on SessionItem { id issue { key } }`, data: item('topic') });
  cache.modify({
    id: 'Session:s',
    fields: {
      queue: (part: unknown) => {
        const { nodes, ...rest } = part as { readonly nodes: readonly Reference[] };
        return { ...rest, nodes: [...nodes, { __ref: 'SessionItem:topic' }] };
      },
    },
  });
  cache.writeQuery({ ...asked, data: session('one', 'two') });
  expect(cache.readQuery(asked)?.session?.queue.nodes.map(({ id }) => id)).toEqual(['one', 'two', 'topic']);
});
