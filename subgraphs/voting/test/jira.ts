import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the jira subgraph says of an issue; a change of `summaryFingerprint` is a rewording. */
export interface SaidIssue {
  summaryFingerprint: string;
  descriptionFingerprint: string;
}

export interface JiraService {
  readonly url: string;
  /** Every issue that was asked for, as it is now. */
  readonly issues: Map<string, SaidIssue>;
  /** The keys of each question, in the order of asking. */
  readonly asked: string[][];
  /** From now on: answers, none at all, or a refused connection. */
  behaviour: 'answers' | 'is silent' | 'is away';
  stop(): void;
}

/** Somebody who answers voting's questions about issues, in the words of the jira subgraph. */
export async function startJiraService(): Promise<JiraService> {
  const server = createServer(async (request, response) => {
    if (service.behaviour === 'is away') return request.socket.destroy();
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { variables: { keys: string[] } };
    service.asked.push(body.variables.keys);
    if (service.behaviour === 'is silent') return;
    const issues = body.variables.keys.map((key) => {
      const said = service.issues.get(key) ?? { summaryFingerprint: 'as ever', descriptionFingerprint: 'as ever' };
      service.issues.set(key, said);
      return {
        key,
        summary: `Summary of ${key}`,
        url: `https://jira.test/browse/${key}`,
        track0: null,
        ...said,
        freshness: { fetchedAt: new Date().toISOString() },
      };
    });
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { issues } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: JiraService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    issues: new Map(),
    asked: [],
    behaviour: 'answers',
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return service;
}
