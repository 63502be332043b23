import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, type ApolloServerPlugin, type BaseContext, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { DomainError } from '../process/errors.ts';
import { BodyTooLarge, errorBody, readBody, sendJson } from '../process/http.ts';
import type { Logger } from '../process/logging.ts';
import { countOperation, type OperationOutcome } from '../process/metrics.ts';
import { isUnexpected } from './masking.ts';

/** What every GraphQL context has, in every service. */
export interface RequestContext extends BaseContext {
  readonly requestId: string;
  readonly log: Logger;
}

/** Answers that a subgraph remembers. */
export interface AnswerMemo<Context> {
  /** What is known of a GraphQL request; undefined when nothing can be, as with most. */
  readonly recall: (body: unknown, context: Context) => Promise<Remembered | undefined>;
}

export interface Remembered {
  /** The whole answer; undefined when it has to be executed. */
  readonly text: string | undefined;
  /** Told the answer that was executed. */
  readonly learn: (text: string) => void;
}

export interface GraphqlHandlerOptions<Context extends RequestContext> {
  readonly apollo: ApolloServer<Context>;
  readonly maxBodyBytes: number;
  readonly context: (request: IncomingMessage) => Promise<Context>;
  /** Asked first. `service` counts what it answers. */
  readonly memo?: { readonly answers: AnswerMemo<Context>; readonly service: string } | undefined;
}

/**
 * Serves one HTTP request by a started Apollo Server.
 * Errors before GraphQL: whatever `context` refuses with (403), BODY_TOO_LARGE (413), BAD_REQUEST (400, the body is not JSON).
 */
export function createGraphqlHandler<Context extends RequestContext>(options: GraphqlHandlerOptions<Context>) {
  const { apollo, maxBodyBytes, context, memo } = options;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let own: Context;
    try {
      // Before the body is read: a stranger costs no more than headers.
      own = await context(request);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return sendJson(response, 403, errorBody(error.code, error.message));
    }
    let body: unknown;
    if (request.method === 'POST') {
      try {
        body = JSON.parse(await readBody(request, maxBodyBytes));
      } catch (error) {
        if (error instanceof BodyTooLarge) {
          response.setHeader('connection', 'close');
          return sendJson(response, 413, errorBody('BODY_TOO_LARGE', `The body is larger than ${maxBodyBytes} bytes.`));
        }
        return sendJson(response, 400, errorBody('BAD_REQUEST', 'The body is not valid JSON.'));
      }
    }
    let remembered: Remembered | undefined;
    if (memo !== undefined && isPlain(request)) {
      const startedAt = performance.now();
      remembered = await memo.answers.recall(body, own);
      if (remembered?.text !== undefined) {
        countOperation(memo.service, 'query', 'ok', (performance.now() - startedAt) / 1_000);
        return writeAnswer(response, toApolloAnswer(remembered.text, own.requestId));
      }
    }
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers,
        search: new URL(request.url ?? '/', 'http://localhost').search,
        body,
      },
      context: async () => own,
    });
    if (answer.body.kind === 'complete') remembered?.learn(answer.body.string);
    return writeAnswer(response, answer);
  };
}

/** A POST of JSON that takes JSON: what Apollo Server would answer without any negotiation. */
function isPlain({ method, headers }: IncomingMessage): boolean {
  const { accept = '*/*', 'content-type': type = '' } = headers;
  return method === 'POST' && type.startsWith('application/json') && (accept === '*/*' || accept === 'application/json');
}

/** With the headers of Apollo Server's own answers. */
function toApolloAnswer(string: string, requestId: string): HTTPGraphQLResponse {
  const headers = new HeaderMap();
  headers.set('content-type', 'application/json; charset=utf-8');
  headers.set('x-request-id', requestId);
  return { status: 200, headers, body: { kind: 'complete', string } };
}

/** Sends what Apollo Server answered, whole or in chunks. */
async function writeAnswer(response: ServerResponse, { status, headers, body }: HTTPGraphQLResponse): Promise<void> {
  response.statusCode = status ?? 200;
  for (const [name, value] of headers) response.setHeader(name, value);
  if (body.kind === 'complete') {
    response.end(body.string);
    return;
  }
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

/** Logs what is masked, and puts the request id on the masked error and on the response. */
export function requestIdPlugin<Context extends RequestContext>(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors.filter(isUnexpected))
            contextValue.log.error({ err: error.originalError ?? error, path: error.path }, 'unexpected error');
        },
        async willSendResponse({ response, contextValue }) {
          response.http.headers.set('x-request-id', contextValue.requestId);
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          if (singleResult.errors === undefined) return;
          const errors = singleResult.errors.map((error) =>
            error.extensions?.['code'] === 'INTERNAL_SERVER_ERROR'
              ? { ...error, extensions: { ...error.extensions, requestId: contextValue.requestId } }
              : error,
          );
          response.body = { kind: 'single', singleResult: { ...singleResult, errors } };
        },
      };
    },
  };
}

/** Counts and times what a subgraph answers. */
export function countOperations<Context extends RequestContext>(service: string): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      const startedAt = performance.now();
      let outcome: OperationOutcome = 'ok';
      return {
        async didEncounterErrors({ errors }) {
          outcome = errors.some(isUnexpected) ? 'failed' : 'refused';
        },
        async willSendResponse({ operation }) {
          countOperation(service, operation?.operation ?? 'unknown', outcome, (performance.now() - startedAt) / 1_000);
        },
      };
    },
  };
}
