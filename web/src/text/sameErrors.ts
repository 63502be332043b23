import type { TextKey } from './catalog.ts';

/** Codes that mean the same for people. */
export const sameForPeople: Readonly<Record<string, TextKey>> = {
  BODY_TOO_LARGE: 'error.OPERATION_TOO_COSTLY',
  OPERATION_NOT_PLANNED: 'error.INTERNAL_SERVER_ERROR',
  OPERATION_TOO_LARGE: 'error.OPERATION_TOO_COSTLY',
  PERSISTED_QUERY_NOT_FOUND: 'error.PERSISTED_QUERY_REQUIRED',
  ROUTER_STOPPING: 'error.SUBGRAPH_UNAVAILABLE',
  SUBGRAPH_INVALID_RESPONSE: 'error.SUBGRAPH_UNAVAILABLE',
  TOO_MANY_CONNECTIONS: 'error.RATE_LIMITED',
  TOO_MANY_OPERATIONS: 'error.RATE_LIMITED',
};
