import type { ReportQuery } from '../generated/later.ts';
import type { LaterKey } from '../text/catalog.ts';
import type { Translate } from '../text/text.ts';

export type ReportSession = NonNullable<ReportQuery['session']>;
/** What everybody reads of a report, also without a place in the session. */
export type ReadSession = Pick<ReportSession, 'title' | 'createdAt' | 'report' | 'tracks' | 'participants' | 'items'>;
export type ReportItem = ReadSession['items'][number];

/** How many estimates have which label, by the value behind it. */
export function toSpread(items: readonly ReportItem[]): readonly { readonly label: string; readonly count: number }[] {
  const estimates = items.filter(({ state }) => state === 'ESTIMATED').flatMap((item) => item.estimates);
  const byLabel = Map.groupBy(
    estimates.toSorted((one, other) => one.value - other.value),
    (estimate) => estimate.label,
  );
  return [...byLabel].map(([label, ofLabel]) => ({ label, count: ofLabel.length }));
}

type Total = ReadSession['report']['totals'][number];

/** A track's total: the sum, or how often each size was settled. */
export function toTotalText({ total, labels }: Pick<Total, 'total' | 'labels'>, text: Translate): string {
  return total === null ? labels.map(({ label, count }) => `${count} × ${label}`).join(' ') : text('number', { value: total });
}

/** Each track's total with its name; that of the only track needs none. */
export function toTotalFigures(
  totals: readonly Total[],
  tracks: readonly { readonly id: string; readonly label: string }[],
  text: Translate<LaterKey>,
): readonly { readonly track: string; readonly name: string; readonly total: string }[] {
  const labelOf = (track: string) => tracks.find(({ id }) => id === track)?.label ?? track;
  const nameOf = ({ track, total }: Total) =>
    totals.length > 1 ? text('report.totalOf', { track: labelOf(track) }) : text(total === null ? 'report.sizes' : 'report.total');
  return totals.map((total) => ({ track: total.track, name: nameOf(total), total: toTotalText(total, text) }));
}

/** A length of time as people say it. */
export function toDurationText(seconds: number, text: Translate): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return text('duration.seconds', { count: Math.round(seconds) });
  return minutes < 60
    ? text('duration.minutes', { count: minutes })
    : text('duration.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** How people call an item: its key and summary, or its topic. */
export function toItemName(item: ReportItem): string {
  return item.issue ? `${item.issue.key} ${item.issue.summary}` : (item.topic ?? '');
}
