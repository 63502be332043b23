import { countVoters, hasVoted, type Participant, type Session } from '../session/context.ts';
import type { Occasion } from './notices.ts';

/** What is worth a sound between two pictures of a session: a round began in which one votes, or the last card came. */
export function findOccasion(before: Session, after: Session, me: Participant | undefined): Occasion | undefined {
  const round = after.currentRound;
  if (before.id !== after.id || round?.state !== 'OPEN') return undefined;
  if (before.currentRound?.id !== round.id) return isAwaited(after, me) ? 'started' : undefined;
  return isComplete(after) && !isComplete(before) ? 'complete' : undefined;
}

/** What the browser's tab tells whoever looks elsewhere: one was nudged, everyone has voted, a card is awaited. */
export function toTitleMark(session: Session, me: Participant | undefined, isNudged: boolean): string {
  if (session.currentRound?.state !== 'OPEN') return '';
  if (isComplete(session)) return '✓ ';
  if (!isAwaited(session, me)) return '';
  return isNudged ? '🔔 ' : '● ';
}

/** Whether somebody's card is missing in the open round. */
export function isAwaited(session: Session, me: Participant | undefined): boolean {
  const round = session.currentRound;
  return round?.state === 'OPEN' && me !== undefined && round.roster.some(({ id }) => id === me.id) && !hasVoted(round, me, session);
}

function isComplete(session: Session): boolean {
  const round = session.currentRound;
  if (round?.state !== 'OPEN') return false;
  const { voted, total } = countVoters(round, session);
  return total > 0 && voted === total;
}
