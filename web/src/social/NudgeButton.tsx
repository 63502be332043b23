import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { hasVoted, useSession } from '../session/context.ts';
import { findWaitingRound, mayNudge } from '../session/nudging.ts';
import { useLaterText } from '../text/later.ts';
import styles from './Social.module.css';
import { useNudge } from './useNudge.ts';

/** Asks everybody whose card is missing, once there is anybody to wait for. */
export function NudgeButton() {
  const view = useSession();
  const { session, me, findParticipant } = view;
  const text = useLaterText();
  const { nudge, isNudging } = useNudge();
  const round = findWaitingRound(view);
  if (!round || !mayNudge(view)) return null;
  const others = round.roster.flatMap(({ id }) => (id === me?.id ? [] : (findParticipant(id) ?? [])));
  const silentCount = others.filter((person) => person.isPresent && !hasVoted(round, person, session)).length;
  if (silentCount === 0) return null;
  return (
    <span className={styles.onFelt}>
      <Button look="quiet" size="small" isDisabled={isNudging} onClick={() => void nudge()}>
        <Icon name="bell" size={18} />
        {text('nudge.all', { count: silentCount })}
      </Button>
    </span>
  );
}
