import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { BarChart } from '../design/BarChart.tsx';
import { Button } from '../design/Button.tsx';
import { Link } from '../design/Link.tsx';
import { Note, Panel, Row, Stack } from '../design/Panel.tsx';
import { ReportDocument } from '../generated/graph.ts';
import { findAdmission } from '../graph/admission.ts';
import { toErrorText } from '../graph/errors.ts';
import { NoPlacePage, WithConnection } from '../session/SessionScreen.tsx';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import { useLanguage, useText } from '../text/text.tsx';
import { ExportRow } from './ExportRow.tsx';
import { Ledger } from './Ledger.tsx';
import styles from './ReportPage.module.css';
import { RetryNote } from './RetryNote.tsx';
import { SyncDialog } from './SyncDialog.tsx';
import { type ReportSession, toDurationText, toSpread, toTotalText } from './summary.ts';

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
  const text = useText();
  const { data, error, refetch } = useQuery(ReportDocument, {
    variables: { wholeId: sessionId },
    errorPolicy: 'all',
    pollInterval: pollMs,
    fetchPolicy: 'cache-and-network',
  });
  if (data?.session) return <Report session={data.session} problem={error} participantId={participantId} />;
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

function Report({
  session,
  problem,
  participantId,
}: {
  readonly session: ReportSession;
  readonly problem: unknown;
  readonly participantId: string;
}) {
  const text = useText();
  const [isSyncing, setIsSyncing] = useState(false);
  const { report } = session;
  const isFacilitator = session.facilitators.some(({ id }) => id === participantId);
  const forJira = session.items.flatMap((item) => item.estimates).filter((estimate) => estimate.writeBack.state !== 'NOT_NEEDED');
  const written = forJira.filter((estimate) => estimate.writeBack.state === 'WRITTEN').length;
  const spread = toSpread(session.items);
  const labelOf = (track: string) => session.tracks.find(({ id }) => id === track)?.label ?? track;
  const figures = [
    [text('report.estimated'), text('report.of', { done: report.estimatedCount, total: session.items.length })],
    ...report.totals.map((total) => [
      report.totals.length > 1
        ? text('report.totalOf', { track: labelOf(total.track) })
        : text(total.total === null ? 'report.sizes' : 'report.total'),
      toTotalText(total, text),
    ]),
    [text('report.rounds'), text('number', { value: report.roundCount })],
    [text('report.consensus'), report.consensusShare === null ? '–' : `${Math.round(report.consensusShare * 100)} %`],
    [text('report.duration'), toDurationText(report.durationSeconds, text)],
    [text('report.writeBack'), forJira.length === 0 ? '–' : text('report.of', { done: written, total: forJira.length })],
  ] as const;

  return (
    <Page
      title={session.title}
      lead={useWhen(session)}
      isWide
      actions={<Link to={{ name: 'session', sessionId: session.id }}>{text('report.back')}</Link>}
    >
      <Stack>
        {problem !== undefined && <Note tone="notable">{toErrorText(problem, text)}</Note>}
        <dl className={styles.figures}>
          {figures.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <ExportRow session={session} onSync={isFacilitator ? () => setIsSyncing(true) : undefined} />
        {isFacilitator && <RetryNote session={session} />}
        {isFacilitator && isSyncing && <SyncDialog session={session} onClose={() => setIsSyncing(false)} />}
        {spread.length > 0 && (
          <Panel title={text('report.spread')}>
            <BarChart
              name={text('report.spread')}
              bars={spread}
              describe={(bar) => text('report.bar', { value: bar.label, count: bar.count })}
            />
          </Panel>
        )}
        {report.days.length > 0 && (
          <Panel title={text('report.days')}>
            <Days session={session} />
          </Panel>
        )}
        <Panel title={text('report.ledger')}>
          <Ledger session={session} isFacilitator={isFacilitator} />
        </Panel>
      </Stack>
    </Page>
  );
}

function Days({ session }: { readonly session: ReportSession }) {
  const text = useText();
  const format = new Intl.DateTimeFormat(useLanguage(), { dateStyle: 'long', timeZone: 'UTC' });
  return (
    <ul>
      {session.report.days.map((day) => (
        <li key={day.date}>
          {format.format(new Date(day.date))}:{' '}
          {text('report.day', { count: day.itemCount, total: day.totals.map((total) => toTotalText(total, text)).join(' / ') })}
        </li>
      ))}
    </ul>
  );
}

function useWhen(session: ReportSession): string {
  const language = useLanguage();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  return format.format(new Date(session.createdAt));
}
