/** One folder (or file) of ours and what it may import: docs/architecture.md shows these rows, `npm run lint` holds the code to them. */
export interface Wall {
  /** The place; the longest one that fits a file is the file's. A folder takes in the folders below it. */
  readonly place: string;
  /** What is in it, for the page. */
  readonly holds: string;
  /** Places, files or (with a closing `/*`) the files right in a folder, besides itself. */
  readonly imports: readonly string[];
  /** Of these only types. */
  readonly types?: readonly string[];
  /** Packages; absent: any but the drivers. Node's own modules are always allowed, except where this list is empty. */
  readonly packages?: readonly string[];
}

const voting = 'subgraphs/voting/src';
const jira = 'subgraphs/jira/src';
const router = 'router/src';
const routerBase = [`${router}/cache.ts`, `${router}/context.ts`, `${router}/errors.ts`, `${router}/metrics.ts`];
const port = `${voting}/store/voting-store.ts`;
const source = `${jira}/source/issue-source.ts`;

export const walls: readonly Wall[] = [
  {
    place: 'kit/process',
    holds: 'what every process repeats and nothing of poker: configuration, servers, TLS, health, metrics, traces, logs',
    imports: [],
  },
  { place: 'kit/subgraph', holds: 'what every subgraph repeats: its server, subscriptions, masking', imports: ['kit/process'] },
  { place: 'prisma', holds: "the tables and their migrations, voting's alone", imports: ['kit/process'] },
  { place: voting, holds: '`config.ts`, and `main.ts` that composes the rest', imports: [voting, 'kit'] },
  {
    place: `${voting}/domain`,
    holds: 'sessions, rounds, votes, results: pure functions, time and ids come in',
    imports: ['kit/process/errors.ts'],
    packages: [],
  },
  {
    place: `${voting}/commands`,
    holds: 'commands on a session: read, decide, commit, try again',
    imports: [`${voting}/domain`, port, `${voting}/store/remembered.ts`, `${voting}/store/shared-reads.ts`, 'kit/process'],
  },
  {
    place: `${voting}/store`,
    holds: 'the port `VotingStore` and what all adapters share',
    imports: [`${voting}/domain`, 'kit/process'],
  },
  {
    place: `${voting}/store/postgres`,
    holds: 'the adapter for Postgres, and for PGlite in this process',
    imports: [`${voting}/domain`, `${voting}/store/*`, 'prisma', 'kit/process'],
  },
  {
    place: `${voting}/store/redis`,
    holds: 'the adapter for Redis, in Lua',
    imports: [`${voting}/domain`, `${voting}/store/*`, 'kit/process'],
  },
  {
    place: `${voting}/events`,
    holds: "a session's changes and who is present, as streams",
    imports: [`${voting}/domain`, port, `${voting}/store/remembered.ts`, `${voting}/store/shared-reads.ts`, 'kit/process'],
  },
  {
    place: `${voting}/identity`,
    holds: "participants' signed tokens, and the secrets by which people come back",
    imports: [`${voting}/domain`, port, 'kit/process'],
  },
  { place: `${voting}/jira`, holds: 'the jira subgraph, as voting asks it', imports: [`${voting}/domain`, 'kit/process'] },
  {
    place: `${voting}/background`,
    holds: 'what runs by the clock: reveal, succession, retention, the worker that takes estimates to Jira',
    imports: [`${voting}/commands`, `${voting}/domain`, port, `${voting}/jira/issue-catalog.ts`, 'kit/process'],
  },
  {
    place: `${voting}/graphql`,
    holds: 'resolvers: domain, commands and the types of ports, no adapter',
    imports: [
      `${voting}/commands`,
      `${voting}/domain`,
      `${voting}/identity`,
      port,
      `${voting}/events/presence.ts`,
      `${voting}/events/session-feed.ts`,
      `${voting}/events/signals.ts`,
      `${voting}/jira/issue-catalog.ts`,
      'kit/process',
      'kit/subgraph',
    ],
  },
  { place: `${voting}/seed`, holds: 'sessions of the seed system, read into ours', imports: [`${voting}/domain`, port, 'kit/process'] },
  { place: jira, holds: '`config.ts`, and `main.ts` that composes the rest', imports: [jira, 'kit'] },
  {
    place: `${jira}/domain`,
    holds: 'issues, keys, JQL, documents in ADF and wiki markup',
    imports: ['kit/process/errors.ts'],
    packages: [],
  },
  { place: `${jira}/source`, holds: "the port `IssueSource` and Jira's two dialects", imports: [`${jira}/domain`, 'kit/process'] },
  {
    place: `${jira}/cache`,
    holds: 'an `IssueSource` that remembers for five minutes',
    imports: [`${jira}/domain`, source, 'kit/process'],
  },
  {
    place: `${jira}/scope`,
    holds: 'an `IssueSource` that sees only what JIRA_SCOPE_JQL allows',
    imports: [`${jira}/domain`, source, `${jira}/source/memo.ts`, 'kit/process'],
  },
  { place: `${jira}/events`, holds: 'what tells the other replicas that issues have changed', imports: [`${jira}/domain`, 'kit/process'] },
  {
    place: `${jira}/webhooks`,
    holds: "the listener of Jira's webhooks, which checks signatures",
    imports: [`${jira}/domain`, 'kit/process'],
  },
  {
    place: `${jira}/pictures`,
    holds: 'pictures of issues, kept for a while and served to the router',
    imports: [`${jira}/domain`, source, 'kit/process'],
  },
  {
    place: `${jira}/graphql`,
    holds: 'resolvers, and a DataLoader for each operation',
    imports: [`${jira}/domain`, source, `${jira}/events/issue-feed.ts`, 'kit/process', 'kit/subgraph'],
  },
  { place: 'subgraphs/jira/simulator', holds: 'a stateful Jira over HTTP, with faults on demand', imports: ['kit/process'] },
  { place: router, holds: '`config.ts`, `compose.ts`, and `main.ts` that composes the rest', imports: [router, 'kit'] },
  {
    place: `${router}/planning`,
    holds: 'the supergraph, its plans and what its fields cost',
    imports: [`${router}/cache.ts`, `${router}/metrics.ts`, 'kit/process'],
  },
  {
    place: `${router}/upstream`,
    holds: 'speaks to the subgraphs: time limits, retries, circuit breaker',
    imports: [`${router}/subgraph-addresses.ts`, ...routerBase, 'kit/process'],
  },
  {
    place: `${router}/execution`,
    holds: 'executes plans, compiled or by the gateway',
    imports: [`${router}/planning`, `${router}/upstream`, ...routerBase, 'kit/process'],
  },
  {
    place: `${router}/subscriptions`,
    holds: 'federated subscriptions: shared upstreams, cursors, who may follow',
    imports: [`${router}/execution`, `${router}/planning`, `${router}/upstream`, ...routerBase, 'kit/process'],
  },
  {
    place: `${router}/protection`,
    holds: 'limits of operations, rate limits, persisted operations',
    imports: [`${router}/planning`, ...routerBase, 'kit/process'],
    types: [`${router}/execution`],
  },
  {
    place: `${router}/transport`,
    holds: 'HTTP, WebSocket, streams, Sandbox, the page',
    imports: [
      `${router}/execution`,
      `${router}/planning`,
      `${router}/protection`,
      `${router}/subscriptions`,
      `${router}/upstream`,
      `${router}/config.ts`,
      ...routerBase,
      'kit/process',
      'kit/subgraph',
    ],
  },
  { place: 'examples/notes', holds: 'a third subgraph, as docs/third-subgraph.md adds it', imports: ['examples/notes'] },
  { place: 'client', holds: 'the typed client: generated operations, places, following; for browsers and Node', imports: ['client'] },
  { place: 'explorer', holds: 'GraphiQL with the tour in its tabs, as the router serves it at `/graphiql`', imports: ['explorer'] },
  { place: 'web', holds: 'the page: knows its generated operation types, and nothing else of ours', imports: ['web'] },
  { place: 'web/src/design', holds: 'what the page is drawn with', imports: ['web/src/store.ts', 'web/src/text', 'web/src/routes.ts'] },
  { place: 'web/src/text', holds: "the page's words, one file a language", imports: ['web/src/store.ts'] },
];

/** Drivers, and the places that may speak to what is behind them. */
export const drivers: readonly { readonly packages: string; readonly places: readonly string[] }[] = [
  {
    packages: 'pg|@prisma/[^/]+|prisma|@electric-sql/pglite|pglite-prisma-adapter',
    places: [`${voting}/store/postgres`, 'prisma', 'prisma.config.ts'],
  },
  {
    packages: '@redis/client',
    places: [`${voting}/store/redis`, `${jira}/events`, `${jira}/cache`, `${router}/protection`],
  },
  { packages: 'keyv|@keyv/redis', places: [`${jira}/cache`, `${router}/protection`] },
];
