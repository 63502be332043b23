import { Suspense, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Chip, type Tone } from '../design/Panel.tsx';
import type { EstimatePartsFragment, WriteBackState } from '../generated/graph.ts';
import { useText } from '../text/text.ts';
import type { WriteBackTarget } from './context.ts';

const WriteBackDialog = lazyPart(async () => (await import('./WriteBackDialog.tsx')).WriteBackDialog);

const writeBackTones: Record<WriteBackState, Tone> = {
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
  /** Where to decide what becomes of it; undefined for those who may not. */
  readonly target: WriteBackTarget | undefined;
}

/** How an estimate's way to Jira stands; what went wrong opens on demand, with what can be done about it. */
export function WriteBackChip({ estimate, name, target }: WriteBackChipProps) {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const { state } = estimate.writeBack;
  const close = () => setIsOpen(false);
  if (state === 'NOT_NEEDED') return null;
  if (state !== 'CONFLICT' && state !== 'FAILED') return <Chip tone={writeBackTones[state]}>{text(`writeBack.${state}`)}</Chip>;
  return (
    <>
      <Button size="small" look={state === 'FAILED' ? 'danger' : 'plain'} onClick={() => setIsOpen(true)}>
        {text(`writeBack.${state}`)}
      </Button>
      {isOpen && (
        <Suspense>
          <WriteBackDialog estimate={estimate} name={name} target={target} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
