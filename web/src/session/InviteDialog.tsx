import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { RotateInviteCodeDocument } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { toPath } from '../routes.ts';
import { useLaterText } from '../text/later.ts';

import { useSession } from './context.ts';
import { LinkToShare } from './LinkToShare.tsx';

/** The way in for others: a link, its QR code, and a new one when the old went too far. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { session, isFacilitator } = useSession();
  const text = useLaterText();
  const [rotate, isRotating] = useAction(RotateInviteCodeDocument);
  const [isAsking, setIsAsking] = useState(false);
  const link = new URL(toPath({ name: 'join', inviteCode: session.inviteCode }), location.origin).href;

  return (
    <Dialog title={text('invite.title')} onClose={onClose}>
      <LinkToShare link={link} label={text('invite.link')} codeLabel={text('invite.qr')} lead={text('invite.lead')}>
        {isFacilitator && (
          <Button isDisabled={isRotating} onClick={() => setIsAsking(true)}>
            {text('invite.rotate')}
          </Button>
        )}
      </LinkToShare>
      {isAsking && (
        <ConfirmDialog
          title={text('confirm.rotate')}
          lead={text('confirm.rotateLead')}
          confirm={text('invite.rotate')}
          onConfirm={() => void rotate({})}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Dialog>
  );
}
