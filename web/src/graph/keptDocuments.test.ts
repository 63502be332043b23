import { ApolloClient, ApolloLink } from '@apollo/client';
import { NEVER } from 'rxjs';
import { expect, it } from 'vitest';
import { MyVoteDocument, SessionIssuesDocument, SessionPageDocument } from '../generated/graph.ts';
import { createCache } from './cache.ts';

it('prepares an operation once, however often what was read is let go', () => {
  const cache = createCache();
  const client = new ApolloClient({ cache, link: new ApolloLink(() => NEVER) });
  const read = () => {
    client.readQuery({ query: SessionPageDocument, variables: { wholeId: 's', first: 50 } });
    client.readQuery({ query: SessionIssuesDocument, variables: { id: 's', first: 50 } });
    client
      .watchQuery({ query: MyVoteDocument, variables: { roundId: 'r' } })
      .subscribe({})
      .unsubscribe();
    return client.documentTransform.transformDocument(SessionPageDocument);
  };
  const first = read();
  const known = () => client.getMemoryInternals?.().sizes.queryManager.getDocumentInfo ?? Number.NaN;
  const before = known();
  for (let time = 0; time < 10; time += 1) {
    cache.gc({ resetResultCache: true });
    expect(read()).toBe(first);
  }
  expect(before).toBeGreaterThan(0);
  expect(known()).toBe(before);
  expect(JSON.stringify(first)).toContain('__typename');
});
