import type { ReactNode } from 'react';
import { BarChart } from '../design/BarChart.tsx';
import { Note, Panel, Stack } from '../design/Panel.tsx';
import { toErrorText } from '../graph/errors.ts';
import { Page } from '../shell/Page.tsx';
import { useLaterText } from '../text/later.ts';
import { toPercent } from '../text/percent.ts';
import { useLanguage } from '../text/text.ts';
import { AgreementPanel } from './AgreementPanel.tsx';
import { Ledger } from './Ledger.tsx';
import { PaperTable } from './PaperTable.tsx';
import styles from './ReportPage.module.css';
import { type ReadSession, toDurationText, toSpread, toTotalFigures, toTotalText } from './summary.ts';

interface ReportProps {
  readonly session: ReadSession;
  /** What went wrong beside it, e.g. Jira; undefined when nothing did. */
  readonly problem: unknown;
  /** As in `Ledger`. */
  readonly steeredId?: string | undefined;
  /** The way out of it. */
  readonly back?: ReactNode;
  /** What only the reader is told. */
  readonly own?: ReactNode;
  /** What can be done with it, below the figures. */
  readonly children: ReactNode;
}

/** A session in figures, and everything that was played in it. */
export function Report({ session, problem, steeredId, back, own, children }: ReportProps) {
  const text = useLaterText();
  const { report } = session;
  const forJira = session.items.flatMap((item) => item.estimates).filter((estimate) => estimate.writeBack.state !== 'NOT_NEEDED');
  const written = forJira.filter((estimate) => estimate.writeBack.state === 'WRITTEN').length;
  const spread = toSpread(session.items);
  const figures = [
    [text('report.estimated'), text('report.of', { done: report.estimatedCount, total: session.items.length })],
    ...toTotalFigures(report.totals, session.tracks, text).map(({ name, total }) => [name, total] as const),
    [text('report.rounds'), text('number', { value: report.roundCount })],
    [text('report.consensus'), toPercent(report.consensusShare)],
    [text('report.duration'), toDurationText(report.durationSeconds, text)],
    [text('report.writeBack'), forJira.length === 0 ? '–' : text('report.of', { done: written, total: forJira.length })],
  ] as const;

  return (
    <Page title={session.title} lead={useWhen(session)} isWide actions={back}>
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
        <div className={styles.screen}>{children}</div>
        <PaperTable session={session} />
        {spread.length > 0 && (
          <Panel title={text('report.spread')}>
            <BarChart
              name={text('report.spread')}
              bars={spread}
              describe={(bar) => text('report.bar', { value: bar.label, count: bar.count })}
            />
          </Panel>
        )}
        <AgreementPanel session={session} />
        {own !== undefined && <div className={styles.screen}>{own}</div>}
        {report.days.length > 0 && (
          <Panel title={text('report.days')}>
            <Days session={session} />
          </Panel>
        )}
        <Panel title={text('report.ledger')}>
          <Ledger session={session} steeredId={steeredId} />
        </Panel>
      </Stack>
    </Page>
  );
}

function Days({ session }: { readonly session: ReadSession }) {
  const text = useLaterText();
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

function useWhen(session: ReadSession): string {
  const language = useLanguage();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  return format.format(new Date(session.createdAt));
}
