import { Dialog } from '../design/Dialog.tsx';
import { Switch } from '../design/Field.tsx';
import { useStore } from '../store.ts';
import { useLaterText } from '../text/later.ts';

import styles from './ShortcutsDialog.module.css';
import { areShortcutsOn, switchShortcuts } from './shortcuts.ts';

const shortcuts = [
  ['0 – 9', 'shortcuts.card'],
  ['?', 'shortcuts.unsure'],
  ['C', 'shortcuts.break'],
  ['⌫', 'shortcuts.retract'],
  ['N', 'shortcuts.next'],
  ['R', 'shortcuts.reveal'],
  ['S', 'shortcuts.settle'],
  ['V', 'shortcuts.revote'],
  ['D', 'shortcuts.defer'],
  ['K', 'shortcuts.skip'],
  ['H', 'shortcuts.help'],
] as const;

/** What the keys do. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useLaterText();
  const isOn = useStore(areShortcutsOn);
  return (
    <Dialog title={text('shortcuts.title')} onClose={onClose}>
      <Switch label={text('shortcuts.on')} isOn={isOn} onChange={switchShortcuts} />
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
