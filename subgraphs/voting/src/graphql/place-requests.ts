import { createHash } from 'node:crypto';
import { requireUnguessable } from '../domain/unguessable.ts';
import type { KeyedRequest } from '../store/voting-store.ts';
import { toKeyedRequest } from './run-mutation.ts';

/** As `toKeyedRequest`, for those who have no token yet: the key alone tells them from others. Refuses with INVALID_INPUT for a key that may be guessed. */
export function toPlaceRequest(...given: Parameters<typeof toKeyedRequest>): KeyedRequest | undefined {
  const request = toKeyedRequest(...given);
  if (request !== undefined) requireUnguessable(request.idempotencyKey, 'idempotencyKey');
  return request;
}

/** The same key makes the same id, so that a retry meets what the first one made; without a key there is none. */
export function idOf(idempotencyKey: string | undefined, what: string): string | undefined {
  return idempotencyKey === undefined
    ? undefined
    : createHash('sha256').update(`${what}/${idempotencyKey}`).digest('base64url').slice(0, 22);
}
