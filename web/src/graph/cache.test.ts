import { ApolloClient, ApolloLink, gql, type InMemoryCache, type Reference } from '@apollo/client';
import { of } from 'rxjs';
import { expect, it } from 'vitest';
import { RewordingsDocument, SessionIssuesDocument } from '../generated/graph.ts';
import { createCache, queryDefaults } from './cache.ts';

it.each([
  ['the issues', SessionIssuesDocument],
  ['the rewordings', RewordingsDocument],
])('keeps the session when a refused query for %s brings null beside its error', (_name, query) => {
  const cache = createCache();
  const asked = { query: SessionIssuesDocument, variables: { id: 's', first: 50 } };
  const session = { __typename: 'Session' as const, id: 's', queue: { __typename: 'QueuePart' as const, nodes: [] } };
  cache.writeQuery({ ...asked, data: { session } });
  cache.writeQuery({ query, variables: { id: 's', first: 50 }, data: { session: null } });
  expect(cache.readQuery(asked)?.session).toEqual(session);
});

const asked = { query: SessionIssuesDocument, variables: { id: 's', first: 50 } };
const item = (id: string) => ({ __typename: 'SessionItem' as const, id, issue: null });
const session = (...ids: string[]) => ({
  session: { __typename: 'Session' as const, id: 's', queue: { __typename: 'QueuePart' as const, nodes: ids.map(item) } },
});

/** As the stream does. */
function addTopic(cache: InMemoryCache): void {
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
}

const queueOf = (cache: InMemoryCache) => cache.readQuery(asked)?.session?.queue.nodes.map(({ id }) => id);

it('keeps what the stream has brought when a slower answer has the queue of before', () => {
  const cache = createCache();
  cache.writeQuery({ ...asked, data: session('one', 'two') });
  addTopic(cache);
  cache.writeQuery({ ...asked, data: session('one', 'two') });
  expect(queueOf(cache)).toEqual(['one', 'two', 'topic']);
});

it('keeps it also when the slower answer is to a question that was asked again', async () => {
  const cache = createCache();
  const link = new ApolloLink(() => of({ data: session('one', 'two') }));
  const query = new ApolloClient({ cache, link, defaultOptions: queryDefaults }).watchQuery(asked);
  const watching = query.subscribe(() => undefined);
  await query.refetch();
  addTopic(cache);
  await query.refetch();
  watching.unsubscribe();
  expect(queueOf(cache)).toEqual(['one', 'two', 'topic']);
});
