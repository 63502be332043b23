import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { type Checks, readHealth } from '../../../kit/health.ts';
import { BodyTooLarge, errorBody, pathOf, readBody, requestIdOf, sendJson } from '../../../kit/http.ts';
import type { Logger } from '../../../kit/logging.ts';
import { readMetrics } from '../../../kit/metrics.ts';
import { type RouterContext, toForwarded } from '../execution/context.ts';
import { answerByApollo } from './apollo.ts';
import { sendSandbox, wantsHtml } from './sandbox.ts';

export interface HttpOptions {
  readonly apollo: ApolloServer<RouterContext>;
  readonly checks: Checks;
  readonly log: Logger;
  readonly maxBodyBytes: number;
  readonly isSandboxServed: boolean;
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
    return answerByApollo(apollo, request, response, { body, context: toContext(request, log) });
  }
}

function toContext(request: IncomingMessage, log: Logger): RouterContext {
  const requestId = requestIdOf(request);
  const forwarded = toForwarded(requestId, (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  });
  return { requestId, log: log.child({ requestId }), forwarded, clientIp: request.socket.remoteAddress ?? '' };
}
