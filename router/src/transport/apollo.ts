import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { writeAnswer } from '../../../kit/subgraph/graphql.ts';
import type { RouterContext } from '../context.ts';
import type { Executor } from '../execution/executor.ts';
import { toApolloGateway } from '../execution/gateway.ts';
import type { OperationRequest } from '../execution/operations.ts';
import { isPublished, toPublicError } from '../execution/public-errors.ts';
import type { GraphSource } from '../planning/graph-source.ts';

/** Apollo Server on our graph, for operations that have passed the guard; start it before use. */
export function createApollo(graphs: GraphSource, executor: Executor): ApolloServer<RouterContext> {
  return new ApolloServer<RouterContext>({
    gateway: toApolloGateway(graphs, executor),
    plugins: [ApolloServerPluginLandingPageDisabled()],
    // What protects the graph comes before, the same for all transports.
    introspection: true,
    csrfPrevention: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => (isPublished(error) ? formatted : toPublicError(error, silent)),
  });
}

// Only errors of Apollo Server itself come this way: execution's are public already.
const silent = { requestId: '', log: { error: () => {} } } as unknown as Pick<RouterContext, 'requestId' | 'log'>;

/** Answers one HTTP request whose operation is read already, and looked up when it was a hash. */
export async function answerByApollo(
  apollo: ApolloServer<RouterContext>,
  request: IncomingMessage,
  response: ServerResponse,
  { operation, context }: { readonly operation: OperationRequest; readonly context: RouterContext },
): Promise<void> {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const isPost = request.method === 'POST';
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? 'GET',
      headers,
      search: isPost ? '' : toSearch(operation),
      body: isPost ? withoutHash(operation) : undefined,
    },
    context: async () => context,
  });
  return writeAnswer(response, answer);
}

function withoutHash({ extensions, ...operation }: OperationRequest): OperationRequest {
  const { persistedQuery: _persistedQuery, ...others } = extensions ?? {};
  return Object.keys(others).length === 0 ? operation : { ...operation, extensions: others };
}

function toSearch(operation: OperationRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(withoutHash(operation)))
    search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return `?${search.toString()}`;
}
