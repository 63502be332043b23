import type { IssueDetailsQuery } from '../generated/later.ts';
import { useLaterText } from '../text/later.ts';
import { useLanguage } from '../text/text.ts';
import { useSession } from './context.ts';
import styles from './IssueDetails.module.css';

type Issue = NonNullable<NonNullable<NonNullable<IssueDetailsQuery['session']>['item']>['issue']>;

/** What was settled for an issue before, the newest first, also in other sessions of the same owner. */
export function PastEstimates({ estimates }: { readonly estimates: Issue['estimates'] }) {
  const { session } = useSession();
  const text = useLaterText();
  const format = new Intl.DateTimeFormat(useLanguage(), { dateStyle: 'medium', timeStyle: 'short' });
  if (estimates.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{text('issue.estimates')}</h3>
      <ul className={styles.past}>
        {estimates.map((estimate) => (
          <li key={`${estimate.settledAt} ${estimate.track}`}>
            <strong>{estimate.label}</strong>{' '}
            {session.tracks.length > 1 && `${session.tracks.find((track) => track.id === estimate.track)?.label ?? estimate.track} · `}
            {format.format(new Date(estimate.settledAt))}
            {estimate.sessionId !== session.id && ` · ${estimate.sessionTitle}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
