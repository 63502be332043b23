import { useApolloClient, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Link } from '../design/Link.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { ReportDocument, ReportFilesDocument, type ReportLanguage } from '../generated/later.ts';
import { findAdmission } from '../graph/admission.ts';
import { toErrorText } from '../graph/errors.ts';
import { NoPlacePage, WithConnection } from '../session/SessionScreen.tsx';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import { useLaterText } from '../text/later.ts';

import { ExportRow } from './ExportRow.tsx';
import { OwnAgreementPanel } from './OwnAgreementPanel.tsx';
import { Report } from './Report.tsx';
import { ReportLinksDialog } from './ReportLinksDialog.tsx';
import { RetryNote } from './RetryNote.tsx';
import { SyncDialog } from './SyncDialog.tsx';
import type { ReportSession } from './summary.ts';

// Estimates arrive in Jira one after the other.
const pollMs = 10_000;

/** What came out of a session, to be read, shown and taken along. */
export function ReportPage({ sessionId }: { readonly sessionId: string }) {
  const admission = findAdmission(sessionId);
  if (!admission) return <NoPlacePage />;
  return (
    <WithConnection admission={admission}>
      {() => <LoadedReport sessionId={sessionId} participantId={admission.participantId} />}
    </WithConnection>
  );
}

function LoadedReport({ sessionId, participantId }: { readonly sessionId: string; readonly participantId: string }) {
  const text = useLaterText();
  const { data, error, refetch } = useQuery(ReportDocument, {
    variables: { wholeId: sessionId },
    errorPolicy: 'all',
    pollInterval: pollMs,
    fetchPolicy: 'cache-and-network',
  });
  if (data?.session) return <OwnReport session={data.session} problem={error} participantId={participantId} />;
  if (!error) return <Loading />;
  return (
    <Page title={text('report.title')}>
      <Stack>
        <Note tone="bad">{toErrorText(error, text)}</Note>
        <Row>
          <Button onClick={() => void refetch().catch(() => undefined)}>{text('tryAgain')}</Button>
        </Row>
      </Stack>
    </Page>
  );
}

interface OwnReportProps {
  readonly session: ReportSession;
  readonly problem: unknown;
  readonly participantId: string;
}

/** The report as participants read it; facilitators bring it to Jira, and let others read it. */
function OwnReport({ session, problem, participantId }: OwnReportProps) {
  const client = useApolloClient();
  const text = useLaterText();
  const [dialog, setDialog] = useState<'sync' | 'links'>();
  const isFacilitator = session.facilitators.some(({ id }) => id === participantId);
  const close = () => setDialog(undefined);

  async function load(language: ReportLanguage) {
    const { data } = await client.query({ query: ReportFilesDocument, variables: { id: session.id, language }, fetchPolicy: 'no-cache' });
    return data?.session?.report;
  }

  return (
    <Report
      session={session}
      problem={problem}
      steeredId={isFacilitator ? session.id : undefined}
      own={<OwnAgreementPanel sessionId={session.id} />}
      back={<Link to={{ name: 'session', sessionId: session.id }}>{text('report.back')}</Link>}
    >
      <ExportRow title={session.title} load={load}>
        {isFacilitator && <Button onClick={() => setDialog('sync')}>{text('sync.open')}</Button>}
        {isFacilitator && <Button onClick={() => setDialog('links')}>{text('reportLink.open')}</Button>}
      </ExportRow>
      {isFacilitator && <RetryNote session={session} />}
      {isFacilitator && dialog === 'sync' && <SyncDialog session={session} onClose={close} />}
      {isFacilitator && dialog === 'links' && <ReportLinksDialog onClose={close} />}
    </Report>
  );
}
