import type { ReportQuery } from '../generated/graph.ts';

export type ReportSession = NonNullable<ReportQuery['session']>;
export type ReportItem = ReportSession['items'][number];

/** How many items got which estimate, ascending. */
export function toSpread(items: readonly ReportItem[]): readonly { readonly value: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const item of items.filter(({ state }) => state === 'ESTIMATED')) {
    for (const { value } of item.estimates) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((one, other) => one.value - other.value);
}

/** How people call an item: its key and summary, or its topic. */
export function toItemName(item: ReportItem): string {
  return item.issue ? `${item.issue.key} ${item.issue.summary}` : (item.topic ?? '');
}
