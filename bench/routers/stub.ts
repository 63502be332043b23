// A process of its own: two subgraphs with constant answers, so that what is measured is the router.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const keys = Array.from({ length: 10 }, (_, index) => `SHOP-${index + 1}`);
const session = {
  __typename: 'Session',
  id: 's1',
  title: 'Sprint 42',
  rounds: keys.map((key, index) => ({
    id: `round-${index}`,
    number: index + 1,
    issue: { __typename: 'Issue', key },
    votes: Array.from({ length: 6 }, (_, voter) => ({
      participant: { id: `p${voter}`, name: `Participant ${voter}` },
      card: { label: '5', value: 5 },
    })),
  })),
};
const entities = keys.map((key) => ({
  __typename: 'Issue',
  key,
  summary: `${key}: make the checkout form keep what was typed`,
  status: 'To Do',
  storyPoints: null,
  url: `https://example.atlassian.net/browse/${key}`,
}));

const serve = (data: unknown): Promise<string> => {
  const body = Buffer.from(JSON.stringify({ data }));
  const server = createServer((request, response) => {
    request
      .resume()
      .on('end', () => response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body));
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`)),
  );
};

process.on('disconnect', () => process.exit());
process.send?.({ voting: await serve({ session }), jira: await serve({ _entities: entities }) });
