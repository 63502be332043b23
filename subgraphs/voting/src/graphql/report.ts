import { toItemAgreements } from '../domain/agreement.ts';
import type { Exported } from '../domain/export-rows.ts';
import { toCsv, toHtml, toMarkdown, toSlack } from '../domain/exports.ts';
import type { ReportResolvers } from './generated/types.ts';
import type { ReportView } from './views.ts';

/** How a session's report reads off its state; files ask Jira what the issues are called. */
export const reportTypes: ReportResolvers = {
  estimatedCount: ({ report }) => report.counts.ESTIMATED,
  skippedCount: ({ report }) => report.counts.SKIPPED,
  deferredCount: ({ report }) => report.counts.DEFERRED,
  openCount: ({ report }) => report.counts.PENDING + report.counts.VOTING,
  roundCount: ({ report }) => report.roundCount,
  voteCount: ({ report }) => report.voteCount,
  consensusShare: ({ report }) => report.consensusShare,
  totals: ({ report }) => report.totals,
  durationSeconds: ({ report }) => report.durationSeconds,
  days: ({ report }) => report.days,
  participants: ({ session, report }) =>
    report.participants.map(({ participant, roundCount }) => ({ participant: { session, participant }, roundCount })),
  agreement: ({ session, votes }) =>
    toItemAgreements(session.state, votes).map(({ item, ...agreement }) => ({ ...agreement, item: { session, item } })),
  csv: async (view, { language }) => toCsv(await toExported(view), language),
  markdown: async (view, { language }) => toMarkdown(await toExported(view), language),
  slack: async (view, { language }) => toSlack(await toExported(view), language),
  html: async (view, { language, hasTable }) => toHtml(await toExported(view), language, hasTable),
};

async function toExported({ session: { state }, report, votes, issues }: ReportView): Promise<Exported> {
  return { state, report, votes, issues: await issues() };
}
