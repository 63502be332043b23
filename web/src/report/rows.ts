import type { Translate } from '../text/text.tsx';
import type { ReportSession } from './summary.ts';

/** The report as a table: a header and a row for each item, in the queue's order. */
export function toRows(session: ReportSession, text: Translate): string[][] {
  const header = [
    text('report.key'),
    text('report.summary'),
    text('report.state'),
    ...session.tracks.map((track) => (session.tracks.length > 1 ? track.label : text('report.estimate'))),
    text('report.rounds'),
    text('result.agreement'),
    text('report.writeBack'),
    text('report.link'),
  ];
  const rows = session.items.map((item) => {
    const agreement = item.rounds.findLast((round) => round.results.length > 0)?.results[0]?.agreement;
    const states = item.estimates.map((estimate) => text(`writeBack.${estimate.writeBack.state}`));
    return [
      item.issue?.key ?? '',
      item.issue?.summary ?? item.topic ?? '',
      text(`item.${item.state}`),
      ...session.tracks.map((track) => item.estimates.find((estimate) => estimate.track === track.id)?.value.toString() ?? ''),
      String(item.rounds.length),
      agreement === null || agreement === undefined ? '' : `${Math.round(agreement * 100)} %`,
      [...new Set(states)].join(', '),
      item.issue?.url ?? '',
    ];
  });
  return [header, ...rows];
}
