import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { TextArea } from '../design/Field.tsx';
import { NoteDecisionDocument } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { useLaterText } from '../text/later.ts';
import type { Item } from './context.ts';

/** What was decided on an item, written or changed at any time. */
export function DecisionDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const text = useLaterText();
  const [note, isNoting] = useAction(NoteDecisionDocument);
  const [decision, setDecision] = useState(item.decision ?? '');
  const save = async () => {
    if (await note({ itemId: item.id, decision: decision.trim() || null })) onClose();
  };
  return (
    <Dialog
      title={text('decision.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" isDisabled={isNoting} onClick={() => void save()}>
            {text('save')}
          </Button>
        </>
      }
    >
      <TextArea
        label={text('decision.label')}
        value={decision}
        maxLength={500}
        rows={3}
        onChange={(event) => setDecision(event.currentTarget.value)}
      />
    </Dialog>
  );
}
