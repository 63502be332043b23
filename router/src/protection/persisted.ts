import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RouterError } from '../errors.ts';
import { createByteBoundCache } from '../execution/cache.ts';
import type { OperationRequest } from '../execution/operations.ts';

/** Turns hashes into documents, for all transports. */
export interface PersistedOperations {
  /**
   * The request with its document: looked up by `extensions.persistedQuery.sha256Hash`, or registered under it.
   *
   * @throws RouterError PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_REQUIRED, BAD_REQUEST.
   */
  readonly resolve: (request: OperationRequest) => OperationRequest;
}

export interface PersistedOptions {
  /** `required`: only what the manifests hold is answered, and nothing can be registered. */
  readonly mode: 'optional' | 'required';
  /** Manifests in Apollo's format; several are united, so that pages loaded before a release go on. */
  readonly manifestFiles: readonly string[];
}

const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});
const extension = z.object({ version: z.literal(1), sha256Hash: z.string().regex(/^[0-9a-f]{64}$/i) });
const registeredBytes = 16 * 1024 * 1024;

/** @throws Error naming the manifest that cannot be read. */
export function createPersistedOperations({ mode, manifestFiles }: PersistedOptions): PersistedOperations {
  const listed = new Map<string, string>();
  const bodies = new Set<string>();
  for (const file of manifestFiles) {
    const parsed = manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.success) throw new Error(`${file} is not a persisted query manifest: ${parsed.error.issues[0]?.message ?? ''}`);
    for (const { id, body } of parsed.data.operations) {
      listed.set(id, body);
      bodies.add(body);
    }
  }
  const registered = createByteBoundCache<string>(registeredBytes);

  const find = (hash: string): string => {
    const body = listed.get(hash) ?? registered.get(hash);
    if (body === undefined) throw new RouterError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    return body;
  };
  return {
    resolve: (request) => {
      const { query, extensions } = request;
      const given = extensions?.['persistedQuery'];
      if (given === undefined) {
        if (mode === 'required' && !bodies.has(query ?? ''))
          throw new RouterError('PERSISTED_QUERY_REQUIRED', 'Only the operations of the manifest are answered here.');
        return request;
      }
      const parsed = extension.safeParse(given);
      if (!parsed.success) throw new RouterError('BAD_REQUEST', '`persistedQuery` needs version 1 and a SHA-256 hash.');
      const hash = parsed.data.sha256Hash.toLowerCase();
      if (query === undefined) return { ...request, query: find(hash) };
      if (mode === 'required') {
        if (!bodies.has(query)) throw new RouterError('PERSISTED_QUERY_REQUIRED', 'Only the operations of the manifest are answered here.');
        return request;
      }
      if (createHash('sha256').update(query).digest('hex') !== hash)
        throw new RouterError('BAD_REQUEST', 'provided sha does not match query');
      registered.set(hash, query, query.length * 2);
      return request;
    },
  };
}
