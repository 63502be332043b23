import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { IssuePart } from '../generated/graph.ts';
import { hasVoted, type Participant, type QueueView, type Session, type SessionView } from './context.ts';
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
  const findParticipant = useMemo(() => toFindParticipant(participants), [participants]);
  const me = participants.get(participantId);
  const isFacilitator = me?.isFacilitator ?? false;
  const findWriteBackTarget = useMemo(() => toFindTarget(isFacilitator ? sessionId : undefined), [isFacilitator, sessionId]);
  const findRewording = useMemo(() => toFindRewording(rewordings), [rewordings]);
  const round = session?.currentRound;
  const areEstimatesHidden = session?.settings.hideEstimates === true && round?.state === 'OPEN' && !(me && hasVoted(round, me, session));
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

// Each made outside of the hook: closures of one function hold everything that any of them uses, so two that change in turns would hold each other's
// predecessors, with the queue of each moment, for as long as the page is open.

const toFindParticipant =
  (participants: ReadonlyMap<string, Participant>): SessionView['findParticipant'] =>
  (id) =>
    participants.get(id);

const toFindRewording =
  (rewordings: Viewed['rewordings']): SessionView['findRewording'] =>
  (itemId) =>
    rewordings.get(itemId) ?? [];

/** `sessionId`: undefined for whoever decides nothing. */
const toFindTarget =
  (sessionId: string | undefined): SessionView['findWriteBackTarget'] =>
  ({ rounds }) => {
    const roundId = rounds.findLast((round) => round.state === 'SETTLED')?.id;
    return sessionId !== undefined && roundId !== undefined ? { sessionId, roundId } : undefined;
  };
