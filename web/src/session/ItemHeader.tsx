import { Suspense } from 'react';
import { Icon } from '../design/Icon.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Chip } from '../design/Panel.tsx';
import { Loading } from '../shell/Loading.tsx';
import { MissingPart, PartBoundary } from '../shell/PartBoundary.tsx';
import { useStore } from '../store.ts';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';
import styles from './ItemHeader.module.css';
import { isIssueOpenBelow } from './preferences.ts';
import { useIsWide } from './useIsWide.ts';

const IssueDetails = lazyPart(async () => (await import('./IssueDetails.tsx')).IssueDetails);

/** What is being estimated: the issue's key, type, status, points and summary, or the topic. */
export function ItemHeader({ itemId, roundNumber }: { readonly itemId: string; readonly roundNumber?: number }) {
  const { session, findIssue, areEstimatesHidden } = useSession();
  const text = useText();
  const isOpen = useStore(isIssueOpenBelow.store);
  const isWide = useIsWide();
  const issue = findIssue(itemId);
  const topic = session.items.find((item) => item.id === itemId)?.topic;
  return (
    <section className={styles.header} aria-label={text('item')}>
      <div className={styles.meta}>
        {issue && (
          <>
            <a className={styles.key} href={issue.url} target="_blank" rel="noreferrer">
              {issue.key}
              <Icon name="open" size={15} />
              <span className="visually-hidden">{text('opensJira')}</span>
            </a>
            <Chip>{issue.type.name}</Chip>
            <Chip tone={issue.status.category === 'DONE' ? 'good' : 'plain'}>{issue.status.name}</Chip>
            {areEstimatesHidden ? (
              <span>{text('points.hidden')}</span>
            ) : (
              <span>{issue.storyPoints === null ? text('points.none') : text('points', { count: issue.storyPoints })}</span>
            )}
            {issue.freshness.isStale && <Chip tone="notable">{text('jira.stale')}</Chip>}
          </>
        )}
        {topic && <Chip>{text('topic')}</Chip>}
        {roundNumber !== undefined && roundNumber > 1 && <Chip tone="notable">{text('round.number', { number: roundNumber })}</Chip>}
      </div>
      <h2 className={styles.summary}>{issue?.summary ?? topic ?? text('jira.noAnswer')}</h2>
      {issue && !isWide && (
        <details className={styles.more} open={isOpen}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button. */}
          <summary
            onClick={(event) => {
              event.preventDefault();
              isIssueOpenBelow.set(!isOpen);
            }}
          >
            {text('details')}
          </summary>
          {isOpen && (
            <PartBoundary fallback={<MissingPart />}>
              <Suspense fallback={<Loading />}>
                <IssueDetails itemId={itemId} />
              </Suspense>
            </PartBoundary>
          )}
        </details>
      )}
    </section>
  );
}
