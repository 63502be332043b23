import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { TextField } from '../design/Field.tsx';
import { EstimateItemDocument, ReviseEstimateDocument } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { useLaterText } from '../text/later.ts';

import { type Item, useSession } from './context.ts';
import { ValuePicker } from './ValuePicker.tsx';

const reasonLength = 280;

/** Corrects a settled estimate, or makes one without a vote; the report tells which it was, and why. */
export function EstimateDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const { session, findIssue } = useSession();
  const text = useLaterText();
  const isRevision = item.state === 'ESTIMATED';
  const [revise, isRevising] = useAction(ReviseEstimateDocument);
  const [estimate, isEstimating] = useAction(EstimateItemDocument);
  const [values, setValues] = useState(() =>
    Object.fromEntries(isRevision ? item.estimates.map(({ track, value }) => [track, value]) : []),
  );
  const [reason, setReason] = useState('');
  const estimates = session.tracks.flatMap(({ id }) => {
    const value = values[id];
    const before = item.estimates.find(({ track }) => track === id)?.value;
    return value === undefined || (isRevision && value === before) ? [] : [{ track: id, value }];
  });

  async function save(): Promise<void> {
    const given = { itemId: item.id, estimates, ...(reason.trim() !== '' && { reason: reason.trim() }) };
    if (await (isRevision ? revise(given) : estimate(given))) onClose();
  }

  const name = findIssue(item.id)?.key ?? item.topic ?? '';
  return (
    <Dialog
      title={text(isRevision ? 'estimate.reviseTitle' : 'estimate.directTitle', { name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" isDisabled={estimates.length === 0 || isRevising || isEstimating} onClick={() => void save()}>
            {text('estimate.save')}
          </Button>
        </>
      }
    >
      {session.tracks.map((track) => (
        <ValuePicker
          key={track.id}
          name={session.tracks.length > 1 ? text('settle.onTrack', { track: track.label }) : text('settle.choose')}
          cards={session.deck.cards}
          value={values[track.id]}
          onChoose={(value) => setValues({ ...values, [track.id]: value })}
        />
      ))}
      <TextField
        label={text('estimate.reason')}
        value={reason}
        maxLength={reasonLength}
        autoComplete="off"
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
