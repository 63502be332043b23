import type { SessionLiveFragment } from '../generated/graph.ts';

type Live = SessionLiveFragment;
export type Item = Live['queue']['nodes'][number];

/** The queue, as much of it as is held: from its first item on. */
export interface Queue {
  readonly items: readonly Item[];
  readonly isWhole: boolean;
  /** Of all of it, as the others. */
  readonly itemCount: number;
  readonly estimatedCount: number;
  readonly next: Item | undefined;
}

/** How much of a queue is held at first, and how much there can be. */
export const firstHeld = 50;
export const mostHeld = 5_000;

/** Of a queue that is held whole everything is counted here, so that what people do shows at once. */
export function toQueue({ queue: { nodes, hasNextPage }, progress }: Pick<Live, 'queue' | 'progress'>): Queue {
  const pending = nodes.find((item) => item.state === 'PENDING');
  const counts = hasNextPage
    ? { itemCount: progress.itemCount, estimatedCount: progress.estimatedCount, next: pending ?? progress.next ?? undefined }
    : {
        itemCount: nodes.length,
        estimatedCount: nodes.filter((item) => item.state === 'ESTIMATED').length,
        next: pending ?? nodes.find((item) => item.state === 'DEFERRED'),
      };
  return { items: nodes, isWhole: !hasNextPage, ...counts };
}

/** Every item that anything is known of: those of the queue that are held, the one on the table and the next. */
export function toKnownItems({
  queue: { nodes },
  progress,
  item,
}: Pick<Live, 'queue' | 'progress'> & { readonly item: Item | undefined }): readonly Item[] {
  const others = [item, progress.next].filter((each) => each != null);
  return [...new Map([...others, ...nodes].map((each) => [each.id, each])).values()].sort((one, other) => one.position - other.position);
}

/** How many estimates have arrived in Jira. */
export function countWritten(items: readonly Item[]): number {
  return items.reduce((sum, { estimates }) => sum + estimates.filter(({ writeBack }) => writeBack.state === 'WRITTEN').length, 0);
}
