import type { ApolloCache } from '@apollo/client';
import { type DocumentNode, Kind, print } from 'graphql';

/**
 * A subscription as it is sent: each object tells its type, which the cache needs, but not the payload itself, which goes into none.
 * A sign of life is a frame of 200 bytes: the payload's type would be 30 more.
 */
export function toFollowed(cache: ApolloCache, query: DocumentNode): string {
  const document = cache.transformDocument(query);
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const selections = definition.selectionSet.selections.map((field) => {
      if (field.kind !== Kind.FIELD || field.selectionSet === undefined) return field;
      const own = field.selectionSet.selections.filter((part) => part.kind !== Kind.FIELD || part.name.value !== '__typename');
      return { ...field, selectionSet: { ...field.selectionSet, selections: own } };
    });
    return { ...definition, selectionSet: { ...definition.selectionSet, selections } };
  });
  return print({ ...document, definitions });
}

/** Names of operations on a socket, unique there: short, since each frame repeats one. */
export function createIds(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return last.toString(36);
  };
}
