import { Chip, type Tone } from '../design/Panel.tsx';
import type { PlannedAction, WriteBackPlanQuery } from '../generated/later.ts';
import { useLaterText } from '../text/later.ts';

import styles from './ReportPage.module.css';
import { type ReportSession, toItemName } from './summary.ts';

const tones: Record<PlannedAction, Tone> = { WRITE: 'good', NONE: 'plain', CONFLICT: 'notable' };

interface PlanTableProps {
  readonly session: ReportSession;
  readonly plan: WriteBackPlanQuery['writeBackPlan'];
}

/** What a sync would do with each estimate: the value that Jira has, the one that was settled, and what becomes of it. */
export function PlanTable({ session, plan }: PlanTableProps) {
  const text = useLaterText();
  const labelOf = (id: string) => session.tracks.find((track) => track.id === id)?.label ?? id;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard.
    <section className={styles.scroll} aria-label={text('sync.plan')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text('sync.item')}</th>
            <th scope="col">{text('writeBack.inJira')}</th>
            <th scope="col">{text('writeBack.ours')}</th>
            <th scope="col">{text('sync.action')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.map(({ item: { id }, track, value, valueInJira, action }) => {
            const item = session.items.find((candidate) => candidate.id === id);
            return (
              <tr key={`${id} ${track}`}>
                <th scope="row">
                  {item && toItemName(item)}
                  {session.tracks.length > 1 && ` (${labelOf(track)})`}
                </th>
                <td data-label={text('writeBack.inJira')}>{valueInJira === null ? '–' : text('number', { value: valueInJira })}</td>
                <td data-label={text('writeBack.ours')}>{text('number', { value })}</td>
                <td>
                  <Chip tone={tones[action]}>{text(`sync.${action}`)}</Chip>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
