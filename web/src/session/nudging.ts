import { hasVoted, type Round, type SessionView } from './context.ts';

/** The round in which somebody's card may be missing: it is open, and so is its session. */
export function findWaitingRound({ session }: Pick<SessionView, 'session'>): Round | undefined {
  return session.state === 'OPEN' && session.currentRound?.state === 'OPEN' ? session.currentRound : undefined;
}

/** Whether one may ask others for their cards: a facilitator may, and who has voted in this round. */
export function mayNudge({ session, me, isFacilitator }: Pick<SessionView, 'session' | 'me' | 'isFacilitator'>): boolean {
  const round = findWaitingRound({ session });
  if (!round || !me) return false;
  return isFacilitator || (round.roster.some(({ id }) => id === me.id) && hasVoted(round, me, session));
}
