import { defaultRangeExtractor, measureElement, observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, type RefCallback, useEffect, useRef, useState } from 'react';
import { DialogPlace } from '../design/Dialog.tsx';
import { atNextFrame } from '../design/nextFrame.ts';
import { type Item, useQueue } from './context.ts';
import styles from './QueuePanel.module.css';

/** What an item needs to take its place among the rows. */
export interface QueueRow {
  readonly ref: RefCallback<HTMLLIElement>;
  readonly style: CSSProperties;
  readonly 'data-index': number;
  readonly 'aria-posinset': number;
  readonly 'aria-setsize': number;
}

interface QueueRowsProps {
  readonly items: readonly Item[];
  /** The place of what is being dragged: it stays drawn, wherever the list is scrolled to. */
  readonly heldAt?: number | undefined;
  readonly children: (item: Item, row: QueueRow) => ReactNode;
}

const usualHeightPx = 76;
const gapPx = 4;
/** So few rows before the last that is held, more are asked for. */
const nearEnd = 10;

/** The queue's items, of which only those in sight are drawn, and those with a dialog open: thousands are as quick as ten. What is voted on is scrolled into sight. */
export function QueueRows({ items, heldAt, children }: QueueRowsProps) {
  const { currentItemId, queue, showMore } = useQueue();
  const frame = useRef<HTMLDivElement>(null);
  const [openId, setOpenId] = useState<string>();
  const openAt = openId === undefined ? -1 : items.findIndex((item) => item.id === openId);
  const kept = [heldAt ?? -1, openAt].filter((index) => index >= 0);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => usualHeightPx,
    getItemKey: (index) => items[index]?.id ?? index,
    gap: gapPx,
    overscan: 6,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), ...kept])].sort((one, other) => one - other),
    // While the queue is hidden, e.g. behind another tab of a phone, it stays as it was.
    observeElementRect: (instance, tell) => observeElementRect(instance, (rect) => rect.height > 0 && tell(rect)),
    measureElement: (element, entry, instance) =>
      measureElement(element, entry, instance) || (instance.measurementsCache[instance.indexFromElement(element)]?.size ?? usualHeightPx),
  });
  const current = items.findIndex((item) => item.id === currentItemId);
  useEffect(
    () =>
      atNextFrame(() => {
        if (current >= 0) rows.scrollToIndex(current, { align: 'center' });
      }),
    [current, rows],
  );

  const shown = rows.getVirtualItems();
  const isNearEnd = items === queue.items && (shown.at(-1)?.index ?? 0) >= items.length - nearEnd;
  useEffect(() => {
    if (isNearEnd && !queue.isWhole) showMore();
  }, [isNearEnd, queue.isWhole, showMore]);

  return (
    <div ref={frame} className={styles.rows}>
      <ul className={styles.list} style={{ height: rows.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const item = items[index];
          if (!item) return null;
          const row = {
            ref: rows.measureElement,
            style: { top: start },
            'data-index': index,
            'aria-posinset': index + 1,
            'aria-setsize': items === queue.items ? queue.itemCount : items.length,
          };
          return (
            <DialogPlace key={item.id} value={(isOpen) => setOpenId(isOpen ? item.id : undefined)}>
              {children(item, row)}
            </DialogPlace>
          );
        })}
      </ul>
    </div>
  );
}
