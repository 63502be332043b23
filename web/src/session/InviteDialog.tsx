import { useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { TextField } from '../design/Field.tsx';
import { Row } from '../design/Panel.tsx';
import { QrCode } from '../design/QrCode.tsx';
import { RotateInviteCodeDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { toPath } from '../routes.ts';
import { useText } from '../text/text.tsx';
import { useSession } from './context.ts';
import styles from './InviteDialog.module.css';

const copiedMs = 2_000;

/** The way in for others: a link, its QR code, and a new one when the old went too far. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { session, isFacilitator } = useSession();
  const text = useText();
  const [rotate, isRotating] = useAction(RotateInviteCodeDocument);
  const [isAsking, setIsAsking] = useState(false);
  const [isCopied, setIsCopied] = useState(false);
  const link = new URL(toPath({ name: 'join', inviteCode: session.inviteCode }), location.origin).href;

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      setIsCopied(true);
    } catch {
      // The browser withholds the clipboard: the link is then selected, to be copied by hand.
      document.querySelector<HTMLInputElement>('[data-invite-link]')?.select();
    }
  }

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <Dialog title={text('invite.title')} onClose={onClose}>
      <div className={styles.invite}>
        <div className={styles.fields}>
          <p>{text('invite.lead')}</p>
          <TextField label={text('invite.link')} readOnly value={link} onFocus={(event) => event.currentTarget.select()} data-invite-link />
          <Row>
            {/* The clipboard is withheld from plain http on a team's own network: the link can still be selected. */}
            {navigator.clipboard && (
              <Button look="primary" onClick={() => void copy()}>
                {isCopied ? text('copied') : text('copy')}
              </Button>
            )}
            {isFacilitator && (
              <Button isDisabled={isRotating} onClick={() => setIsAsking(true)}>
                {text('invite.rotate')}
              </Button>
            )}
          </Row>
        </div>
        {isAsking && (
          <ConfirmDialog
            title={text('confirm.rotate')}
            lead={text('confirm.rotateLead')}
            confirm={text('invite.rotate')}
            onConfirm={() => void rotate({})}
            onClose={() => setIsAsking(false)}
          />
        )}
        <QrCode className={styles.code ?? ''} content={link} label={text('invite.qr')} />
      </div>
    </Dialog>
  );
}
