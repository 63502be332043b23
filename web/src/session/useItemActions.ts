import { useApolloClient } from '@apollo/client/react';
import { showToast } from '../design/Toasts.tsx';
import {
  AddIssuesDocument,
  AddTopicsDocument,
  DeferItemDocument,
  type DeferItemMutation,
  MoveItemDocument,
  RemoveItemDocument,
  type RemoveItemMutation,
  ReopenItemDocument,
  type ReopenItemMutation,
  SkipItemDocument,
  type SkipItemMutation,
} from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import type { TextKey } from '../text/catalog.ts';
import { useText } from '../text/text.ts';
import { type Item, useSessionNow } from './context.ts';
import { leaveRound } from './leaveRound.ts';
import { putItem } from './order.ts';

export interface ItemActions {
  readonly skip: () => void;
  readonly defer: () => void;
  readonly reopen: () => void;
  readonly remove: () => void;
}

/** What facilitators do with an item, at once on the screen; its open round is then over. What takes it away can be undone for ten seconds. */
export function useItemActions(itemId: string): ItemActions {
  const now = useSessionNow();
  const text = useText();
  const client = useApolloClient();
  const [skip] = useAction(SkipItemDocument);
  const [defer] = useAction(DeferItemDocument);
  const [reopen] = useAction(ReopenItemDocument);
  const [remove] = useAction(RemoveItemDocument);
  const [addIssues] = useAction(AddIssuesDocument);
  const [addTopics] = useAction(AddTopicsDocument);
  const become = (state: Item['state']) => ({ __typename: 'SessionItem', id: itemId, state });

  /** The item and its place as they are when somebody acts on it. */
  function find() {
    const { session, queue, findIssue } = now();
    const place = queue.items.findIndex((item) => item.id === itemId);
    const item = queue.items[place];
    const name = findIssue(itemId)?.key ?? item?.topic ?? '';
    const round = session.currentRound?.item.id === itemId ? session.currentRound : undefined;
    return {
      session,
      queue,
      item,
      name,
      put: (to: number | undefined) => putItem({ sessionId: session.id, queue, itemId }, to),
      leave: (state: Item['state']) => (round ? leaveRound({ session, round, item: { state } }) : () => {}),
      offerUndo: (message: TextKey, run: () => Promise<unknown>) =>
        showToast('good', text(message, { name }), { label: text('undo'), run: () => void run() }),
      moveBack: (id: string) => client.mutate({ mutation: MoveItemDocument, variables: { itemId: id, to: place } }).catch(() => undefined),
    };
  }

  async function skipNow(): Promise<void> {
    const { leave, offerUndo } = find();
    const done = await skip(
      { itemId },
      { optimisticResponse: { skipItem: become('SKIPPED') } as unknown as SkipItemMutation, update: leave('SKIPPED') },
    );
    if (done) offerUndo('undo.skipped', () => reopen({ itemId }));
  }

  async function deferNow(): Promise<void> {
    const { queue, put, leave, offerUndo, moveBack } = find();
    const done = await defer(
      { itemId },
      {
        optimisticResponse: { deferItem: become('DEFERRED') } as unknown as DeferItemMutation,
        update: (cache) => {
          leave('DEFERRED')(cache);
          put(queue.itemCount)(cache);
        },
      },
    );
    if (done) offerUndo('undo.deferred', async () => (await reopen({ itemId })) && moveBack(itemId));
  }

  async function removeNow(): Promise<void> {
    const { session, item, name, put, offerUndo, moveBack } = find();
    const gone = { removeItem: { __typename: 'Session', id: session.id, revision: session.revision } } as unknown as RemoveItemMutation;
    if (!item || !(await remove({ itemId }, { optimisticResponse: gone, update: put(undefined) }))) return;
    offerUndo('undo.removed', async () => {
      const added =
        item.topic === null
          ? (await addIssues({ sessionId: session.id, keys: [name] }))?.addIssues.added
          : (await addTopics({ sessionId: session.id, topics: [item.topic] }))?.addTopics.added;
      if (added?.[0]) await moveBack(added[0].id);
    });
  }

  return {
    skip: () => void skipNow(),
    defer: () => void deferNow(),
    reopen: () => void reopen({ itemId }, { optimisticResponse: { reopenItem: become('PENDING') } as unknown as ReopenItemMutation }),
    remove: () => void removeNow(),
  };
}
