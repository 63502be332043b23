import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';

export type Payload = FormattedExecutionResult<Record<string, unknown>>;

/** How one client wants to have the canonical answer: its own names, in its own order. */
export type Shape = readonly { readonly name: string; readonly key: string; readonly inner: Shape | undefined }[];

type Path = readonly (string | number)[];

/** A canonical payload as one client asked for it: names in the data, and in the paths of errors. */
export function project({ data, errors, ...rest }: Payload, shape: Shape): Payload {
  return {
    ...rest,
    ...(errors === undefined ? {} : { errors: errors.flatMap((error) => projectError(error, shape)) }),
    data: projectValue(data, shape) as Payload['data'] & {},
  };
}

function projectValue(value: unknown, shape: Shape): unknown {
  if (Array.isArray(value)) return value.map((each) => projectValue(each, shape));
  if (typeof value !== 'object' || value === null) return value;
  const projected: Record<string, unknown> = {};
  for (const { name, key, inner } of shape) {
    // What stands under a condition that does not hold is not there.
    if (!Object.hasOwn(value, key)) continue;
    const own = (value as Readonly<Record<string, unknown>>)[key];
    const shown = inner === undefined ? own : projectValue(own, inner);
    // A client's `__proto__` must not become the prototype.
    if (name === '__proto__')
      Object.defineProperty(projected, name, { value: shown, enumerable: true, configurable: true, writable: true });
    else projected[name] = shown;
  }
  return projected;
}

/** One error for each of the client's names of its place. */
function projectError(error: GraphQLFormattedError, shape: Shape): GraphQLFormattedError[] {
  if (error.path === undefined) return [error];
  return toClientPaths(error.path, shape).map((path) => ({ ...error, path }));
}

function toClientPaths([key, ...rest]: Path, shape: Shape): Path[] {
  if (key === undefined) return [[]];
  if (typeof key === 'number') return toClientPaths(rest, shape).map((path) => [key, ...path]);
  const wanted = shape.filter((each) => each.key === key);
  // A field that the router asked for itself: the client sees the place around it.
  if (wanted.length === 0) return [[]];
  return wanted.flatMap(({ name, inner = [] }) => toClientPaths(rest, inner).map((path) => [name, ...path]));
}
