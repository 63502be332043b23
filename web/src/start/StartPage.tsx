import { Suspense } from 'react';
import { useIdentity } from '../identity/identity.ts';
import { SignInGate } from '../identity/SignInGate.tsx';
import { Page } from '../shell/Page.tsx';
import { useLaterText } from '../text/later.ts';

import { CreateForm } from './CreateForm.tsx';
import { OwnSessions } from './OwnSessions.tsx';
import { RecentSessions } from './RecentSessions.tsx';
import { Waiting } from './Waiting.tsx';

/** Where a session begins, and the way back into those that one has. */
export function StartPage() {
  const text = useLaterText();
  const identity = useIdentity();
  return (
    <Page title={text('start.title')} lead={text('start.lead')}>
      <Suspense fallback={<Waiting />}>
        <SignInGate lead={text('signIn.toCreate')}>
          <CreateForm />
        </SignInGate>
      </Suspense>
      {identity && <OwnSessions identity={identity} />}
      <RecentSessions />
    </Page>
  );
}
