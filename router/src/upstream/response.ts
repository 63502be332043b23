/** A subgraph's error, in GraphQL's form. */
export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Record<string, unknown>;
}

/** A subgraph's answer, or why there is none, in GraphQL's form. */
export interface SubgraphResponse {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly SubgraphError[];
}

/** A subgraph was reached, and what it said is no GraphQL response (https://spec.graphql.org/October2021/#sec-Response-Format). */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
}

/** Of an error; the longest of ours is a JQL that Jira refuses, with its reasons. */
const longestMessage = 10_000;

export const invalidResponse = 'SUBGRAPH_INVALID_RESPONSE';

/**
 * The response in a subgraph's body. `errors` that say nothing (null, an empty list) count as none; what cannot be read in them becomes an
 * error of its own, since something went wrong.
 *
 * @throws UnusableAnswer with the reason.
 */
export function parseSubgraphResponse(text: string): SubgraphResponse {
  const body = parseJson(text);
  if (!isObject(body)) throw new UnusableAnswer('the answer is not a JSON object');
  const { data } = body;
  if (data !== undefined && data !== null && !isObject(data)) throw new UnusableAnswer('`data` is neither an object nor null');
  const errors = readErrors(body['errors']);
  if (errors === undefined && (data === undefined || data === null)) throw new UnusableAnswer('it has neither data nor errors');
  return { ...(data === undefined ? {} : { data }), ...(errors === undefined ? {} : { errors }) };
}

/** A response without data that says that the subgraph was reached in vain. */
export function toUnusable(subgraph: string): SubgraphResponse {
  return {
    errors: [{ message: `The ${subgraph} service was reached, but its answer is unusable.`, extensions: { code: invalidResponse } }],
  };
}

/**
 * The same response, unless it should bring `count` entities and brings another number of them: then nobody knows which is which, and none
 * of its data is used.
 */
export function withEntities(response: SubgraphResponse, count: number, subgraph: string): SubgraphResponse {
  const { data, errors = [] } = response;
  if (data === undefined || data === null) return response;
  const entities = data['_entities'];
  if (Array.isArray(entities) && entities.length === count) return response;
  if ((entities === null || entities === undefined) && errors.length > 0) return { errors };
  return { errors: [...errors, ...(toUnusable(subgraph).errors ?? [])] };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnusableAnswer('the answer is not JSON');
  }
}

function readErrors(errors: unknown): readonly SubgraphError[] | undefined {
  if (errors === undefined || errors === null) return undefined;
  if (!Array.isArray(errors)) return [toSubgraphError(errors)];
  return errors.length === 0 ? undefined : errors.map(toSubgraphError);
}

function toSubgraphError(error: unknown): SubgraphError {
  if (!isObject(error) || typeof error['message'] !== 'string')
    return { message: 'The service told an error without a message.', extensions: { code: invalidResponse } };
  const { message, path, extensions } = error;
  const isPath = Array.isArray(path) && path.every((part) => typeof part === 'string' || (Number.isInteger(part) && part >= 0));
  return {
    message: message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message,
    ...(isPath ? { path: path as (string | number)[] } : {}),
    ...(isObject(extensions) ? { extensions: withTextCode(extensions) } : {}),
  };
}

/** A code that is no text says nothing: such an error is one that nobody foresaw. */
function withTextCode(extensions: Record<string, unknown>): Record<string, unknown> {
  const { code, ...rest } = extensions;
  return code === undefined || typeof code === 'string' ? extensions : rest;
}
