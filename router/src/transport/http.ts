import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Checks } from '../../../kit/process/health.ts';
import { pathOf } from '../../../kit/process/http.ts';
import { answerManagement } from '../../../kit/process/management.ts';
import { answerCors } from './cors.ts';
import { createGraphqlAnswer, type GraphqlOptions } from './graphql.ts';
import { sendSandbox, wantsHtml } from './sandbox.ts';

export interface HttpOptions extends GraphqlOptions {
  readonly checks: Checks;
  /** False when a management port serves them. */
  readonly hasMetrics: boolean;
  readonly isSandboxServed: boolean;
  readonly corsOrigins: ReadonlySet<string>;
  readonly page: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Everything that the router answers over plain HTTP. */
export function createHttpHandler(options: HttpOptions) {
  const { checks, hasMetrics } = options;
  const answerGraphql = createGraphqlAnswer(options);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (pathOf(request) === '/graphql') {
      if (answerCors(options.corsOrigins, request, response)) return;
      if (options.isSandboxServed && wantsHtml(request)) return sendSandbox(request, response);
      return answerGraphql(request, response);
    }
    if (await answerManagement({ service: 'router', checks, hasMetrics }, request, response)) return;
    return options.page(request, response);
  };
}
