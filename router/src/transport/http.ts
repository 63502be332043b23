import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import type { Checks } from '../../../kit/health.ts';
import { BodyTooLarge, errorBody, pathOf, readBody, requestIdOf, sendJson } from '../../../kit/http.ts';
import type { Logger } from '../../../kit/logging.ts';
import { answerManagement } from '../../../kit/management.ts';
import { RouterError } from '../errors.ts';
import { type RouterContext, toForwarded } from '../execution/context.ts';
import { type OperationRequest, parseOperationRequest } from '../execution/operations.ts';
import { toPublicError } from '../execution/public-errors.ts';
import type { PersistedOperations } from '../protection/persisted.ts';
import { answerByApollo } from './apollo.ts';
import { answerCors } from './cors.ts';
import { answerByStream, negotiateStream, type StreamOptions } from './http-streams.ts';
import { sendSandbox, wantsHtml } from './sandbox.ts';

export interface HttpOptions {
  readonly apollo: ApolloServer<RouterContext>;
  readonly streams: StreamOptions;
  readonly checks: Checks;
  /** False when a management port serves them. */
  readonly hasMetrics: boolean;
  readonly log: Logger;
  readonly maxBodyBytes: number;
  readonly isSandboxServed: boolean;
  readonly persisted: PersistedOperations;
  readonly corsOrigins: ReadonlySet<string>;
  readonly clientIpOf: (request: IncomingMessage) => string;
  readonly page: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Everything that the router answers over plain HTTP. */
export function createHttpHandler(options: HttpOptions) {
  const { apollo, checks, hasMetrics, log, page } = options;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (pathOf(request) === '/graphql') {
      if (answerCors(options.corsOrigins, request, response)) return;
      if (options.isSandboxServed && wantsHtml(request)) return sendSandbox(request, response);
      return answerGraphql(request, response);
    }
    if (await answerManagement({ service: 'router', checks, hasMetrics }, request, response)) return;
    return page(request, response);
  };

  async function answerGraphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body: unknown;
    if (request.method === 'POST') {
      try {
        body = JSON.parse(await readBody(request, options.maxBodyBytes));
      } catch (error) {
        if (error instanceof BodyTooLarge) {
          response.setHeader('connection', 'close');
          return sendJson(response, 413, errorBody('BODY_TOO_LARGE', `The body is larger than ${options.maxBodyBytes} bytes.`));
        }
        return sendJson(response, 400, errorBody('BAD_REQUEST', 'The body is not valid JSON.'));
      }
    }
    const context = toContext(request, log, options.clientIpOf(request));
    let operation: OperationRequest;
    try {
      operation = options.persisted.resolve(parseOperationRequest(request.method === 'POST' ? body : readSearch(request)));
    } catch (error) {
      return sendRefusal(response, error, context);
    }
    const format = negotiateStream(request);
    if (format === undefined) return answerByApollo(apollo, request, response, { operation, context });
    if (isForgeable(request)) {
      return sendJson(
        response,
        400,
        errorBody('BAD_REQUEST', 'Send `content-type: application/json`, or a GET with the header `apollo-require-preflight`.'),
      );
    }
    return answerByStream(options.streams, { request, response, format }, operation, context);
  }
}

/** Apollo Server's protection against forged requests does not see streams, so they have the same rule here. */
function isForgeable({ method, headers }: IncomingMessage): boolean {
  if ((headers['content-type'] ?? '').startsWith('application/json') || headers.authorization !== undefined) return false;
  return method === 'POST' || (headers['apollo-require-preflight'] === undefined && headers['x-apollo-operation-name'] === undefined);
}

function sendRefusal(response: ServerResponse, error: unknown, context: RouterContext): void {
  const shown = toPublicError(
    error instanceof SyntaxError ? new RouterError('BAD_REQUEST', 'The parameters are not valid JSON.') : error,
    context,
  );
  const code = String(shown.extensions?.['code']);
  response.setHeader('x-request-id', context.requestId);
  // Apollo's clients look for these two in a 200.
  sendJson(response, code === 'PERSISTED_QUERY_NOT_FOUND' ? 200 : code === 'PERSISTED_QUERY_REQUIRED' ? 403 : 400, { errors: [shown] });
}

function readSearch(request: IncomingMessage): unknown {
  const search = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const json = (name: string): unknown => {
    const text = search.get(name);
    return text === null || text === '' ? undefined : JSON.parse(text);
  };
  return {
    query: search.get('query'),
    operationName: search.get('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

function toContext(request: IncomingMessage, log: Logger, clientIp: string): RouterContext {
  const requestId = requestIdOf(request);
  const forwarded = toForwarded(requestId, (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  });
  return { requestId, log: log.child({ requestId }), forwarded, clientIp };
}
