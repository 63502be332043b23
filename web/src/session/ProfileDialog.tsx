import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Row } from '../design/Panel.tsx';
import { RemoveNameDocument } from '../generated/graph.ts';
import { ChooseAvatarDocument, UpdateMeDocument } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { DisciplineField } from '../person/DisciplineField.tsx';
import { NameField } from '../person/NameField.tsx';
import { RoleChoices } from '../person/RoleChoices.tsx';
import { AvatarField } from '../social/AvatarField.tsx';
import { NoticeFields } from '../social/NoticeFields.tsx';
import { keepOwnAvatar, toLookText } from '../social/ownAvatar.ts';
import { useLaterText } from '../text/later.ts';

import { useSession } from './context.ts';

/** One's own name, role and, where tracks ask for it, discipline. */
export function ProfileDialog({ onClose, onLeft }: { readonly onClose: () => void; readonly onLeft: () => void }) {
  const { session, me } = useSession();
  const text = useLaterText();
  const [update, isSaving] = useAction(UpdateMeDocument);
  const [chooseAvatar] = useAction(ChooseAvatarDocument);
  const [name, setName] = useState(me?.name ?? '');
  const [role, setRole] = useState(me?.role ?? 'ESTIMATOR');
  const [avatar, setAvatar] = useState(me?.avatar);
  const [discipline, setDiscipline] = useState(me?.discipline ?? '');
  const [removeName, isRemoving] = useAction(RemoveNameDocument);
  const [isAsking, setIsAsking] = useState(false);

  async function save(): Promise<void> {
    const wanted = discipline.trim() === '' ? null : discipline.trim();
    const changes = { name: name.trim(), role, ...(wanted !== (me?.discipline ?? null) && { discipline: wanted }) };
    if (!(await update(changes))) return;
    if (avatar && me && toLookText(avatar) !== toLookText(me.avatar)) {
      if (!(await chooseAvatar({ avatar: { emoji: avatar.emoji, tint: avatar.tint } }))) return;
      keepOwnAvatar(avatar);
    }
    onClose();
  }

  async function removeMine(): Promise<void> {
    if (await removeName({})) onLeft();
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
      {avatar && <AvatarField value={avatar} onChange={setAvatar} />}
      <NoticeFields />
      <Row>
        <Button isDisabled={isRemoving} onClick={() => setIsAsking(true)}>
          {text('removeName.own')}
        </Button>
      </Row>
      {isAsking && (
        <ConfirmDialog
          title={text('removeName.own')}
          lead={text('removeName.ownLead')}
          confirm={text('removeName.ownConfirm')}
          onConfirm={() => void removeMine()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Dialog>
  );
}
