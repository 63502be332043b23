import type { Item, Items } from './model.ts';
import { Rows } from './rows.ts';

/** Items in any order as a state has them: in the queue's. */
export const toItems = (items: readonly Item[]): Items =>
  Rows.of(
    {
      idOf: ({ id }) => id,
      compare: (one, other) => one.position - other.position,
      names: { state: ({ state }) => state, issueKey: ({ issueKey }) => issueKey, issueId: ({ issueId }) => issueId },
    },
    items,
  );
