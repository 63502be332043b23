import type { InMemoryCache } from '@apollo/client';

type Document = Parameters<InMemoryCache['transformDocument']>[0];

/**
 * Lets a cache prepare each operation once. Apollo prepares all of them anew after it was told to let go of what it had read (`gc`), and its client keeps
 * what it knows of two thousand that it has ever seen, used or not: 3.5 kB a round. Returns the cache.
 */
export function keepDocuments(cache: InMemoryCache): InMemoryCache {
  const { transformDocument } = cache;
  const prepared = new WeakMap<Document, Document>();
  cache.transformDocument = (document) => {
    const known = prepared.get(document) ?? transformDocument.call(cache, document);
    prepared.set(document, known).set(known, known);
    return known;
  };
  return cache;
}
