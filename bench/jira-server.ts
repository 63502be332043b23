import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { createLogger } from '../kit/process/logging.ts';
import type { RequestContext } from '../kit/subgraph/graphql.ts';
import type { RequestInfo } from '../kit/subgraph/request-info.ts';
import { buildSchema, startSubgraph } from '../kit/subgraph/server.ts';
import { cached } from '../subgraphs/jira/src/cache/cached.ts';
import { openMemoryCache } from '../subgraphs/jira/src/cache/keyv-store.ts';
import type { Issue } from '../subgraphs/jira/src/domain/issue.ts';
import { resolvers } from '../subgraphs/jira/src/graphql/resolvers.ts';
import type { IssueView } from '../subgraphs/jira/src/graphql/views.ts';
import { start } from '../subgraphs/jira/src/main.ts';
import type { IssueSource } from '../subgraphs/jira/src/source/issue-source.ts';
import { createIssue, emptySource } from '../subgraphs/jira/src/source/testing/counted-source.ts';

/** The process that `bench/jira.ts` measures: the jira subgraph, and the same kind of server with nothing to do. */
export interface Served {
  readonly jiraUrl: string;
  readonly constantUrl: string;
  readonly textUrl: string;
}

const jira = await start({ ...process.env, AUTH: 'open', JIRA_API_TOKEN: 'bench', JIRA_PORT: '0', LOG_LEVEL: 'error' });

/** A server like ours with nothing to do but to send a text. */
const texts = new Map<number, string>();
const text = await startConstant(
  buildSubgraphSchema({
    typeDefs: parse('type Query { constant(size: Int!): String! }'),
    resolvers: {
      Query: {
        constant: (_root: unknown, { size }: { size: number }) => {
          const known = texts.get(size) ?? 'x'.repeat(size);
          texts.set(size, known);
          return known;
        },
      },
    },
  }),
  ({ requestId, log }) => ({ requestId, log }),
);

/** Our server without loader, cache and keys: the same schema answers the same query from constants. */
const views = new Map<string, IssueView>();
const constant = await startConstant(
  buildSchema(new URL('../subgraphs/jira/schema.graphql', import.meta.url), {
    Issue: { ...resolvers.Issue, __resolveReference: ({ key }: { key: string }) => toView(key) },
  }),
  ({ requestId, log }) => ({ requestId, log }),
);

function toView(key: string): IssueView {
  const known = views.get(key) ?? { askedKey: key, issue: toBenchIssue(key), fetchedAt: 0, isStale: false };
  views.set(key, known);
  return known;
}

function startConstant(schema: GraphQLSchema, context: (request: RequestInfo) => RequestContext) {
  return startSubgraph({
    name: 'constant',
    host: '127.0.0.1',
    port: 0,
    portVariable: '',
    log: createLogger('constant', 'error'),
    schema,
    context,
    checks: {},
  });
}

process.on('message', (asked) => {
  const { user, system } = process.cpuUsage();
  if (asked === 'cpu') process.send?.((user + system) / 1_000_000);
  else void measureMemory().then((bytes) => process.send?.(bytes));
});
process.send?.({ jiraUrl: jira.url, constantUrl: constant.url, textUrl: text.url } satisfies Served);

async function measureMemory(): Promise<number> {
  const maxItems = 20_000;
  const cache = openMemoryCache(maxItems);
  const source = cached(syntheticSource, cache.store, {
    ttlMs: 300_000,
    staleMs: 300_000,
    missingTtlMs: 1_000,
    now: Date.now,
    onStoreError: () => {},
  });
  const before = heapUsed();
  for (let at = 0; at < 100_000; at += 100) await source.findMany(Array.from({ length: 100 }, (_, offset) => `BENCH-${at + offset + 1}`));
  const after = heapUsed();
  // Asked for once more, so that the cache is alive when the heap is measured.
  await source.findMany(['BENCH-1']);
  return Math.round((after - before) / maxItems);
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Issues with a description of their own of 2 kB each, out of nothing. */
const syntheticSource: IssueSource = {
  ...emptySource,
  findMany: async (keys) => keys.map((key) => ({ status: 'found', fetchedAt: Date.now(), isStale: false, issue: toBenchIssue(key) })),
};

function toBenchIssue(key: string): Issue {
  // As out of JSON: one flat text, which shares nothing with another.
  const text = Buffer.from(key.repeat(200)).toString('latin1').slice(0, 1_000);
  return { ...createIssue(key, `Summary of ${key}`), description: { text, html: `<p>${text}</p>` } };
}
