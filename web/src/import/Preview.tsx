import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { classes } from '../design/classes.ts';
import { Chip, Note, Row, Stack } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { AddIssuesDocument, AddTopicsDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useSession } from '../session/context.ts';
import { useLaterText } from '../text/later.ts';

import { EstimationFields } from './EstimationFields.tsx';
import type { Found } from './find.ts';
import styles from './Preview.module.css';
import { isTooLong } from './room.ts';
import { inSlices } from './slices.ts';

interface PreviewProps {
  readonly found: Found;
  /** To be added besides, in people's own words. */
  readonly topics?: readonly string[];
  readonly onMore: () => Promise<void>;
  readonly onDone: () => void;
}

const rowHeightPx = 52;

/** What was found, to pick from; what is in the queue already is flagged and left out. Only the rows in sight are drawn. */
export function Preview({ found, topics = [], onMore, onDone }: PreviewProps) {
  const { session, queue, showMore, findIssue } = useSession();
  useEffect(() => showMore('all'), [showMore]);
  const text = useLaterText();
  const [add, isAdding] = useAction(AddIssuesDocument);
  const [addTopics, isAddingTopics] = useAction(AddTopicsDocument);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isLoading, setIsLoading] = useState(false);
  const [topicsDone, setTopicsDone] = useState(0);
  const frame = useRef<HTMLDivElement>(null);

  const keyOf = (itemId: string) => findIssue(itemId)?.key;
  const queued = new Set(session.items.flatMap((item) => keyOf(item.id) ?? []));
  const fresh = found.issues.filter((issue) => !queued.has(issue.key));
  const picked = fresh.filter((issue) => !left.has(issue.key));
  // After a failure those that are in the queue already are not sent again.
  const waiting = topics.slice(topicsDone);
  const rows = useVirtualizer({
    count: found.issues.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeightPx,
    overscan: 8,
  });

  function toggle(key: string): void {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    setLeft(next);
  }

  async function submit(): Promise<void> {
    const keys = picked.map((issue) => issue.key);
    if (isTooLong(queue, keys.length + waiting.length)) return;
    let count = 0;
    const missing: string[] = [];
    const keysDone = await inSlices(keys, async (slice) => {
      const data = await add({ sessionId: session.id, keys: [...slice] });
      count += data?.addIssues.added.length ?? 0;
      missing.push(...(data?.addIssues.notFound ?? []));
      return data !== undefined;
    });
    const addMore = async (slice: readonly string[]) => (await addTopics({ sessionId: session.id, topics: [...slice] })) !== undefined;
    const more = keysDone === keys.length ? await inSlices(waiting, addMore) : 0;
    setTopicsDone(topicsDone + more);
    if (count + more > 0) showToast('good', text('import.added', { count: count + more }));
    if (missing.length > 0) showToast('bad', text('import.notFound', { keys: missing.join(', ') }));
    if (keysDone === keys.length && more === waiting.length) onDone();
  }

  if (found.issues.length === 0 && topics.length === 0) return <Note>{text('import.nothing')}</Note>;
  return (
    <Stack>
      {found.notFound.length > 0 && <Note tone="notable">{text('import.notFound', { keys: found.notFound.join(', ') })}</Note>}
      {found.isTruncated && <Note tone="notable">{text('import.incomplete')}</Note>}
      {session.settings.writeBack &&
        session.tracks.map((track) => (
          <EstimationFields
            key={track.id}
            track={track}
            hasSeveralTracks={session.tracks.length > 1}
            keys={found.issues.map((issue) => issue.key)}
          />
        ))}
      <div className={styles.bar}>
        <span role="status">
          {text('import.picked', { picked: picked.length, total: found.issues.length })}
          {fresh.length < found.issues.length && ` · ${text('import.duplicates', { count: found.issues.length - fresh.length })}`}
        </span>
        <Row>
          <Button size="small" onClick={() => setLeft(picked.length > 0 ? new Set(fresh.map((issue) => issue.key)) : new Set())}>
            {picked.length > 0 ? text('import.pickNone') : text('import.pickAll')}
          </Button>
          {found.after !== null && (
            <Button
              size="small"
              isDisabled={isLoading}
              onClick={() => {
                setIsLoading(true);
                void onMore().finally(() => setIsLoading(false));
              }}
            >
              {text('import.more')}
            </Button>
          )}
        </Row>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard. */}
      <section ref={frame} className={styles.rows} aria-label={text('import.results')} tabIndex={0}>
        <div className={styles.space} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const issue = found.issues[index];
            if (!issue) return null;
            const isQueued = queued.has(issue.key);
            return (
              <label
                key={issue.key}
                className={classes(styles.row, isQueued && styles.isKnown)}
                style={{ transform: `translateY(${start}px)` }}
              >
                <input type="checkbox" checked={!isQueued && !left.has(issue.key)} disabled={isQueued} onChange={() => toggle(issue.key)} />
                <span className={styles.key}>{issue.key}</span>
                <span className={styles.summary}>{issue.summary}</span>
                {isQueued ? <Chip tone="notable">{text('import.isQueued')}</Chip> : <Chip>{issue.type.name}</Chip>}
              </label>
            );
          })}
        </div>
      </section>
      <div className={styles.submit}>
        <Button
          look="primary"
          isDisabled={picked.length + waiting.length === 0 || isAdding || isAddingTopics}
          onClick={() => void submit()}
        >
          {picked.length > 0 ? text('import.addPicked', { count: picked.length }) : text('import.addTopics', { count: waiting.length })}
        </Button>
      </div>
    </Stack>
  );
}
