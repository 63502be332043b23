import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { IssuePart } from '../generated/graph.ts';
import { hasVoted, type Item, type QueueView, type Session, type SessionView } from './context.ts';
import type { Queue } from './queue.ts';

interface Viewed extends Pick<SessionView, 'connection' | 'showMore' | 'findIssue' | 'jiraProblem'> {
  readonly session: Session | undefined;
  readonly queue: Queue | undefined;
  readonly participantId: string;
  readonly rewordings: ReadonlyMap<string, readonly IssuePart[]>;
}

interface Views {
  readonly session: SessionView;
  readonly queue: QueueView;
  readonly now: () => SessionView;
}

/** What is shown of a session, for everything on its screen and for the queue, which changes less often; undefined until the session is known. */
export function useViews({ session, queue, participantId, rewordings, ...same }: Viewed): Views | undefined {
  const { connection, showMore, findIssue, jiraProblem } = same;
  const sessionId = session?.id;
  const people = session?.participants;
  const participants = useMemo(() => new Map(people?.map((participant) => [participant.id, participant])), [people]);
  const findParticipant = useCallback((id: string) => participants.get(id), [participants]);
  const me = participants.get(participantId);
  const isFacilitator = me?.isFacilitator ?? false;
  const findWriteBackTarget = useCallback(
    ({ rounds }: Item) => {
      const roundId = rounds.findLast((round) => round.state === 'SETTLED')?.id;
      return isFacilitator && sessionId !== undefined && roundId !== undefined ? { sessionId, roundId } : undefined;
    },
    [isFacilitator, sessionId],
  );
  const findRewording = useCallback((itemId: string) => rewordings.get(itemId) ?? [], [rewordings]);
  const round = session?.currentRound;
  const areEstimatesHidden =
    session !== undefined && session.settings.hideEstimates && round?.state === 'OPEN' && !(me && hasVoted(round, me, session));
  const mayDirect = isFacilitator && session?.state !== 'CLOSED';
  const currentItemId = round?.item.id;

  const queueView = useMemo<QueueView | undefined>(
    () =>
      sessionId !== undefined && queue
        ? {
            sessionId,
            currentItemId,
            queue,
            showMore,
            mayDirect,
            findIssue,
            jiraProblem,
            findWriteBackTarget,
            findRewording,
            areEstimatesHidden,
          }
        : undefined,
    [sessionId, currentItemId, queue, showMore, mayDirect, findIssue, jiraProblem, findWriteBackTarget, findRewording, areEstimatesHidden],
  );
  const sessionView = useMemo<SessionView | undefined>(() => {
    if (!session || !queueView) return undefined;
    const { sessionId: _, currentItemId: __, ...shared } = queueView;
    return { ...shared, session, me, isFacilitator, connection, findParticipant };
  }, [session, queueView, me, isFacilitator, connection, findParticipant]);

  const shown = useRef(sessionView);
  useLayoutEffect(() => {
    shown.current = sessionView;
  }, [sessionView]);
  const now = useCallback(() => {
    if (!shown.current) throw new Error('Nobody can act on a session before it is shown.');
    return shown.current;
  }, []);

  return useMemo(
    () => (sessionView && queueView ? { session: sessionView, queue: queueView, now } : undefined),
    [sessionView, queueView, now],
  );
}
