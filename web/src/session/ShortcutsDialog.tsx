import { Dialog } from '../design/Dialog.tsx';
import { useText } from '../text/text.tsx';
import styles from './ShortcutsDialog.module.css';

const shortcuts = [
  ['1 – 9', 'shortcuts.card'],
  ['⌫', 'shortcuts.retract'],
  ['N', 'shortcuts.next'],
  ['R', 'shortcuts.reveal'],
  ['S', 'shortcuts.settle'],
  ['V', 'shortcuts.revote'],
  ['D', 'shortcuts.defer'],
  ['K', 'shortcuts.skip'],
  ['?', 'shortcuts.help'],
] as const;

/** What the keys do. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  return (
    <Dialog title={text('shortcuts.title')} onClose={onClose}>
      <dl className={styles.list}>
        {shortcuts.map(([key, meaning]) => (
          <div key={key} className={styles.pair}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text(meaning)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
