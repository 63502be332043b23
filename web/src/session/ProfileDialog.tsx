import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Choices, SelectField, TextField } from '../design/Field.tsx';
import { UpdateMeDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.tsx';
import { useSession } from './context.ts';

/** One's own name, role and, where tracks ask for it, discipline. */
export function ProfileDialog({ onClose }: { readonly onClose: () => void }) {
  const { session, me } = useSession();
  const text = useText();
  const [update, isSaving] = useAction(UpdateMeDocument);
  const [name, setName] = useState(me?.name ?? '');
  const [role, setRole] = useState(me?.role ?? 'ESTIMATOR');
  const [discipline, setDiscipline] = useState(me?.discipline ?? '');
  const disciplines = [...new Set(session.tracks.map((track) => track.discipline).filter((one) => one !== null))];

  async function save(): Promise<void> {
    const changes = { name: name.trim(), role, ...(discipline !== '' && { discipline }) };
    if (await update(changes)) onClose();
  }

  return (
    <Dialog
      title={text('profile.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" isDisabled={isSaving || name.trim() === ''} onClick={() => void save()}>
            {text('save')}
          </Button>
        </>
      }
    >
      <TextField label={text('yourName')} value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
      <Choices
        label={text('join.role')}
        value={role}
        options={[
          { value: 'ESTIMATOR', label: text('role.ESTIMATOR'), hint: text('role.estimatorHint') },
          { value: 'SPECTATOR', label: text('role.SPECTATOR'), hint: text('role.spectatorHint') },
        ]}
        onChange={setRole}
      />
      {disciplines.length > 0 && (
        <SelectField
          label={text('discipline')}
          value={discipline}
          options={[{ value: '', label: '–' }, ...disciplines.map((value) => ({ value, label: value }))]}
          onChange={setDiscipline}
        />
      )}
    </Dialog>
  );
}
