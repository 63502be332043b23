import { Panel } from '../design/Panel.tsx';
import { useLaterText } from '../text/later.ts';
import { toPercent } from '../text/percent.ts';
import styles from './AgreementPanel.module.css';
import { type ReadSession, toItemName } from './summary.ts';

/** How agreement went, item after item: what the first cards said, and where the last reveal ended. It names nobody. */
export function AgreementPanel({ session }: { readonly session: ReadSession }) {
  const text = useLaterText();
  const names = new Map(session.items.map((item) => [item.id, toItemName(item)]));
  const told = session.report.agreement.filter(({ last }) => last !== null);
  if (told.length === 0) return null;
  return (
    <Panel title={text('agreement.title')}>
      <ol className={styles.rows}>
        {told.map(({ item, first, last, roundCount }) => (
          <li key={item.id}>
            <span className={styles.name}>{names.get(item.id)}</span>
            <Share of={last ?? 0} />
            <span className={styles.more}>{roundCount > 1 && text('agreement.first', { share: toPercent(first ?? 0) })}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** A share as a bar and in words. */
export function Share({ of }: { readonly of: number }) {
  return (
    <span className={styles.share}>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${100 * of}%` }} />
      </span>
      {toPercent(of)}
    </span>
  );
}
