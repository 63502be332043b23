import { showToast } from '../design/Toasts.tsx';
import { NudgeDocument } from '../generated/later.ts';
import { findErrorCode } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { hasVoted, type Participant, useSession } from '../session/context.ts';
import { useLaterText } from '../text/later.ts';

interface Nudging {
  /** A facilitator may, and who has voted in this round. */
  readonly mayNudge: boolean;
  /** How many others have not voted. */
  readonly silentCount: number;
  /** Asks one, or everybody whose card is missing. */
  readonly nudge: (participant?: Participant) => Promise<void>;
  readonly isNudging: boolean;
}

/** Asking those who have not voted in the open round. */
export function useNudge(): Nudging {
  const { session, me, isFacilitator, findParticipant } = useSession();
  const text = useLaterText();
  const [send, isNudging] = useAction(NudgeDocument);
  const round = session.currentRound?.state === 'OPEN' && session.state === 'OPEN' ? session.currentRound : undefined;
  const roster = (round?.roster ?? []).flatMap(({ id }) => findParticipant(id) ?? []);
  const isDone = (person: Participant) => round !== undefined && hasVoted(round, person, session);
  return {
    mayNudge: round !== undefined && me !== undefined && (isFacilitator || (roster.includes(me) && isDone(me))),
    silentCount: roster.filter((person) => person.isPresent && person.id !== me?.id && !isDone(person)).length,
    isNudging,
    nudge: async (participant) => {
      if (!round) return;
      const nudged = await send(
        { roundId: round.id, participantId: participant?.id ?? null },
        {
          onFailure: (error) => {
            const isTooSoon = findErrorCode(error) === 'RATE_LIMITED';
            if (isTooSoon) showToast('good', text('nudge.tooSoon'));
            return isTooSoon;
          },
        },
      );
      if (!nudged) return;
      const names = nudged.nudge.map(({ id }) => findParticipant(id)?.name ?? '').join(', ');
      showToast('good', names === '' ? text('nudge.nobody') : text('nudge.sent', { names }));
    },
  };
}
