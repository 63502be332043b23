import { refuse } from './errors.ts';
import type { SessionAggregate } from './model.ts';
import { refuseInput } from './reasons.ts';

/** The most that a queue holds. */
export const maxItems = 5_000;

/** The most that one request adds to a queue, or names of it. */
export const maxAtOnce = 1_000;

/** Before anything is made of a request's list. Refuses with TOO_MANY_ITEMS. */
export function requireFew(count: number, what: 'ids' | 'keys' | 'topics'): void {
  if (count > maxAtOnce) refuse('TOO_MANY_ITEMS', `One request names ${maxAtOnce} ${what} at most, but got: ${count}.`);
}

/** Refuses with TOO_MANY_ITEMS. */
export function requireRoom({ items }: Pick<SessionAggregate, 'items'>, count: number): void {
  const total = items.length + count;
  if (total > maxItems) refuse('TOO_MANY_ITEMS', `A queue holds ${maxItems} items at most, but it would have: ${total}.`);
}

/** A part of the queue, from behind a position on; `first` is how many at most. Refuses with INVALID_INPUT. */
export function toQueuePart({ items }: Pick<SessionAggregate, 'items'>, first: number, after: number | undefined) {
  if (first < 1 || first > maxItems) refuseInput('OUT_OF_RANGE', { field: 'first', least: 1, most: maxItems, given: first });
  const nodes = items.behind(({ position }) => after !== undefined && position <= after, first);
  const end = nodes.at(-1);
  return { nodes, hasNextPage: end !== undefined && end !== items.at(-1), endCursor: end?.position ?? null };
}
