import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/index.js';
import { type GraphQLFormattedError, type GraphQLSchema, parse } from 'graphql';
import type { Checks } from '../process/health.ts';
import { errorBody, listen, pathOf, requestIdOf, type Stop, sendJson } from '../process/http.ts';
import type { Logger } from '../process/logging.ts';
import { answerManagement, listenForManagement } from '../process/management.ts';
import { peerNameOf, type Tls } from '../process/tls.ts';
import { type AnswerMemo, countOperations, createGraphqlHandler, type RequestContext, requestIdPlugin } from './graphql.ts';
import { toPublicError } from './masking.ts';
import type { RequestInfo } from './request-info.ts';
import { serveSubscriptions } from './subscriptions.ts';

export interface SubgraphOptions<Context extends RequestContext> {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly portVariable: string;
  readonly log: Logger;
  readonly schema: GraphQLSchema;
  /** Makes the context of one operation; what it throws refuses the operation. */
  readonly context: (request: RequestInfo) => Context | Promise<Context>;
  readonly checks: Checks;
  /** Mutual TLS on `port`. */
  readonly tls?: Tls | undefined;
  /** Where health and metrics are served plainly; on `port` unless given. */
  readonly managementPort?: number | undefined;
  /** Asked before a request is executed. */
  readonly memo?: AnswerMemo<Context> | undefined;
  /** Public JSON documents by path, e.g. a key set. */
  readonly documents?: Readonly<Record<string, unknown>>;
  /** Answers what else it serves; false for paths that are not its own. */
  readonly answerOther?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

export interface RunningSubgraph {
  readonly url: string;
  readonly port: number;
  /** The base of health and metrics when they have a port of their own. */
  readonly managementUrl: string | undefined;
  readonly stop: Stop;
}

const maxBodyBytes = 4 * 1024 * 1024;

/** A subgraph's executable schema from its SDL file and resolvers. */
export function buildSchema(sdlFile: URL, resolvers: unknown): GraphQLSchema {
  return buildSubgraphSchema({ typeDefs: parse(readFileSync(sdlFile, 'utf8')), resolvers: resolvers as GraphQLResolverMap<unknown> });
}

/**
 * Serves a subgraph: `/graphql` over HTTP and graphql-ws, `/health`, `/health/live`, `/health/ready`, `/metrics`.
 *
 * @throws Error naming `portVariable` or MANAGEMENT_PORT when the port is taken.
 */
export async function startSubgraph<Context extends RequestContext>(options: SubgraphOptions<Context>): Promise<RunningSubgraph> {
  const { name, log } = options;
  const apollo = new ApolloServer<Context>({
    schema: options.schema,
    // Apollo's own would wrap every field of every answer.
    plugins: [
      requestIdPlugin<Context>(),
      countOperations<Context>(name),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
    // The router plans against the SDL; introspection here would only serve someone who went round it.
    introspection: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    formatError: (formatted, error): GraphQLFormattedError => toPublicError(formatted, error),
  });
  await apollo.start();

  const graphql = createGraphqlHandler<Context>({
    apollo,
    maxBodyBytes,
    context: async (request) => options.context(toRequestInfo(request, log)),
    memo: options.memo === undefined ? undefined : { answers: options.memo, service: name },
  });
  const management = await listenForManagement({ ...options, service: name, port: options.managementPort }).catch(async (error) => {
    await apollo.stop();
    throw error;
  });
  const listening = await listen({
    ...options,
    handle: async (request, response) => {
      if (pathOf(request) === '/graphql') {
        if (request.headers.origin !== undefined)
          return sendJson(response, 403, errorBody('ORIGIN_NOT_ALLOWED', 'Pages ask the router, not a subgraph.'));
        return graphql(request, response);
      }
      const hasMetrics = management.url === undefined;
      if (await answerManagement({ service: name, checks: options.checks, hasMetrics }, request, response)) return;
      if (await options.answerOther?.(request, response)) return;
      const document = options.documents?.[pathOf(request)];
      sendJson(response, document === undefined ? 404 : 200, document ?? { status: 'not found' });
    },
  }).catch(async (error) => {
    await management.stop();
    await apollo.stop();
    throw error;
  });
  const stopSubscriptions = serveSubscriptions({ server: listening.server, schema: options.schema, context: options.context, log });
  log.info({ url: `${listening.url}/graphql` }, `${name} is listening`);
  return {
    url: `${listening.url}/graphql`,
    port: listening.port,
    managementUrl: management.url,
    stop: async () => {
      await stopSubscriptions();
      await listening.stop();
      await apollo.stop();
      await management.stop();
      options.tls?.stop();
    },
  };
}

function toRequestInfo(request: IncomingMessage, log: Logger): RequestInfo {
  const requestId = requestIdOf(request);
  return {
    requestId,
    log: log.child({ requestId }),
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    peerName: peerNameOf(request.socket),
  };
}
