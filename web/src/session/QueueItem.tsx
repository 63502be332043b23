import { type ReactNode, Suspense, useState } from 'react';
import { classes } from '../design/classes.ts';
import { lazyPart } from '../design/lazyPart.tsx';
import { Menu, type MenuItem } from '../design/Menu.tsx';
import { Chip } from '../design/Panel.tsx';
import { StartRoundDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.ts';
import { type Item, useQueue } from './context.ts';
import styles from './QueuePanel.module.css';
import type { QueueRow } from './QueueRows.tsx';
import { RewordedMark } from './RewordedMark.tsx';
import { useItemActions } from './useItemActions.ts';
import { useMove } from './useMove.ts';
import { WriteBackChip } from './WriteBackChip.tsx';

const IssueDialog = lazyPart(async () => (await import('./IssueDialog.tsx')).IssueDialog);
const TopicDialog = lazyPart(async () => (await import('./TopicDialog.tsx')).TopicDialog);
const DecisionDialog = lazyPart(async () => (await import('./DecisionDialog.tsx')).DecisionDialog);
const EstimateDialog = lazyPart(async () => (await import('./EstimateDialog.tsx')).EstimateDialog);

interface QueueItemProps {
  readonly item: Item;
  readonly row: QueueRow;
  /** For dragging: what to hold. */
  readonly grip?: ReactNode;
  readonly isDragged?: boolean;
}

/** One item of the queue: key, type, summary, points, its state and what was estimated. */
export function QueueItem({ item, row, grip, isDragged }: QueueItemProps) {
  const { currentItemId, mayDirect, findIssue, findWriteBackTarget, areEstimatesHidden } = useQueue();
  const [isRead, setIsRead] = useState(false);
  const text = useText();
  const issue = findIssue(item.id);
  const isCurrent = currentItemId === item.id;
  const isDone = item.state === 'ESTIMATED' || item.state === 'SKIPPED';
  const name = issue?.key ?? item.topic ?? '';
  return (
    <li
      {...row}
      aria-current={isCurrent ? 'step' : undefined}
      className={classes(
        styles.item,
        grip !== undefined && styles.sortable,
        isCurrent && styles.isCurrent,
        isDone && styles.isDone,
        isDragged && styles.isDragged,
      )}
    >
      {grip}
      <div className={styles.text}>
        <span className={styles.meta}>
          {issue ? (
            <>
              <a href={issue.url} target="_blank" rel="noreferrer">
                {issue.key}
              </a>
              <span>{issue.type.name}</span>
              {issue.storyPoints !== null && !areEstimatesHidden && <span>{text('points', { count: issue.storyPoints })}</span>}
            </>
          ) : (
            <span>{item.topic === null ? text('jira.noAnswer') : text('topic')}</span>
          )}
          {item.state !== 'PENDING' && item.state !== 'ESTIMATED' && (
            <Chip tone={item.state === 'VOTING' ? 'good' : 'plain'}>{text(`item.${item.state}`)}</Chip>
          )}
        </span>
        {issue ? (
          <button type="button" className={styles.read} onClick={() => setIsRead(true)}>
            <span className={styles.summary}>{issue.summary}</span>
          </button>
        ) : (
          <span className={styles.summary}>{item.topic}</span>
        )}
        {isRead && (
          <Suspense>
            <IssueDialog item={item} onClose={() => setIsRead(false)} />
          </Suspense>
        )}
        {item.decision !== null && <span className={styles.decision}>{item.decision}</span>}
        {item.estimates.length > 0 && (
          <span className={styles.meta}>
            <RewordedMark item={item} />
            {item.state === 'ESTIMATED' &&
              item.estimates.map((estimate) => (
                <WriteBackChip key={estimate.track} estimate={estimate} name={name} target={findWriteBackTarget(item)} />
              ))}
          </span>
        )}
      </div>
      <span className={styles.estimate}>
        {item.state === 'ESTIMATED' && (
          <>
            <span className="visually-hidden">{text('item.ESTIMATED')}: </span>
            {item.estimates.map((estimate) => estimate.label).join(' / ')}
          </>
        )}
      </span>
      {mayDirect ? <ItemMenu item={item} name={name} /> : <span />}
    </li>
  );
}

function ItemMenu({ item, name }: { readonly item: Item; readonly name: string }) {
  const { sessionId, queue } = useQueue();
  const text = useText();
  const [start] = useAction(StartRoundDocument);
  const move = useMove();
  const [isEditing, setIsEditing] = useState(false);
  const [isEstimating, setIsEstimating] = useState(false);
  const [isDeciding, setIsDeciding] = useState(false);
  const itemId = item.id;
  const actions = useItemActions(itemId);
  const items: MenuItem[] = [];
  if (item.state !== 'VOTING') {
    items.push({ label: text('item.start'), icon: 'cards', onChoose: () => void start({ sessionId, itemId }) });
    const label = text(item.state === 'ESTIMATED' ? 'estimate.revise' : 'estimate.direct');
    items.push({ label, icon: 'pencil', onChoose: () => setIsEstimating(true) });
    items.push({ label: text('decision.note'), icon: 'pencil', onChoose: () => setIsDeciding(true) });
  }
  if (item.state === 'PENDING' || item.state === 'VOTING') {
    items.push({ label: text('item.defer'), icon: 'clock', onChoose: actions.defer });
    items.push({ label: text('item.skip'), icon: 'skip', onChoose: actions.skip });
  } else items.push({ label: text('item.reopen'), icon: 'undo', onChoose: actions.reopen });
  if (item.state !== 'VOTING' && queue.itemCount > 1) {
    items.push({ label: text('item.toTop'), icon: 'up', onChoose: () => move(itemId, 0) });
    items.push({ label: text('item.toEnd'), icon: 'down', onChoose: () => move(itemId, queue.itemCount - 1) });
  }
  if (item.topic !== null && item.state !== 'VOTING') {
    items.push({ label: text('item.edit'), icon: 'pencil', onChoose: () => setIsEditing(true) });
  }
  if (item.state === 'PENDING') {
    items.push({ label: text('item.remove'), icon: 'bin', isDanger: true, onChoose: actions.remove });
  }
  return (
    <>
      <Menu size="small" label={text('item.menu', { name })} items={items} />
      {isEstimating && (
        <Suspense>
          <EstimateDialog item={item} onClose={() => setIsEstimating(false)} />
        </Suspense>
      )}
      {isDeciding && (
        <Suspense>
          <DecisionDialog item={item} onClose={() => setIsDeciding(false)} />
        </Suspense>
      )}
      {isEditing && (
        <Suspense>
          <TopicDialog item={item} onClose={() => setIsEditing(false)} />
        </Suspense>
      )}
    </>
  );
}
