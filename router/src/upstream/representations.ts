import type { SubgraphError, SubgraphResponse } from './response.ts';

/** Entities to be asked for, each once, and where each of the given ones stands among them. */
export interface UniqueRepresentations {
  readonly unique: readonly unknown[];
  readonly sentAt: readonly number[];
}

export function findUnique(representations: readonly unknown[]): UniqueRepresentations {
  const positions = new Map<string, number>();
  const unique: unknown[] = [];
  const sentAt = representations.map((representation) => {
    const text = JSON.stringify(representation);
    const known = positions.get(text);
    if (known !== undefined) return known;
    positions.set(text, unique.length);
    unique.push(representation);
    return unique.length - 1;
  });
  return { unique, sentAt };
}

/** The answer for entities asked for once each, as if they had been asked for as often as `sentAt` has them. */
export function expandEntities(response: SubgraphResponse, sentAt: readonly number[]): SubgraphResponse {
  const entities: unknown = response.data?.['_entities'];
  const errors = response.errors?.flatMap((error) => {
    const index = error.path?.[0] === '_entities' ? error.path[1] : undefined;
    if (typeof index !== 'number') return [error];
    // It tells of an entity that nobody asked for.
    if (!sentAt.includes(index)) return [withoutPath(error)];
    return sentAt.flatMap((sent, position) =>
      sent === index ? [{ ...error, path: ['_entities', position, ...(error.path ?? []).slice(2)] }] : [],
    );
  });
  return {
    ...(errors === undefined ? {} : { errors }),
    ...(response.data === undefined
      ? {}
      : {
          data: Array.isArray(entities)
            ? { ...response.data, _entities: sentAt.map((sent) => structuredClone(entities[sent])) }
            : response.data,
        }),
  };
}

function withoutPath({ message, extensions }: SubgraphError): SubgraphError {
  return { message, ...(extensions === undefined ? {} : { extensions }) };
}
