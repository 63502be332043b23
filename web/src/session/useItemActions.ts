import {
  DeferItemDocument,
  type DeferItemMutation,
  RemoveItemDocument,
  type RemoveItemMutation,
  ReopenItemDocument,
  type ReopenItemMutation,
  SkipItemDocument,
  type SkipItemMutation,
} from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { type Item, useSession } from './context.ts';
import { leaveRound, moveToEnd } from './leaveRound.ts';

export interface ItemActions {
  readonly skip: () => void;
  readonly defer: () => void;
  readonly reopen: () => void;
  readonly remove: () => void;
}

/** What facilitators do with an item, at once on the screen; its open round is then over. */
export function useItemActions(itemId: string): ItemActions {
  const { session } = useSession();
  const [skip] = useAction(SkipItemDocument);
  const [defer] = useAction(DeferItemDocument);
  const [reopen] = useAction(ReopenItemDocument);
  const [remove] = useAction(RemoveItemDocument);
  const round = session.currentRound?.item.id === itemId ? session.currentRound : undefined;
  const leave = (state: Item['state']) => (round ? leaveRound({ session, round, item: { state } }) : () => {});
  const become = (state: Item['state']) => ({ __typename: 'SessionItem', id: itemId, state });
  const gone = { removeItem: { __typename: 'Session', id: session.id, revision: session.revision } } as unknown as RemoveItemMutation;
  return {
    skip: () =>
      void skip(
        { itemId },
        { optimisticResponse: { skipItem: become('SKIPPED') } as unknown as SkipItemMutation, update: leave('SKIPPED') },
      ),
    defer: () =>
      void defer(
        { itemId },
        {
          optimisticResponse: { deferItem: become('DEFERRED') } as unknown as DeferItemMutation,
          update: (cache) => {
            leave('DEFERRED')(cache);
            moveToEnd(session, itemId)(cache);
          },
        },
      ),
    reopen: () => void reopen({ itemId }, { optimisticResponse: { reopenItem: become('PENDING') } as unknown as ReopenItemMutation }),
    remove: () =>
      void remove(
        { itemId },
        {
          optimisticResponse: gone,
          update: (cache) => {
            cache.modify<{ items: readonly Item[] }>({
              id: cache.identify({ __typename: 'Session', id: session.id }) ?? '',
              fields: { items: (items, { readField }) => items.filter((item) => readField('id', item) !== itemId) },
            });
          },
        },
      ),
  };
}
