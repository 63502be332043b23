import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { UpdateMeDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { DisciplineField } from '../person/DisciplineField.tsx';
import { NameField } from '../person/NameField.tsx';
import { RoleChoices } from '../person/RoleChoices.tsx';
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

  async function save(): Promise<void> {
    const wanted = discipline.trim() === '' ? null : discipline.trim();
    const changes = { name: name.trim(), role, ...(wanted !== (me?.discipline ?? null) && { discipline: wanted }) };
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
      <NameField value={name} onChange={setName} isChecked />
      <RoleChoices value={role} onChange={setRole} />
      {role === 'ESTIMATOR' && <DisciplineField tracks={session.tracks} value={discipline} onChange={setDiscipline} />}
    </Dialog>
  );
}
