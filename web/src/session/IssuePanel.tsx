import { Suspense } from 'react';
import { Icon } from '../design/Icon.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Panel } from '../design/Panel.tsx';
import { Loading } from '../shell/Loading.tsx';
import { MissingPart, PartBoundary } from '../shell/PartBoundary.tsx';
import { useStore } from '../store.ts';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';
import styles from './IssuePanel.module.css';
import { isIssueOpen } from './preferences.ts';

const IssueDetails = lazyPart(async () => (await import('./IssueDetails.tsx')).IssueDetails);

/** The issue that is estimated, or comes next, beside the table: open unless this person has folded it. */
export function IssuePanel() {
  const { session, queue, findIssue } = useSession();
  const text = useText();
  const isOpen = useStore(isIssueOpen.store);
  const itemId = session.currentRound?.item.id ?? queue.next?.id;
  const issue = itemId === undefined ? undefined : findIssue(itemId);
  if (itemId === undefined || !issue) return null;
  return (
    <Panel
      title={text('issue')}
      actions={
        <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => isIssueOpen.set(!isOpen)}>
          <Icon name={isOpen ? 'up' : 'down'} />
          <span className="visually-hidden">{text('details')}</span>
        </button>
      }
    >
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard.
        <section className={styles.scroll} aria-label={text('details')} tabIndex={0}>
          <PartBoundary fallback={<MissingPart />}>
            <Suspense fallback={<Loading />}>
              <IssueDetails itemId={itemId} />
            </Suspense>
          </PartBoundary>
        </section>
      )}
    </Panel>
  );
}
