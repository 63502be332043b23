import { Suspense } from 'react';
import { Link } from '../design/Link.tsx';
import { Row } from '../design/Panel.tsx';
import { listAdmissions } from '../graph/admission.ts';
import { useIdentity } from '../identity/identity.ts';
import { SignInGate } from '../identity/SignInGate.tsx';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import { useText } from '../text/text.tsx';
import { CreateForm } from './CreateForm.tsx';
import { OwnSessions } from './OwnSessions.tsx';
import styles from './StartPage.module.css';

/** Where a session begins, and the way back into those that one has. */
export function StartPage() {
  const text = useText();
  const identity = useIdentity();
  return (
    <Page title={text('start.title')} lead={text('start.lead')}>
      <Suspense fallback={<Loading />}>
        <SignInGate lead={text('signIn.toCreate')}>
          <CreateForm />
        </SignInGate>
      </Suspense>
      {identity && <OwnSessions identity={identity} />}
      <RecentSessions />
    </Page>
  );
}

function RecentSessions() {
  const text = useText();
  const admissions = listAdmissions();
  if (admissions.length === 0) return null;
  return (
    <section className={styles.recent} aria-labelledby="recent">
      <h2 id="recent">{text('start.recent')}</h2>
      <ul>
        {admissions.map((admission) => (
          <li key={admission.sessionId}>
            <Row isSpread>
              <Link to={{ name: 'session', sessionId: admission.sessionId }}>{admission.title}</Link>
              <span>{text('start.recentAs', { name: admission.name })}</span>
            </Row>
          </li>
        ))}
      </ul>
    </section>
  );
}
