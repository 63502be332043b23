import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RouterError } from '../errors.ts';
import type { OperationRequest } from '../execution/operations.ts';
import { hashOf, type RegisteredDocuments } from './registered.ts';

/** Turns hashes into documents, for all transports. */
export interface PersistedOperations {
  /**
   * The request with its document, looked up by `extensions.persistedQuery.sha256Hash` when it has none.
   *
   * @throws RouterError PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_REQUIRED, BAD_REQUEST.
   */
  readonly resolve: (request: OperationRequest) => Promise<OperationRequest>;
  /** Registers the document of a resolved request that turned out valid, if it came with a hash. */
  readonly register: (request: OperationRequest) => void;
  /** The documents of the manifests. */
  readonly listed: readonly string[];
}

export interface PersistedOptions {
  /** `required`: only what the manifests hold is answered, and nothing can be registered. */
  readonly mode: 'optional' | 'required';
  /** Manifests in Apollo's format; several are united, so that pages loaded before a release go on. */
  readonly manifestFiles: readonly string[];
  readonly registered: RegisteredDocuments;
}

const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});
const extension = z.object({ version: z.literal(1), sha256Hash: z.string().regex(/^[0-9a-f]{64}$/i) });

/** @throws Error naming the manifest that cannot be read. */
export function createPersistedOperations({ mode, manifestFiles, registered }: PersistedOptions): PersistedOperations {
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

  const find = async (hash: string): Promise<string> => {
    const body = listed.get(hash) ?? (mode === 'required' ? undefined : await registered.find(hash));
    if (body === undefined) throw new RouterError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    return body;
  };
  return {
    listed: [...bodies],
    resolve: async (request) => {
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
      // graphql-ws lets no message pass without a text: an empty one stands for none.
      if (query === undefined || query === '') return { ...request, query: await find(hash) };
      if (mode === 'required') {
        if (!bodies.has(query)) throw new RouterError('PERSISTED_QUERY_REQUIRED', 'Only the operations of the manifest are answered here.');
        return request;
      }
      if (hashOf(query) !== hash) throw new RouterError('BAD_REQUEST', 'provided sha does not match query');
      return request;
    },
    register: ({ query, extensions }) => {
      const parsed = extension.safeParse(extensions?.['persistedQuery']);
      if (mode === 'required' || query === undefined || !parsed.success) return;
      const hash = parsed.data.sha256Hash.toLowerCase();
      if (!listed.has(hash)) registered.keep(hash, query);
    },
  };
}
