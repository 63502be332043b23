import { Button } from '../design/Button.tsx';
import { AbandonRoundDocument, type AbandonRoundMutation, RevealRoundDocument, StartRoundDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.ts';
import { type Round, useSession } from './context.ts';
import { leaveRound } from './leaveRound.ts';
import styles from './Stage.module.css';
import { useShortcuts } from './shortcuts.ts';
import { useItemActions } from './useItemActions.ts';

/** What facilitators do with a round; revealing may be everyone's. */
export function RoundControls({ round }: { readonly round: Round }) {
  const { session, isFacilitator } = useSession();
  const text = useText();
  const [reveal, isRevealing] = useAction(RevealRoundDocument);
  const [start, isStarting] = useAction(StartRoundDocument);
  const [abandon] = useAction(AbandonRoundDocument);

  const itemId = round.item.id;
  const isOpen = round.state === 'OPEN';
  const mayReveal = isOpen && (isFacilitator || session.settings.revealedBy === 'EVERYONE');
  const revealNow = () => void reveal({ roundId: round.id });
  const revote = () => void start({ sessionId: session.id, itemId, ...toTimer(round) });
  const stop = () => {
    const abandonRound = { __typename: 'Round', id: round.id, state: round.state };
    void abandon(
      { roundId: round.id },
      {
        optimisticResponse: { abandonRound } as unknown as AbandonRoundMutation,
        update: leaveRound({ session, round, item: { state: 'PENDING' } }),
      },
    );
  };
  const { skip, defer } = useItemActions(itemId);

  useShortcuts({
    r: mayReveal && !isRevealing ? revealNow : undefined,
    v: isFacilitator && !isOpen && !isStarting ? revote : undefined,
    k: isFacilitator ? skip : undefined,
    d: isFacilitator ? defer : undefined,
  });

  if (!mayReveal && !isFacilitator) return null;
  return (
    <div className={styles.controls}>
      {mayReveal && (
        <Button look="primary" size="large" shortcut="R" isDisabled={isRevealing} onClick={revealNow}>
          {text('round.reveal')}
        </Button>
      )}
      {isFacilitator && !isOpen && (
        <Button shortcut="V" isDisabled={isStarting} onClick={revote}>
          {text('round.revote')}
        </Button>
      )}
      {isFacilitator && (
        <>
          <Button shortcut="D" onClick={defer}>
            {text('item.defer')}
          </Button>
          <Button shortcut="K" onClick={skip}>
            {text('item.skip')}
          </Button>
        </>
      )}
      {isFacilitator && isOpen && <Button onClick={stop}>{text('round.abandon')}</Button>}
    </div>
  );
}

/** The time that a round was given, for the one after it. */
function toTimer({ openedAt, deadlineAt }: Round): { readonly timerSeconds?: number } {
  return deadlineAt === null ? {} : { timerSeconds: Math.round((Date.parse(deadlineAt) - Date.parse(openedAt)) / 1_000) };
}
