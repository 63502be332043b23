import { useEffect, useRef } from 'react';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { useLaterText } from '../text/later.ts';
import styles from './Social.module.css';

/** Says, above everything and aloud, that somebody waits for one's card; it stays until the card is there. */
export function NudgeNotice({ by, onDismiss }: { readonly by: string; readonly onDismiss: () => void }) {
  const text = useLaterText();
  const notice = useRef<HTMLDivElement>(null);
  // In the top layer, so that it lies above a dialog that is open.
  useEffect(() => notice.current?.showPopover(), []);
  return (
    <div ref={notice} popover="manual" role="alert" className={styles.notice}>
      <Icon name="bell" />
      <span>{text('nudge.received', { name: by })}</span>
      <Button look="quiet" size="small" isIcon aria-label={text('dismiss')} onClick={onDismiss}>
        <Icon name="close" size={16} />
      </Button>
    </div>
  );
}
