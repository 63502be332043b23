import type { IncomingMessage, ServerResponse } from 'node:http';

/** Those that clients send, and those that the router takes as proof that a browser has asked first. */
const allowedHeaders =
  'authorization, content-type, x-request-id, apollo-require-preflight, x-apollo-operation-name, apollographql-client-name, apollographql-client-version, traceparent, tracestate, apollo-query-plan-experimental';

/**
 * Lets pages of the listed origins read answers; true when the request was a preflight and is answered.
 * Other origins get no headers, so their browsers keep the answer from them.
 */
export function answerCors(origins: ReadonlySet<string>, request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (origins.size > 0) response.setHeader('vary', 'origin');
  const isAllowed = origin !== undefined && origins.has(origin);
  if (isAllowed) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', 'x-request-id, retry-after');
  }
  if (request.method !== 'OPTIONS') return false;
  if (isAllowed) {
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', allowedHeaders);
    response.setHeader('access-control-max-age', '600');
  }
  response.writeHead(204).end();
  return true;
}
