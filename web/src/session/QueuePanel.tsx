import { memo, Suspense, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Note, Panel } from '../design/Panel.tsx';
import { toErrorText } from '../graph/errors.ts';
import { PartBoundary } from '../shell/PartBoundary.tsx';
import { useText } from '../text/text.ts';
import { type Issue, type Item, useQueue } from './context.ts';
import { QueueItem } from './QueueItem.tsx';
import styles from './QueuePanel.module.css';
import { QueueRows } from './QueueRows.tsx';

const QuickAdd = lazyPart(async () => (await import('./QuickAdd.tsx')).QuickAdd);
const SortableQueue = lazyPart(async () => (await import('./SortableQueue.tsx')).SortableQueue);

const searchFrom = 6;

function matches(wanted: string, item: Item, issue: Issue | undefined): boolean {
  return [issue?.key, issue?.summary, item.topic].some((text) => text?.toLowerCase().includes(wanted));
}

/** What is to be estimated, in its order. */
export const QueuePanel = memo(function QueuePanel({ onImport }: { readonly onImport: () => void }) {
  const { queue, showMore, mayDirect, findIssue, jiraProblem } = useQueue();
  const text = useText();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = wanted === '' ? queue.items : queue.items.filter((item) => matches(wanted, item, findIssue(item.id)));
  const plain = <QueueRows items={shown}>{(item, row) => <QueueItem item={item} row={row} />}</QueueRows>;

  return (
    <Panel
      title={queue.itemCount === 0 ? text('queue') : text('queue.progress', { done: queue.estimatedCount, total: queue.itemCount })}
      actions={
        mayDirect && (
          <Button size="small" onClick={onImport}>
            <Icon name="plus" size={16} />
            {text('queue.add')}
          </Button>
        )
      }
    >
      <div className={styles.tools}>
        {jiraProblem !== null && <Note tone="notable">{toErrorText(jiraProblem, text)}</Note>}
        {mayDirect && (
          <div className={styles.quick}>
            <Suspense>
              <QuickAdd />
            </Suspense>
          </div>
        )}
        {queue.itemCount >= searchFrom && (
          <input
            type="search"
            className={styles.search}
            aria-label={text('queue.search')}
            placeholder={text('queue.search')}
            value={search}
            onFocus={() => showMore('all')}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
      </div>
      {queue.itemCount === 0 && <p>{text('queue.empty')}</p>}
      {mayDirect && wanted === '' ? (
        <PartBoundary fallback={plain}>
          <Suspense fallback={plain}>
            <SortableQueue items={shown} />
          </Suspense>
        </PartBoundary>
      ) : (
        plain
      )}
    </Panel>
  );
});
