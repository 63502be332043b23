import { DomainError } from '../../kit/process/errors.ts';

/** Every code that the router itself gives; codes of subgraphs pass through beside them. */
export type RouterErrorCode =
  // The request
  | 'BAD_REQUEST'
  | 'BODY_TOO_LARGE'
  | 'BAD_USER_INPUT'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'OPERATION_NOT_PLANNED'
  | 'SUBSCRIPTION_TRANSPORT_REQUIRED'
  // Protection
  | 'INTROSPECTION_DISABLED'
  | 'OPERATION_TOO_LARGE'
  | 'OPERATION_TOO_DEEP'
  | 'OPERATION_TOO_COSTLY'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_ROOT_FIELDS'
  | 'TOO_MANY_CONNECTIONS'
  | 'TOO_MANY_OPERATIONS'
  | 'RATE_LIMITED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'PERSISTED_QUERY_REQUIRED'
  // Identity
  | 'UNAUTHENTICATED'
  | 'TOKEN_INVALID'
  | 'TOKEN_EXPIRED'
  | 'NOT_A_PARTICIPANT'
  // Behind the router
  | 'SUBGRAPH_UNAVAILABLE'
  | 'SUBGRAPH_TIMEOUT'
  | 'SUBGRAPH_INVALID_RESPONSE'
  | 'INTERNAL_SERVER_ERROR'
  // Streams
  | 'SUBSCRIPTION_UPSTREAM_LOST'
  | 'SUBSCRIPTION_TOO_SLOW'
  | 'SUBSCRIPTION_INVALIDATED'
  | 'ROUTER_STOPPING';

/** An error of the router's own, public as it is. */
export class RouterError extends DomainError<RouterErrorCode> {}
