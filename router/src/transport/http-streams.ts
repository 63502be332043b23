import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { sendJson } from '../../../kit/process/http.ts';
import type { RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import type { Operations, Prepared } from '../execution/operations.ts';
import { isPublished, publishError } from '../execution/public-errors.ts';
import type { Connections } from '../protection/connections.ts';
import type { Engine } from '../subscriptions/engine.ts';

/** How one HTTP streaming protocol writes. */
export interface StreamFormat {
  readonly headers: Readonly<Record<string, string>>;
  /** Written before anything else. */
  readonly opening: string;
  readonly heartbeat: string;
  readonly next: (json: string) => string;
  /** The end before time, with public errors. */
  readonly failed: (errors: readonly GraphQLFormattedError[]) => string;
  readonly completed: string;
  /** Whether refusals and single results come as a stream, too: graphql-sse clients read no other, multipart clients take JSON beside it. */
  readonly isExclusive: boolean;
}

/** Server-sent events, as graphql-sse clients read them in "distinct connections" mode. */
export const eventStream: StreamFormat = {
  headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' },
  opening: ':\n\n',
  heartbeat: ':\n\n',
  next: (json) => `event: next\ndata: ${json}\n\n`,
  failed: (errors) => `event: next\ndata: ${JSON.stringify({ errors })}\n\nevent: complete\ndata:\n\n`,
  completed: 'event: complete\ndata:\n\n',
  isExclusive: true,
};

const part = (json: string): string => `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${json}\r\n--graphql`;

/** Apollo's multipart subscription protocol 1.0. The boundary follows each part at once: clients wait for it. */
export const multipart: StreamFormat = {
  headers: {
    'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  },
  opening: '\r\n--graphql',
  heartbeat: part('{}'),
  next: (json) => part(`{"payload":${json}}`),
  failed: (errors) => `${part(JSON.stringify({ payload: null, errors }))}--\r\n`,
  completed: `${part('{"payload":null}')}--\r\n`,
  isExclusive: false,
};

export interface StreamOptions {
  readonly operations: Operations;
  readonly engine: Engine;
  readonly connections: Connections;
  readonly heartbeatMs: number;
}

/** Answers an operation as a stream; a query or mutation is a stream of one result. Refusals before the stream are plain JSON. */
export async function answerByStream(
  { operations, engine, connections, heartbeatMs }: StreamOptions,
  { request, response, format }: { readonly request: IncomingMessage; readonly response: ServerResponse; readonly format: StreamFormat },
  prepared: Prepared,
  context: RouterContext,
): Promise<void> {
  const refuse = (errors: readonly GraphQLError[]): void => {
    const shown = errors.map((error) => error.toJSON());
    if (format.isExclusive) response.writeHead(200, format.headers).end(format.failed(shown));
    else {
      const { code, retryAfterSeconds } = errors[0]?.extensions ?? {};
      if (code === 'RATE_LIMITED') response.setHeader('retry-after', String(retryAfterSeconds ?? 1));
      sendJson(response, statusOf(errors), { errors: shown });
    }
  };
  if (prepared.kind === 'refused') return refuse(prepared.errors);
  const { planned, variables } = prepared;
  let results: AsyncIterableIterator<FormattedExecutionResult>;
  if (planned.operation.operation === 'subscription') {
    const leave = connections.open(context.clientIp);
    if (leave === undefined)
      return refuse([publishError(new RouterError('TOO_MANY_CONNECTIONS', 'There are too many streams and sockets already.'), context)]);
    response.once('close', leave);
    if (response.destroyed) return leave();
    try {
      results = await engine.subscribe(planned, variables, context);
    } catch (error) {
      return refuse([toShown(error, context)]);
    }
  } else if (request.method === 'GET' && planned.operation.operation === 'mutation') {
    response.setHeader('allow', 'POST');
    return sendJson(response, 405, { errors: [{ message: 'A mutation needs POST.', extensions: { code: 'BAD_REQUEST' } }] });
  } else {
    results = single(await operations.execute(prepared, context));
  }
  await writeStream({ response, format, heartbeatMs, context }, results);
}

interface Writing {
  readonly response: ServerResponse;
  readonly format: StreamFormat;
  readonly heartbeatMs: number;
  readonly context: RouterContext;
}

async function writeStream(
  { response, format, heartbeatMs, context }: Writing,
  results: AsyncIterableIterator<FormattedExecutionResult>,
): Promise<void> {
  // Gone while the subscription was on its way: nobody will tell of it any more.
  if (response.destroyed) {
    await results.return?.();
    return;
  }
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
    void results.return?.();
  });
  response.writeHead(200, { ...format.headers, connection: 'keep-alive' });
  response.write(format.opening);
  const heartbeat = setInterval(() => {
    // A client that does not read gets no heartbeats on top of what waits for it.
    if (!response.writableNeedDrain) response.write(format.heartbeat);
  }, heartbeatMs);
  try {
    for await (const result of results) {
      if (!response.write(format.next(JSON.stringify(result)))) await once(response, 'drain', { signal: gone.signal });
    }
    response.end(format.completed);
  } catch (error) {
    if (!gone.signal.aborted) response.end(format.failed([toShown(error, context).toJSON()]));
  } finally {
    clearInterval(heartbeat);
  }
}

async function* single(result: FormattedExecutionResult): AsyncGenerator<FormattedExecutionResult> {
  yield result;
}

function toShown(error: unknown, context: RouterContext): GraphQLError {
  return error instanceof GraphQLError && isPublished(error) ? error : publishError(error, context);
}

const statusByCode: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  TOKEN_INVALID: 401,
  TOKEN_EXPIRED: 401,
  NOT_A_PARTICIPANT: 403,
  RATE_LIMITED: 429,
  TOO_MANY_CONNECTIONS: 429,
  ROUTER_STOPPING: 503,
  SUBGRAPH_UNAVAILABLE: 503,
  SUBGRAPH_TIMEOUT: 504,
  INTERNAL_SERVER_ERROR: 500,
};

function statusOf(errors: readonly GraphQLError[]): number {
  return statusByCode[String(errors[0]?.extensions['code'])] ?? 400;
}
