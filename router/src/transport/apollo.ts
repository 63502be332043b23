import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import { RouterError } from '../errors.ts';
import type { RouterContext } from '../execution/context.ts';
import type { Executor } from '../execution/executor.ts';
import { toApolloGateway } from '../execution/gateway.ts';
import type { GraphSource } from '../execution/graph-source.ts';
import { type Guard, type OperationRequest, toParseError } from '../execution/operations.ts';
import { isPublished, toPublicError } from '../execution/public-errors.ts';

export interface ApolloOptions {
  readonly graphs: GraphSource;
  readonly executor: Executor;
  readonly guard: Guard;
}

/** Apollo Server on our graph; start it before use. */
export function createApollo({ graphs, executor, guard }: ApolloOptions): ApolloServer<RouterContext> {
  return new ApolloServer<RouterContext>({
    gateway: toApolloGateway(graphs, executor),
    plugins: [ApolloServerPluginLandingPageDisabled(), refuseSubscriptions, admitBy(guard), addRequestId],
    // Our own rules, introspection among them, hold on the other transports, too.
    introspection: true,
    validationRules: [...guard.rules],
    parseOptions: { maxTokens: guard.maxTokens },
    allowBatchedHttpRequests: false,
    // Hashes are looked up before, for all transports.
    persistedQueries: false,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) =>
      isPublished(error) ? formatted : toPublicError(isTooLarge(error) ? toParseError(error) : error, silent),
  });
}

/** graphql-js has no code for a document with too many tokens. */
function isTooLarge(error: unknown): boolean {
  return error instanceof GraphQLError && error.message.includes('Parsing aborted');
}

function admitBy(guard: Guard): ApolloServerPlugin<RouterContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, contextValue }) {
          if (operation === undefined) return;
          try {
            await guard.admit({ operation, document }, contextValue);
          } catch (error) {
            if (!(error instanceof RouterError)) throw error;
            throw new GraphQLError(error.message, {
              originalError: error,
              extensions: {
                http: { status: 429, headers: new HeaderMap([['retry-after', String(error.details['retryAfterSeconds'] ?? 1)]]) },
              },
            });
          }
        },
      };
    },
  };
}

// Apollo Server's formatter does not know the request; `addRequestId` logs what was masked and adds its id.
const silent = { requestId: '', log: { error: () => {} } } as unknown as Pick<RouterContext, 'requestId' | 'log'>;

const refuseSubscriptions: ApolloServerPlugin<RouterContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation !== 'subscription') return;
        throw new GraphQLError(
          'A subscription needs graphql-ws, or an Accept header of text/event-stream or multipart/mixed;subscriptionSpec=1.0.',
          {
            originalError: new RouterError(
              'SUBSCRIPTION_TRANSPORT_REQUIRED',
              'A subscription needs graphql-ws, or an Accept header of text/event-stream or multipart/mixed;subscriptionSpec=1.0.',
            ),
            extensions: { http: { status: 406 } },
          },
        );
      },
    };
  },
};

const addRequestId: ApolloServerPlugin<RouterContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) if (!isPublished(error)) toPublicError(error, contextValue);
      },
      async willSendResponse({ response, contextValue }) {
        response.http.headers.set('x-request-id', contextValue.requestId);
        if (response.body.kind !== 'single' || response.body.singleResult.errors === undefined) return;
        const { singleResult } = response.body;
        const errors = singleResult.errors?.map((error) =>
          error.extensions?.['requestId'] === ''
            ? { ...error, extensions: { ...error.extensions, requestId: contextValue.requestId } }
            : error,
        );
        response.body = { kind: 'single', singleResult: { ...singleResult, ...(errors === undefined ? {} : { errors }) } };
      },
    };
  },
};

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
  response.statusCode = answer.status ?? 200;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (answer.body.kind === 'complete') {
    response.end(answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
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
