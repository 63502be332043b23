import { MoveItemDocument, type MoveItemMutation } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useSessionNow } from './context.ts';
import { putItem } from './order.ts';

/** Moves an item to a place in the queue, at once on the screen; 0 is the first. */
export function useMove(): (itemId: string, to: number) => void {
  const now = useSessionNow();
  const [move] = useAction(MoveItemDocument);
  return (itemId, to) => {
    const { session, queue } = now();
    const moved = { moveItem: { __typename: 'Session', id: session.id, revision: session.revision } } as unknown as MoveItemMutation;
    void move({ itemId, to }, { optimisticResponse: moved, update: putItem({ sessionId: session.id, queue, itemId }, to) });
  };
}
