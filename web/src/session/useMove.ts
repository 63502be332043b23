import { MoveItemDocument, type MoveItemMutation } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useSession } from './context.ts';

/** Moves an item to a place in the queue, at once on the screen; 0 is the first. */
export function useMove(): (itemId: string, to: number) => void {
  const { session } = useSession();
  const [move] = useAction(MoveItemDocument);
  return (itemId, to) => {
    const others = session.items.filter((item) => item.id !== itemId).map((item) => item.id);
    const items = others.toSpliced(to, 0, itemId).map((id) => ({ __typename: 'SessionItem', id }));
    const moved = { moveItem: { __typename: 'Session', id: session.id, revision: session.revision, items } };
    void move({ itemId, to }, { optimisticResponse: moved as unknown as MoveItemMutation });
  };
}
