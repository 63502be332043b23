import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Chip, Note, type Tone } from '../design/Panel.tsx';
import type { EstimatePartsFragment, WriteBackState } from '../generated/graph.ts';
import { useText } from '../text/text.tsx';
import styles from './WriteBackChip.module.css';

const tones: Record<WriteBackState, Tone> = {
  PENDING: 'plain',
  WRITTEN: 'good',
  SUPERSEDED: 'plain',
  CONFLICT: 'notable',
  FAILED: 'bad',
  NOT_NEEDED: 'plain',
};

interface WriteBackChipProps {
  readonly estimate: EstimatePartsFragment;
  /** What the estimate is of, e.g. the key. */
  readonly name: string;
}

/** How an estimate's way to Jira stands; what went wrong opens on demand. */
export function WriteBackChip({ estimate, name }: WriteBackChipProps) {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const { state } = estimate.writeBack;
  if (state === 'NOT_NEEDED') return null;
  if (state !== 'CONFLICT' && state !== 'FAILED') return <Chip tone={tones[state]}>{text(`writeBack.${state}`)}</Chip>;
  return (
    <>
      <Button size="small" look={state === 'FAILED' ? 'danger' : 'plain'} onClick={() => setIsOpen(true)}>
        {text(`writeBack.${state}`)}
      </Button>
      {isOpen && <WriteBackDialog estimate={estimate} name={name} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function WriteBackDialog({ estimate, name, onClose }: WriteBackChipProps & { readonly onClose: () => void }) {
  const text = useText();
  const { state, valueInJira, reason, attempts } = estimate.writeBack;
  return (
    <Dialog title={text('writeBack.title', { name })} onClose={onClose} actions={<Button onClick={onClose}>{text('close')}</Button>}>
      <Note tone={tones[state]}>{reason ?? text(`writeBack.${state}`)}</Note>
      {state === 'CONFLICT' && (
        <dl className={styles.values}>
          <div>
            <dt>{text('writeBack.ours')}</dt>
            <dd>{text('number', { value: estimate.value })}</dd>
          </div>
          <div>
            <dt>{text('writeBack.inJira')}</dt>
            <dd>{valueInJira === null ? '–' : text('number', { value: valueInJira })}</dd>
          </div>
        </dl>
      )}
      <p>{state === 'CONFLICT' ? text('writeBack.conflictHelp') : text('writeBack.failedHelp', { count: attempts })}</p>
    </Dialog>
  );
}
