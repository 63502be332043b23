import type { ApolloCache, Reference } from '@apollo/client';
import type { Queue } from './queue.ts';

interface Part {
  readonly nodes: readonly Reference[];
  readonly hasNextPage: boolean;
}

/** Shows at once that an item has gone to another place, or away (`undefined`); not when the queue has another order by then. */
export function putItem(
  { sessionId, queue, itemId }: { readonly sessionId: string; readonly queue: Queue; readonly itemId: string },
  to: number | undefined,
): (cache: ApolloCache) => void {
  return (cache) => {
    cache.modify<{ queue: Part }>({
      id: cache.identify({ __typename: 'Session', id: sessionId }) ?? '',
      fields: {
        queue: (held, { readField }) => {
          const part = held as Part;
          const idOf = (node: Reference) => readField<string>('id', node);
          if (part.nodes.some((node, index) => idOf(node) !== queue.items[index]?.id)) return part;
          const item = part.nodes.find((node) => idOf(node) === itemId);
          const others = part.nodes.filter((node) => node !== item);
          // Behind the part that is held it is out of sight.
          const isInSight = item !== undefined && to !== undefined && (to < others.length || !part.hasNextPage);
          return { ...part, nodes: isInSight ? others.toSpliced(to, 0, item) : others };
        },
      },
    });
  };
}
