import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Switch } from '../design/Field.tsx';
import { Note, Stack } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { DeleteSessionDocument, SyncProgressDocument } from '../generated/later.ts';
import { findErrorCode, toErrorText } from '../graph/errors.ts';
import { useLaterText } from '../text/later.ts';

import { useSession } from './context.ts';

/** Asks before a session goes for good, and says what becomes of estimates that are on their way to Jira. */
export function DeleteDialog({ onClose, onDeleted }: { readonly onClose: () => void; readonly onDeleted: () => void }) {
  const { session } = useSession();
  const text = useLaterText();
  const { data, refetch } = useQuery(SyncProgressDocument, { variables: { id: session.id }, fetchPolicy: 'no-cache' });
  const [discards, setDiscards] = useState(false);
  const [deleteSession, { loading, error }] = useMutation(DeleteSessionDocument);
  const pending = data?.session?.writeBacks.find(({ state }) => state === 'PENDING')?.count ?? 0;

  async function deleteNow(): Promise<void> {
    try {
      await deleteSession({ variables: { discardWriteBacks: discards } });
      showToast('good', text('delete.done', { title: session.title }));
      onDeleted();
    } catch (failure) {
      // More may have been settled since the dialog was opened.
      if (findErrorCode(failure) === 'WRITE_BACKS_PENDING') await refetch().catch(() => undefined);
    }
  }

  return (
    <Dialog
      title={text('delete.title', { title: session.title })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="danger" isDisabled={loading || data === undefined || (pending > 0 && !discards)} onClick={() => void deleteNow()}>
            {text('delete.confirm')}
          </Button>
        </>
      }
    >
      <Stack>
        <p>{text('delete.lead')}</p>
        {pending > 0 && (
          <>
            <Note tone="notable">{text('delete.pending', { count: pending })}</Note>
            <Switch label={text('delete.discard', { count: pending })} isOn={discards} onChange={setDiscards} />
          </>
        )}
        {error && <Note tone="bad">{toErrorText(error, text)}</Note>}
      </Stack>
    </Dialog>
  );
}
