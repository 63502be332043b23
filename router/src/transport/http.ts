import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Checks } from '../../../kit/process/health.ts';
import { pathOf, sendJson } from '../../../kit/process/http.ts';
import { answerManagement } from '../../../kit/process/management.ts';
import { RouterError } from '../errors.ts';
import { toPublicError } from '../execution/public-errors.ts';
import { answerCors } from './cors.ts';
import { type Explorer, isOfExplorer } from './explorer.ts';
import { createGraphqlAnswer, type GraphqlOptions } from './graphql.ts';
import { sendSandbox, wantsHtml } from './sandbox.ts';

export interface HttpOptions extends GraphqlOptions {
  readonly checks: Checks;
  /** False when a management port serves them. */
  readonly hasMetrics: boolean;
  /** Sandbox at `/graphql`, GraphiQL at `/graphiql`. */
  readonly isSandboxServed: boolean;
  readonly explorer: Explorer;
  /** What clients see, as SDL. */
  readonly readSchema: () => string;
  readonly corsOrigins: ReadonlySet<string>;
  /** @throws RouterError RATE_LIMITED. */
  readonly countRequest: (ip: string) => Promise<void>;
  /** Answers requests for files of entities; false for other paths. */
  readonly files: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  readonly page: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Everything that the router answers over plain HTTP. */
export function createHttpHandler(options: HttpOptions) {
  const { checks, hasMetrics } = options;
  const answerGraphql = createGraphqlAnswer(options);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (pathOf(request) === '/graphql') {
      if (answerCors(options.corsOrigins, request, response)) return;
      if (options.isSandboxServed && wantsHtml(request))
        return sendSandbox(request, response, { hasExplorer: await options.explorer.isBuilt() });
      return answerGraphql(request, response);
    }
    try {
      await options.countRequest(options.clientIpOf(request));
    } catch (error) {
      if (!(error instanceof RouterError)) throw error;
      response.setHeader('retry-after', String(error.details?.['retryAfterSeconds'] ?? 1));
      return sendJson(response, 429, { errors: [toPublicError(error, { requestId: '', log: options.log })] });
    }
    if (options.allowIntrospection && pathOf(request) === '/schema.graphql') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' }).end(options.readSchema());
      return;
    }
    if (await options.files(request, response)) return;
    if (isOfExplorer(pathOf(request)))
      return options.isSandboxServed ? options.explorer.answer(request, response) : sendJson(response, 404, { status: 'not found' });
    if (await answerManagement({ service: 'router', checks, hasMetrics }, request, response)) return;
    return options.page(request, response);
  };
}
