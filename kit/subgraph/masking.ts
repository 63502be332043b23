import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError } from '../process/errors.ts';

/** Codes of GraphQL's and Apollo's own protocol errors: their messages speak of the request only. */
const protocolCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** True for an error that nobody foresaw: its message must not leave the process. */
export function isUnexpected(error: unknown): boolean {
  const original = findOriginal(error);
  if (original instanceof DomainError) return false;
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return !(typeof code === 'string' && protocolCodes.has(code));
}

/**
 * The public form of an error: a `DomainError` with its code and details, a protocol error as it is,
 * anything else masked as INTERNAL_SERVER_ERROR with the request id that the log has, too.
 */
export function toPublicError(formatted: GraphQLFormattedError, error: unknown, requestId?: string): GraphQLFormattedError {
  const place = {
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
  };
  const original = findOriginal(error);
  if (original instanceof DomainError) {
    return { ...place, message: original.message, extensions: { ...original.details, code: original.code } };
  }
  if (!isUnexpected(error)) {
    return { ...place, message: formatted.message, extensions: { code: formatted.extensions?.['code'] } };
  }
  const extensions = { code: 'INTERNAL_SERVER_ERROR', ...(requestId === undefined ? {} : { requestId }) };
  return { ...place, message: 'Something went wrong on our side; the log has it under this request id.', extensions };
}

/** What a resolver or the making of the context threw: Apollo Server unwraps the former only. */
function findOriginal(error: unknown): unknown {
  const inner = error instanceof Error && 'originalError' in error ? error.originalError : undefined;
  return inner instanceof DomainError ? inner : unwrapResolverError(error);
}
