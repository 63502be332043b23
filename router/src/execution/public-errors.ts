import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError } from '../../../kit/process/errors.ts';
import type { RouterContext } from '../context.ts';
import { PlannerFault } from '../planning/planner-fault.ts';

const codeOf = (error: unknown): unknown => (error instanceof GraphQLError ? error.extensions['code'] : undefined);

/** Protocol errors speak of the request only, so they stay as they are when the router itself gives them. */
const protocolCodes: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** The same codes from a subgraph mean that router and subgraph disagree about the schema: nobody's request is at fault. */
const hiddenSubgraphCodes: ReadonlySet<unknown> = new Set(
  [...protocolCodes, 'DOWNSTREAM_SERVICE_ERROR', 'INTERNAL_SERVER_ERROR', undefined].filter((code) => code !== 'BAD_USER_INPUT'),
);

/** Codes whose `serviceName` is of use to the client. */
const namedServiceCodes: ReadonlySet<unknown> = new Set(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT', 'SUBGRAPH_INVALID_RESPONSE']);

const longestMessage = 200;

/** What `publishError` made: it must not be masked again. */
const published = new WeakSet<object>();

/** `toPublicError` as an instance, for those who want one. */
export function publishError(error: unknown, context: Pick<RouterContext, 'requestId' | 'log'>): GraphQLError {
  const { message, path, extensions } = toPublicError(error, context);
  const made = new GraphQLError(message, {
    ...(path === undefined ? {} : { path }),
    ...(extensions === undefined ? {} : { extensions }),
    nodes: error instanceof GraphQLError ? (error.nodes ?? null) : null,
  });
  published.add(made);
  return made;
}

/** Whether `publishError` made this error. */
export function isPublished(error: unknown): boolean {
  return typeof error === 'object' && error !== null && published.has(error);
}

/**
 * The public form of whatever went wrong. Subgraphs' typed errors and the router's own pass;
 * what the planner gave up on passes and is logged; everything else is logged and masked as INTERNAL_SERVER_ERROR with the request id.
 */
export function toPublicError(error: unknown, context: Pick<RouterContext, 'requestId' | 'log'>): GraphQLFormattedError {
  const place = error instanceof GraphQLError ? placeOf(error) : {};
  const own = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (own instanceof PlannerFault) {
    const { operationName, cause } = own;
    context.log.error({ err: cause, operation: operationName, requestId: context.requestId }, 'the query planner gave up on an operation');
  }
  if (own instanceof DomainError) return { ...place, message: own.message, extensions: { ...own.details, code: own.code } };
  const code = codeOf(error);
  if (error instanceof GraphQLError) {
    const { serviceName, stacktrace: _stacktrace, exception: _exception, http: _http, ...rest } = error.extensions;
    if (typeof serviceName === 'string' ? !hiddenSubgraphCodes.has(code) : protocolCodes.has(code)) {
      const named = namedServiceCodes.has(code) ? { serviceName } : {};
      const message = typeof serviceName === 'string' ? error.message : shorten(error.message);
      return { ...place, message, extensions: { ...rest, ...named, code } };
    }
  }
  context.log.error({ err: own, requestId: context.requestId }, 'unexpected error');
  return {
    ...place,
    message: 'Something went wrong on our side; the log has it under this request id.',
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: context.requestId },
  };
}

/** What the client wrote comes back in part only, and without suggestions: it may have written a megabyte. */
function shorten(message: string): string {
  const text = message.replace(/ Did you mean [^?]*\?$/, '');
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}

function placeOf(error: GraphQLError): Pick<GraphQLFormattedError, 'path' | 'locations'> {
  // A failure of a whole entity fetch carries the plan's path: `@` for "each element", `_entities` for the fetch.
  const path = error.path?.filter((part) => part !== '@' && part !== '_entities');
  return {
    ...(path === undefined || path.length === 0 ? {} : { path }),
    ...(error.locations === undefined || error.locations.length === 0
      ? {}
      : { locations: error.locations.map(({ line, column }) => ({ line, column })) }),
  };
}
