import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createGraphqlCatalog } from './graphql-catalog.ts';

it('a search that gets an empty page ends there, whatever is said to follow', async () => {
  let asked = 0;
  const searchIssues = { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'more' } };
  const jira = createServer((_, response) => {
    asked += 1;
    // In case it never ends.
    if (asked > 50) response.statusCode = 500;
    response.setHeader('content-type', 'application/json').end(asked > 50 ? '' : JSON.stringify({ data: { searchIssues } }));
  }).listen(0, '127.0.0.1');
  await once(jira, 'listening');
  const catalog = createGraphqlCatalog({
    url: `http://127.0.0.1:${(jira.address() as AddressInfo).port}/graphql`,
    secret: undefined,
    timeoutMs: 5_000,
  });
  try {
    const found = catalog.search(
      { jql: 'project = SHOP', limit: 1_000, tracks: ['estimate'] },
      { requestId: 'r1', authorization: undefined },
    );
    await expect(found).resolves.toEqual([]);
    expect(asked).toBe(1);
  } finally {
    await catalog.close();
    jira.close();
  }
});
