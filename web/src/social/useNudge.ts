import { showToast } from '../design/Toasts.tsx';
import { NudgeDocument } from '../generated/later.ts';
import { findErrorCode } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { type Participant, useSessionNow } from '../session/context.ts';
import { findWaitingRound } from '../session/nudging.ts';
import { useLaterText } from '../text/later.ts';

interface Nudging {
  /** Asks one, or everybody whose card is missing. */
  readonly nudge: (participant?: Participant) => Promise<void>;
  readonly isNudging: boolean;
}

/** Asking those who have not voted in the open round. */
export function useNudge(): Nudging {
  const now = useSessionNow();
  const text = useLaterText();
  const [send, isNudging] = useAction(NudgeDocument);
  return {
    isNudging,
    nudge: async (participant) => {
      const round = findWaitingRound(now());
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
      const names = nudged.nudge.map(({ id }) => now().findParticipant(id)?.name ?? '').join(', ');
      showToast('good', names === '' ? text('nudge.nobody') : text('nudge.sent', { names }));
    },
  };
}
