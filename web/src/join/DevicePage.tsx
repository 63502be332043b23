import { useMutation } from '@apollo/client/react';
import { Button } from '../design/Button.tsx';
import { Link } from '../design/Link.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { UseDeviceLinkDocument } from '../generated/later.ts';
import { storeAdmission } from '../graph/admission.ts';
import { toErrorText } from '../graph/errors.ts';
import { goTo } from '../routes.ts';
import { Page } from '../shell/Page.tsx';
import { useLaterText } from '../text/later.ts';

import { useFragment } from '../useFragment.ts';

/** Where a link leads that was made on another device: one goes on as the same participant. It is used by a click, since it can be used once. */
export function DevicePage() {
  const text = useLaterText();
  const secret = useFragment();
  const [takeOver, { loading, error }] = useMutation(UseDeviceLinkDocument, { variables: { secret } });

  async function goOn(): Promise<void> {
    const { data } = await takeOver().catch(() => ({ data: undefined }));
    if (data) goTo({ name: 'session', sessionId: storeAdmission(data.useDeviceLink).sessionId });
  }

  return (
    <Page title={text('device.title')} lead={text('device.here')}>
      <Stack>
        {error && <Note tone="bad">{toErrorText(error, text)}</Note>}
        <Row>
          <Button look="primary" size="large" isDisabled={loading || secret === ''} onClick={() => void goOn()}>
            {text('device.goOn')}
          </Button>
        </Row>
        <Link to={{ name: 'start' }}>{text('toStart')}</Link>
      </Stack>
    </Page>
  );
}
