import { toOwnAgreement } from '../domain/agreement.ts';
import { toReport } from '../domain/report.ts';
import { isWaiting } from '../domain/waiting.ts';
import type { PlaceResolvers } from './generated/types.ts';
import { findAllVotes } from './views.ts';

/** How a place reads off its session, for whoever holds its secret and for nobody else. */
export const placeTypes: PlaceResolvers = {
  sessionId: ({ session }) => session.state.session.id,
  title: ({ session }) => session.state.session.title,
  state: ({ session }) => session.state.session.state,
  isWaiting: ({ session, participantId }) => isWaiting(session.state, participantId),
  agreement: async ({ session, participantId }) => {
    const { state } = session;
    if (isWaiting(state, participantId)) return null;
    const votes = await findAllVotes(session);
    const { consensusShare, counts } = toReport(state, votes);
    const own = toOwnAgreement(state, votes, participantId);
    return { consensusShare, estimatedCount: counts.ESTIMATED, createdAt: state.session.createdAt, own };
  },
};
