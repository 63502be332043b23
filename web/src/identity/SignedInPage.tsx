import { useEffect, useState } from 'react';
import { Link } from '../design/Link.tsx';
import { Note, Stack } from '../design/Panel.tsx';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import { useLaterText } from '../text/later.ts';

import { finishSignIn } from './oidc.ts';

let finishing: Promise<void> | undefined;

/** Where the identity provider sends people back to. */
export function SignedInPage() {
  const text = useLaterText();
  const [hasFailed, setHasFailed] = useState(false);

  useEffect(() => {
    // The answer is good for one use.
    finishing ??= finishSignIn().finally(() => {
      finishing = undefined;
    });
    finishing.catch(() => setHasFailed(true));
  }, []);

  if (!hasFailed) return <Loading />;
  return (
    <Page title={text('signIn.failed')}>
      <Stack>
        <Note tone="bad">{text('signIn.failedLead')}</Note>
        <Link to={{ name: 'start' }}>{text('toStart')}</Link>
      </Stack>
    </Page>
  );
}
