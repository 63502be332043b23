import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { BodyTooLarge, ClientGone, requestIdOf } from '../../../kit/process/http.ts';
import type { Logger } from '../../../kit/process/logging.ts';
import { createContext, type RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import { JsonText } from '../execution/json-text.ts';
import { type OperationRequest, type Operations, type Prepared, parseOperationRequest } from '../execution/operations.ts';
import { toPublicError } from '../execution/public-errors.ts';
import { formatPlan } from '../planning/graph.ts';
import type { PersistedOperations } from '../protection/persisted.ts';
import { acceptedEncodings, findEncodingProblem, readJson } from './body.ts';
import { answerByStream, eventStream, multipart, type StreamFormat, type StreamOptions } from './http-streams.ts';
import { type Answerable, readAccepted } from './negotiation.ts';

export interface GraphqlOptions {
  readonly operations: Operations;
  readonly persisted: PersistedOperations;
  readonly streams: StreamOptions;
  /** Whether several clients are given this data at once. */
  readonly isShared: (data: object) => boolean;
  readonly log: Logger;
  readonly maxBodyBytes: number;
  readonly limits: { readonly maxTokens: number };
  readonly allowIntrospection: boolean;
  readonly clientIpOf: (request: IncomingMessage) => string;
}

type MediaType = 'application/json' | 'application/graphql-response+json';

/**
 * Answers GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): refusals are 200 for clients
 * that take application/json only, and speak by their status to those that take application/graphql-response+json.
 */
export function createGraphqlAnswer(options: GraphqlOptions) {
  const { operations, persisted } = options;

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const context = toContext(request, options.log, options.clientIpOf(request));
    response.setHeader('x-request-id', context.requestId);
    response.setHeader('cache-control', 'no-store');
    const accepted = readAccepted(request.headers.accept);
    const mediaType = accepted.find(isMediaType);
    const format = formatOf(accepted);
    const refuse = (status: number, error: unknown): void =>
      send(response, status, mediaType ?? 'application/json', { errors: [toPublicError(error, context)] });

    const problem = findProblem(request);
    if (problem !== undefined) {
      const limited = await operations.countUnread(context);
      if (limited !== undefined) return sendErrors(response, mediaType ?? 'application/json', [limited.toJSON()]);
      if (problem.status === 405) response.setHeader('allow', 'GET, POST');
      // RFC 9110, 15.5.16: whoever sent something else learns what is taken.
      if (problem.status === 415) response.setHeader('accept-encoding', acceptedEncodings);
      return refuse(problem.status, problem.error);
    }
    let operation: OperationRequest;
    try {
      operation = await persisted.resolve(
        parseOperationRequest(
          request.method === 'POST'
            ? await readJson(request, { maxBytes: options.maxBodyBytes, maxValues: options.limits.maxTokens })
            : readSearch(request),
        ),
      );
    } catch (error) {
      if (error instanceof ClientGone) return context.log.debug('the client went away before its request was there');
      const limited = await operations.countUnread(context);
      if (limited !== undefined) return sendErrors(response, mediaType ?? 'application/json', [limited.toJSON()]);
      if (error instanceof BodyTooLarge) {
        response.setHeader('connection', 'close');
        return refuse(413, new RouterError('BODY_TOO_LARGE', `The body is larger than ${options.maxBodyBytes} bytes.`));
      }
      // A refusal of the operation, however soon.
      if (error instanceof RouterError && error.code === 'OPERATION_TOO_LARGE')
        return sendErrors(response, mediaType ?? 'application/json', [toPublicError(error, context)]);
      const shown = error instanceof SyntaxError ? new RouterError('BAD_REQUEST', 'The request is not valid JSON.') : error;
      return refuse(shown instanceof RouterError ? (refusalStatus[shown.code] ?? 400) : 400, shown);
    }
    if (format === undefined && mediaType === undefined) {
      const limited = await operations.countUnread(context);
      if (limited !== undefined) return sendErrors(response, 'application/json', [limited.toJSON()]);
      return refuse(
        406,
        new RouterError(
          'BAD_REQUEST',
          'The answer is application/json or application/graphql-response+json, and the Accept header takes neither.',
        ),
      );
    }

    const prepared = await operations.prepare(operation, context);
    const isSubscription = prepared.kind === 'ready' && prepared.planned.operation.operation === 'subscription';
    // Whoever names JSON first wants a stream only for what needs one.
    const wantsStream = mediaType === undefined || accepted[0] === 'text/event-stream' || accepted[0] === 'multipart/mixed';
    const isStreamed =
      isSubscription || mediaType === undefined || (wantsStream && (prepared.kind === 'refused' || format?.isExclusive === true));
    if (format !== undefined && isStreamed) return answerByStream(options.streams, { request, response, format }, prepared, context);
    if (mediaType === undefined) return;
    if (prepared.kind === 'refused')
      return sendErrors(
        response,
        mediaType,
        prepared.errors.map((error) => error.toJSON()),
      );
    const { operation: kind } = prepared.planned.operation;
    if (isSubscription) {
      return refuse(
        406,
        new RouterError(
          'SUBSCRIPTION_TRANSPORT_REQUIRED',
          'A subscription needs graphql-ws, or an Accept header of text/event-stream or multipart/mixed;subscriptionSpec=1.0.',
        ),
      );
    }
    if (kind === 'mutation' && request.method === 'GET') {
      response.setHeader('allow', 'POST');
      return refuse(405, new RouterError('BAD_REQUEST', 'A mutation needs POST.'));
    }
    // The name of the header is Apollo Sandbox's.
    const wantsPlan = options.allowIntrospection && request.headers['apollo-query-plan-experimental'] !== undefined;
    return wantsPlan ? answerWithPlan(response, mediaType, prepared, context) : answerDirectly(response, mediaType, prepared, context);
  };

  async function answerWithPlan(
    response: ServerResponse,
    mediaType: MediaType,
    prepared: Prepared & { kind: 'ready' },
    context: RouterContext,
  ): Promise<void> {
    const result = await operations.execute(prepared, context);
    const __queryPlanExperimental = formatPlan(prepared.planned, prepared.variables);
    send(response, 200, mediaType, { ...result, extensions: { __queryPlanExperimental } });
  }

  async function answerDirectly(
    response: ServerResponse,
    mediaType: MediaType,
    prepared: Prepared & { kind: 'ready' },
    context: RouterContext,
  ): Promise<void> {
    const result = await operations.execute(prepared, context);
    if (result.data === undefined && result.errors !== undefined) return sendErrors(response, mediaType, result.errors);
    const { data } = result;
    if (result.errors !== undefined || data === undefined || data === null || !options.isShared(data))
      return send(response, 200, mediaType, result);
    const body = sharedBodies.get(data) ?? Buffer.from(toBody(result));
    sharedBodies.set(data, body);
    response.writeHead(200, { 'content-type': `${mediaType}; charset=utf-8`, 'content-length': body.length }).end(body);
  }
}

const refusalStatus: Readonly<Record<string, number>> = {
  // Apollo's clients look for this one in a 200, and send the document then.
  PERSISTED_QUERY_NOT_FOUND: 200,
  PERSISTED_QUERY_REQUIRED: 403,
};

const statusByCode: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  OPERATION_NOT_PLANNED: 500,
};

/** A refusal of the operation, as opposed to one of the HTTP request. */
function sendErrors(response: ServerResponse, mediaType: MediaType, errors: readonly GraphQLFormattedError[]): void {
  const { code, retryAfterSeconds } = errors[0]?.extensions ?? {};
  if (code === 'RATE_LIMITED') response.setHeader('retry-after', String(retryAfterSeconds ?? 1));
  const status = statusByCode[String(code)] ?? (mediaType === 'application/json' ? 200 : 400);
  send(response, status, mediaType, { errors });
}

function send(response: ServerResponse, status: number, mediaType: MediaType, result: FormattedExecutionResult): void {
  const body = toBody(result);
  const bytes = Buffer.byteLength(body);
  // A string goes out in one write together with its head, a Buffer would be a second piece; of plain ASCII no character needs a look.
  response
    .writeHead(status, { 'content-type': `${mediaType}; charset=utf-8`, 'content-length': bytes })
    .end(body, bytes === body.length ? 'latin1' : 'utf8');
}

/** Terminals like a line end. */
function toBody(result: FormattedExecutionResult): string {
  const { data, errors, extensions } = result;
  if (data instanceof JsonText && errors === undefined && extensions === undefined) return `{"data":${data.text}}\n`;
  return `${JSON.stringify(result)}\n`;
}

/** The text of data that several clients are given, made once. */
const sharedBodies = new WeakMap<object, Buffer>();

interface Problem {
  readonly status: number;
  readonly error: RouterError;
}

/** What is wrong with the HTTP request itself, before its body is read. */
function findProblem({ method, headers }: IncomingMessage): Problem | undefined {
  if (method !== 'GET' && method !== 'POST')
    return { status: 405, error: new RouterError('BAD_REQUEST', 'GraphQL is served by GET and POST.') };
  if (method === 'POST' && !/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    // Also what keeps foreign pages out: a browser sends this type to another origin only after asking.
    return { status: 415, error: new RouterError('BAD_REQUEST', 'The body of a POST is application/json.') };
  }
  const encodingProblem = method === 'POST' ? findEncodingProblem(headers) : undefined;
  if (encodingProblem !== undefined) return { status: 415, error: new RouterError('BAD_REQUEST', encodingProblem) };
  const site = headers['sec-fetch-site'];
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (
    method === 'GET' &&
    isForeign &&
    headers['apollo-require-preflight'] === undefined &&
    headers['x-apollo-operation-name'] === undefined &&
    headers.authorization === undefined
  ) {
    return { status: 400, error: new RouterError('BAD_REQUEST', 'A GET from another site needs the header `apollo-require-preflight`.') };
  }
  return undefined;
}

function isMediaType(type: Answerable): type is MediaType {
  return type === 'application/json' || type === 'application/graphql-response+json';
}

function formatOf(accepted: readonly Answerable[]): StreamFormat | undefined {
  const stream = accepted.find((type) => !isMediaType(type));
  if (stream === undefined) return undefined;
  return stream === 'text/event-stream' ? eventStream : multipart;
}

function readSearch(request: IncomingMessage): unknown {
  const search = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const json = (name: string): unknown => {
    const text = search.get(name);
    return text === null || text === '' ? undefined : JSON.parse(text);
  };
  return {
    query: search.get('query') ?? undefined,
    operationName: search.get('operationName') || undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

/** The context of what a plain HTTP request asks for. */
export function toContext(request: IncomingMessage, log: Logger, clientIp: string): RouterContext {
  return createContext({
    requestId: requestIdOf(request),
    log,
    clientIp,
    isGone: () => request.socket.destroyed,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  });
}
