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
/** Of one answer; one more says how many there were. */
const mostErrors = 100;
/** Characters of all messages of one answer; what comes after them is cut short. */
const longestMessages = 100_000;
const shortMessage = 200;
/** Characters of an error's extensions; of longer ones only the code is kept. */
const longestExtensions = 10_000;
const longestPath = 100;

export const invalidResponse = 'SUBGRAPH_INVALID_RESPONSE';

/**
 * The response in a subgraph's body. `errors` that say nothing (null, an empty list) count as none; what cannot be read in them becomes an
 * error of its own, since something went wrong.
 *
 * @throws UnusableAnswer with the reason.
 */
export function parseSubgraphResponse(text: string): SubgraphResponse {
  return readSubgraphResponse(parseJson(text));
}

/**
 * The same of what is no text any more: a stream's payload.
 *
 * @throws UnusableAnswer with the reason.
 */
export function readSubgraphResponse(body: unknown): SubgraphResponse {
  if (!isObject(body)) throw new UnusableAnswer('the answer is not a JSON object');
  const { data } = body;
  if (data !== undefined && data !== null && !isObject(data)) throw new UnusableAnswer('`data` is neither an object nor null');
  const errors = readErrors(body['errors']);
  if (errors === undefined && (data === undefined || data === null)) throw new UnusableAnswer('it has neither data nor errors');
  return { ...(data === undefined ? {} : { data }), ...(errors === undefined ? {} : { errors }) };
}

/**
 * The same response without the data that came with a status of failure: the two contradict each other.
 *
 * @throws UnusableAnswer when there is nothing else in it.
 */
export function trusted(response: SubgraphResponse, status: number): SubgraphResponse {
  if ((status >= 200 && status < 300) || response.data === undefined || response.data === null) return response;
  if (response.errors === undefined) throw new UnusableAnswer('it has data, and a status of failure');
  return { errors: response.errors };
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
  if (!Array.isArray(errors)) return [toSubgraphError(errors, longestMessage)];
  if (errors.length === 0) return undefined;
  let characters = 0;
  const read = errors.slice(0, mostErrors).map((each) => {
    const error = toSubgraphError(each, characters > longestMessages ? shortMessage : longestMessage);
    characters += error.message.length;
    return error;
  });
  const more = errors.length - read.length;
  return more === 0 ? read : [...read, toRest(more, read)];
}

/** What stands for errors that are not handed on: with their code when all have the same. */
function toRest(count: number, read: readonly SubgraphError[]): SubgraphError {
  const codes = new Set(read.map(({ extensions }) => extensions?.['code']));
  const [code] = codes;
  return {
    message: `The service told ${count} more errors.`,
    extensions: { code: codes.size === 1 && typeof code === 'string' ? code : invalidResponse },
  };
}

function toSubgraphError(error: unknown, longest: number): SubgraphError {
  if (!isObject(error) || typeof error['message'] !== 'string')
    return { message: 'The service told an error without a message.', extensions: { code: invalidResponse } };
  const { message, path, extensions } = error;
  const isPath =
    Array.isArray(path) &&
    path.length <= longestPath &&
    path.every((part) => typeof part === 'string' || (Number.isInteger(part) && part >= 0));
  return {
    message: message.length > longest ? `${message.slice(0, longest)}…` : message,
    ...(isPath ? { path: path as (string | number)[] } : {}),
    ...(isObject(extensions) ? { extensions: withinBounds(extensions) } : {}),
  };
}

/** The extensions in bounds. A code that is no text says nothing: such an error is one that nobody foresaw. */
function withinBounds(extensions: Record<string, unknown>): Record<string, unknown> {
  const { code, ...rest } = extensions;
  const isText = typeof code === 'string' && code.length <= shortMessage;
  if (JSON.stringify(extensions).length > longestExtensions) return isText ? { code } : {};
  return code === undefined || isText ? extensions : rest;
}
