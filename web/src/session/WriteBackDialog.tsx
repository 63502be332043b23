import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Note } from '../design/Panel.tsx';
import type { EstimatePartsFragment } from '../generated/graph.ts';
import { type ConflictDecision, ResolveConflictDocument, RetryWriteBacksDocument } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { useLaterText } from '../text/later.ts';

import type { WriteBackTarget } from './context.ts';
import { toWriteBackReason } from './reasons.ts';
import styles from './WriteBackDialog.module.css';

interface WriteBackDialogProps {
  readonly estimate: EstimatePartsFragment;
  readonly name: string;
  readonly target: WriteBackTarget | undefined;
  readonly onClose: () => void;
}

/** A conflict with both values, or a failure with its reason; facilitators decide here. */
export function WriteBackDialog({ estimate, name, target, onClose }: WriteBackDialogProps) {
  const text = useLaterText();
  const [resolve, isResolving] = useAction(ResolveConflictDocument);
  const [retry, isRetrying] = useAction(RetryWriteBacksDocument);
  const { state, valueInJira, attempts } = estimate.writeBack;
  const isConflict = state === 'CONFLICT';
  const { track } = estimate;

  async function decide(decision: ConflictDecision): Promise<void> {
    if (target && (await resolve({ roundId: target.roundId, track, decision }))) onClose();
  }

  async function tryAgain(): Promise<void> {
    if (target && (await retry({ ...target, track }))) onClose();
  }

  const actions = isConflict ? (
    <>
      <Button isDisabled={isResolving} onClick={() => void decide('KEEP')}>
        {text('writeBack.keep')}
      </Button>
      <Button look="primary" isDisabled={isResolving} onClick={() => void decide('OVERWRITE')}>
        {text('writeBack.overwrite')}
      </Button>
    </>
  ) : (
    <Button look="primary" isDisabled={isRetrying} onClick={() => void tryAgain()}>
      {text('tryAgain')}
    </Button>
  );

  return (
    <Dialog title={text('writeBack.title', { name })} onClose={onClose} actions={target ? actions : undefined}>
      <Note tone={isConflict ? 'notable' : 'bad'}>{toWriteBackReason(estimate.writeBack, text)}</Note>
      {isConflict && (
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
      <p>{isConflict ? text('writeBack.conflictHelp') : text('writeBack.failedHelp', { count: attempts })}</p>
    </Dialog>
  );
}
