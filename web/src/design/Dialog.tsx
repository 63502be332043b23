import { createContext, type ReactNode, use, useId, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../text/text.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import styles from './Dialog.module.css';
import { Icon } from './Icon.tsx';

export interface DialogProps {
  readonly title: string;
  readonly isWide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Its buttons, at the bottom. */
  readonly actions?: ReactNode;
}

/** Told when a dialog opens and closes below it, e.g. to stay drawn meanwhile. */
export const DialogPlace = createContext<((isOpen: boolean) => void) | undefined>(undefined);

/** A modal dialog; it is open as long as it is rendered. Escape and a click outside close it. */
export function Dialog({ title, isWide, onClose, children, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const text = useText();
  const place = useRef(use(DialogPlace));

  // Before it leaves the document: a dialog closed later has forgotten where the focus was.
  useLayoutEffect(() => {
    const element = dialog.current;
    const tell = place.current;
    element?.showModal();
    tell?.(true);
    return () => {
      element?.close();
      tell?.(false);
    };
  }, []);

  // Below the body: a panel that is hidden for the moment does not hide it.
  return createPortal(
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself; the click is only the backdrop's.
    <dialog
      ref={dialog}
      className={classes(styles.dialog, isWide && styles.wide)}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        <Button look="quiet" isIcon aria-label={text('close')} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <div className={styles.body}>{children}</div>
      {actions && <div className={styles.foot}>{actions}</div>}
    </dialog>,
    document.body,
  );
}
