import { useQuery } from '@apollo/client/react';
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
import { toCsv } from './csv.ts';
import { download } from './download.ts';
import { Ledger } from './Ledger.tsx';
import { toMarkdown } from './markdown.ts';
import styles from './ReportPage.module.css';
import { toRows } from './rows.ts';
import { type ReportSession, toSummary } from './summary.ts';

/** What came out of a session, to be read, shown and taken along. */
export function ReportPage({ sessionId }: { readonly sessionId: string }) {
  const admission = findAdmission(sessionId);
  if (!admission) return <NoPlacePage />;
  return <WithConnection admission={admission}>{() => <LoadedReport sessionId={sessionId} />}</WithConnection>;
}

function LoadedReport({ sessionId }: { readonly sessionId: string }) {
  const text = useText();
  const { data, error, refetch } = useQuery(ReportDocument, {
    variables: { id: sessionId },
    errorPolicy: 'all',
    fetchPolicy: 'cache-and-network',
  });
  if (data?.session) return <Report session={data.session} problem={error} />;
  if (!error) return <Loading />;
  return (
    <Page title={text('report.title')}>
      <Stack>
        <Note tone="bad">{toErrorText(error, text)}</Note>
        <Row>
          <Button onClick={() => void refetch()}>{text('tryAgain')}</Button>
        </Row>
      </Stack>
    </Page>
  );
}

function Report({ session, problem }: { readonly session: ReportSession; readonly problem: unknown }) {
  const text = useText();
  const summary = toSummary(session);
  const pending = session.items.flatMap((item) => item.estimates).filter((estimate) => estimate.writeBack.state !== 'NOT_NEEDED');
  const written = pending.filter((estimate) => estimate.writeBack.state === 'WRITTEN').length;
  const figures = [
    [text('report.estimated'), text('report.of', { done: summary.estimated, total: summary.items })],
    ...summary.totals.map(({ label, total }) => [
      summary.totals.length > 1 ? text('report.totalOf', { track: label }) : text('report.total'),
      text('number', { value: total }),
    ]),
    [text('report.rounds'), text('number', { value: summary.rounds })],
    [text('report.consensus'), summary.consensus === null ? '–' : `${Math.round(summary.consensus * 100)} %`],
    [text('report.writeBack'), pending.length === 0 ? '–' : text('report.of', { done: written, total: pending.length })],
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
        <ExportRow session={session} />
        {summary.spread.length > 0 && (
          <Panel title={text('report.spread')}>
            <BarChart
              name={text('report.spread')}
              bars={summary.spread.map(({ value, count }) => ({ label: text('number', { value }), count }))}
              describe={(bar) => text('report.bar', { value: bar.label, count: bar.count })}
            />
          </Panel>
        )}
        <Panel title={text('report.ledger')}>
          <Ledger session={session} />
        </Panel>
      </Stack>
    </Page>
  );
}

function useWhen(session: ReportSession): string {
  const language = useLanguage();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  return format.format(new Date(session.createdAt));
}

function ExportRow({ session }: { readonly session: ReportSession }) {
  const text = useText();
  const when = useWhen(session);
  const fileName = session.title.replace(/[^\p{L}\p{N}-]+/gu, '-').replace(/^-+|-+$/gu, '') || 'session';
  return (
    <Row>
      <Button onClick={() => download(`${fileName}.csv`, 'text/csv', toCsv(toRows(session, text)))}>{text('report.csv')}</Button>
      <Button onClick={() => download(`${fileName}.md`, 'text/markdown', toMarkdown(session.title, when, toRows(session, text)))}>
        {text('report.markdown')}
      </Button>
    </Row>
  );
}
