import { useMutation } from '@apollo/client/react';
import { useEffect } from 'react';
import { Dialog } from '../design/Dialog.tsx';
import { Note } from '../design/Panel.tsx';
import { CreateDeviceLinkDocument } from '../generated/graph.ts';
import { toErrorText } from '../graph/errors.ts';
import { toPath } from '../routes.ts';
import { Loading } from '../shell/Loading.tsx';
import { useText } from '../text/text.tsx';
import { LinkToShare } from './LinkToShare.tsx';

/** The way to one's own place on another device: a new link, good for one use within five minutes. */
export function DeviceDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
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
    </Dialog>
  );
}
