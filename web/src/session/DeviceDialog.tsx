import { useMutation } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Note, Row } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { CreateDeviceLinkDocument, SignOutEverywhereDocument } from '../generated/later.ts';
import { storeAdmission } from '../graph/admission.ts';
import { toErrorText } from '../graph/errors.ts';
import { toPath } from '../routes.ts';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';

import { LinkToShare } from './LinkToShare.tsx';

/** The way to one's own place on another device: a new link, good for one use within five minutes. */
export function DeviceDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useLaterText();
  const [create, { data, error }] = useMutation(CreateDeviceLinkDocument, { fetchPolicy: 'no-cache' });

  useEffect(() => {
    create().catch(() => undefined);
  }, [create]);

  const secret = data?.createDeviceLink.secret;
  return (
    <Dialog title={text('device.title')} onClose={onClose}>
      {error && <Note tone="bad">{toErrorText(error, text)}</Note>}
      {!error && secret === undefined && <Loading />}
      {secret !== undefined && (
        <LinkToShare
          link={`${new URL(toPath({ name: 'device' }), location.origin).href}#${secret}`}
          label={text('device.link')}
          codeLabel={text('device.qr')}
          lead={text('device.lead')}
        />
      )}
      <SignOutElsewhere />
    </Dialog>
  );
}

/** For a device that was lost, or a browser that was left open. */
function SignOutElsewhere() {
  const text = useLaterText();
  const [isAsking, setIsAsking] = useState(false);
  const [signOut, { loading }] = useMutation(SignOutEverywhereDocument, { fetchPolicy: 'no-cache' });

  async function signOutNow(): Promise<void> {
    try {
      const { data } = await signOut();
      if (!data) return;
      storeAdmission(data.signOutEverywhere);
      showToast('good', text('signOutElsewhere.done'));
    } catch (error) {
      showToast('bad', toErrorText(error, text));
    }
  }

  return (
    <>
      <Row>
        <Button isDisabled={loading} onClick={() => setIsAsking(true)}>
          {text('signOutElsewhere')}
        </Button>
      </Row>
      {isAsking && (
        <ConfirmDialog
          title={text('signOutElsewhere.title')}
          lead={text('signOutElsewhere.lead')}
          confirm={text('signOutElsewhere')}
          onConfirm={() => void signOutNow()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
