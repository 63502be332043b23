import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { type Checks, readHealth } from '../../../kit/health.ts';
import { BodyTooLarge, errorBody, pathOf, readBody, requestIdOf, sendJson } from '../../../kit/http.ts';
import type { Logger } from '../../../kit/logging.ts';
import { readMetrics } from '../../../kit/metrics.ts';
import { RouterError } from '../errors.ts';
import { type RouterContext, toForwarded } from '../execution/context.ts';
import { type OperationRequest, parseOperationRequest } from '../execution/operations.ts';
import { answerByApollo } from './apollo.ts';
import { answerByStream, negotiateStream, type StreamFormat, type StreamOptions } from './http-streams.ts';
import { sendSandbox, wantsHtml } from './sandbox.ts';

export interface HttpOptions {
  readonly apollo: ApolloServer<RouterContext>;
  readonly streams: StreamOptions;
  readonly checks: Checks;
  readonly log: Logger;
  readonly maxBodyBytes: number;
  readonly isSandboxServed: boolean;
  readonly clientIpOf: (request: IncomingMessage) => string;
  readonly page: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Everything that the router answers over plain HTTP. */
export function createHttpHandler(options: HttpOptions) {
  const { apollo, checks, log, page } = options;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    switch (pathOf(request)) {
      case '/graphql':
        if (options.isSandboxServed && wantsHtml(request)) return sendSandbox(request, response);
        return answerGraphql(request, response);
      case '/health':
      case '/health/ready': {
        const health = await readHealth('router', checks);
        return sendJson(response, health.status === 'down' ? 503 : 200, health);
      }
      case '/health/live':
        return sendJson(response, 200, { status: 'ok', service: 'router' });
      case '/metrics': {
        const { contentType, text } = await readMetrics();
        response.writeHead(200, { 'content-type': contentType }).end(text);
        return;
      }
      default:
        return page(request, response);
    }
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
    const format = negotiateStream(request);
    if (format !== undefined) return answerStream(request, response, { body, context, format });
    return answerByApollo(apollo, request, response, { body, context });
  }

  /** Apollo Server's protection against forged requests does not see streams, so they have the same rule here. */
  async function answerStream(
    request: IncomingMessage,
    response: ServerResponse,
    { body, context, format }: { readonly body: unknown; readonly context: RouterContext; readonly format: StreamFormat },
  ): Promise<void> {
    const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
    const isForgeable =
      request.method === 'POST'
        ? !isJson
        : request.headers['apollo-require-preflight'] === undefined && request.headers['x-apollo-operation-name'] === undefined && !isJson;
    if (isForgeable && request.headers.authorization === undefined) {
      return sendJson(
        response,
        400,
        errorBody('BAD_REQUEST', 'Send `content-type: application/json`, or a GET with the header `apollo-require-preflight`.'),
      );
    }
    let operation: OperationRequest;
    try {
      operation = parseOperationRequest(request.method === 'GET' ? readSearch(request) : body);
    } catch (error) {
      const message = error instanceof RouterError ? error.message : 'The parameters are not valid JSON.';
      return sendJson(response, 400, errorBody('BAD_REQUEST', message));
    }
    return answerByStream(options.streams, { request, response, format }, operation, context);
  }
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
