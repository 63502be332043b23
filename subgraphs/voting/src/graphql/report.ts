import { toCsv, toMarkdown } from '../domain/exports.ts';
import type { ReportResolvers } from './generated/types.ts';
import { describe } from './wording.ts';

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
  csv: async ({ session: { state }, report, votes }, _arguments, context) =>
    toCsv({ state, report, votes, issues: await describe(context, state) }),
  markdown: async ({ session: { state }, report, votes }, _arguments, context) =>
    toMarkdown({ state, report, votes, issues: await describe(context, state) }),
};
