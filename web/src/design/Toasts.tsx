import { useEffect, useRef } from 'react';
import { createStore, useStore } from '../store.ts';
import { useText } from '../text/text.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import styles from './Toasts.module.css';

/** What can be done about what a message says, e.g. undoing it. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad';
  readonly message: string;
  readonly action: ToastAction | undefined;
}

const shownMs = { good: 4_000, bad: 9_000 };
/** Time enough to notice a slip, and to reach the button. */
const actionMs = 10_000;
const toasts = createStore<readonly Toast[]>([]);
let lastId = 0;

function dismiss(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

/** Says something in passing; the same message is not shown twice at once. With an action it stays for ten seconds. */
export function showToast(tone: Toast['tone'], message: string, action?: ToastAction): void {
  const others = toasts.get().filter((toast) => toast.message !== message);
  lastId += 1;
  const id = lastId;
  toasts.set([...others.slice(-2), { id, tone, message, action }]);
  setTimeout(() => dismiss(id), action === undefined ? shownMs[tone] : actionMs);
}

/** Where messages appear: above everything, open dialogs included, read aloud as they come. */
export function Toasts() {
  const shown = useStore(toasts);
  const text = useText();
  const region = useRef<HTMLDivElement>(null);

  // A popover shown later lies above a modal dialog that was opened before it.
  useEffect(() => {
    if (shown.length === 0) return;
    const element = region.current;
    element?.hidePopover();
    element?.showPopover();
  }, [shown]);

  return (
    <div ref={region} popover="manual" className={styles.toasts} role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className={classes(styles.toast, toast.tone === 'bad' && styles.bad)}>
          <span>{toast.message}</span>
          {toast.action && (
            <Button
              size="small"
              onClick={() => {
                dismiss(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <Button look="quiet" size="small" isIcon aria-label={text('dismiss')} onClick={() => dismiss(toast.id)}>
            <Icon name="close" size={16} />
          </Button>
        </div>
      ))}
    </div>
  );
}
