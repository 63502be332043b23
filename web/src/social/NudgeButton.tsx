import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { useLaterText } from '../text/later.ts';
import styles from './Social.module.css';
import { useNudge } from './useNudge.ts';

/** Asks everybody whose card is missing, once there is anybody to wait for. */
export function NudgeButton() {
  const text = useLaterText();
  const { mayNudge, silentCount, nudge, isNudging } = useNudge();
  if (!mayNudge || silentCount === 0) return null;
  return (
    <span className={styles.onFelt}>
      <Button look="quiet" size="small" isDisabled={isNudging} onClick={() => void nudge()}>
        <Icon name="bell" size={18} />
        {text('nudge.all', { count: silentCount })}
      </Button>
    </span>
  );
}
