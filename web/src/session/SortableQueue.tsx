import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { useCallback, useState } from 'react';
import { Icon } from '../design/Icon.tsx';
import { useLaterText } from '../text/later.ts';
import { type Item, useQueue } from './context.ts';
import { QueueItem } from './QueueItem.tsx';
import styles from './QueuePanel.module.css';
import { type QueueRow, QueueRows } from './QueueRows.tsx';
import { useMove } from './useMove.ts';

/** The queue for facilitators: dragged by mouse or finger, or with the keyboard (space, arrows, space). */
export function SortableQueue({ items }: { readonly items: readonly Item[] }) {
  const { findIssue } = useQueue();
  const text = useLaterText();
  const move = useMove();
  const [heldId, setHeldId] = useState<string>();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = items.map((item) => item.id);
  const heldAt = heldId === undefined ? -1 : ids.indexOf(heldId);
  const nameOf = (id: string | number) => findIssue(String(id))?.key ?? items.find((item) => item.id === id)?.topic ?? '';
  const placeOf = (id: string | number | undefined) => ids.indexOf(String(id)) + 1;

  function drop({ active, over }: DragEndEvent): void {
    setHeldId(undefined);
    if (over && active.id !== over.id) move(String(active.id), ids.indexOf(String(over.id)));
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragStart={({ active }) => setHeldId(String(active.id))}
      onDragEnd={drop}
      onDragCancel={() => setHeldId(undefined)}
      accessibility={{
        screenReaderInstructions: { draggable: text('sort.how') },
        announcements: {
          onDragStart: ({ active }) => text('sort.lifted', { name: nameOf(active.id) }),
          onDragOver: ({ active, over }) => text('sort.over', { name: nameOf(active.id), place: placeOf(over?.id) }),
          onDragEnd: ({ active, over }) => text('sort.dropped', { name: nameOf(active.id), place: placeOf(over?.id) }),
          onDragCancel: ({ active }) => text('sort.cancelled', { name: nameOf(active.id) }),
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <QueueRows items={items} heldAt={heldAt < 0 ? undefined : heldAt}>
          {(item, row) => <SortableItem item={item} row={row} name={nameOf(item.id)} />}
        </QueueRows>
      </SortableContext>
    </DndContext>
  );
}

interface SortableItemProps {
  readonly item: Item;
  readonly row: QueueRow;
  readonly name: string;
}

function SortableItem({ item, row, name }: SortableItemProps) {
  const text = useLaterText();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: item.id });
  const { ref: measure, style } = row;
  const ref = useCallback(
    (element: HTMLLIElement | null) => {
      setNodeRef(element);
      measure(element);
    },
    [setNodeRef, measure],
  );
  return (
    <QueueItem
      item={item}
      isDragged={isDragging}
      row={{ ...row, ref, style: { ...style, transform: CSS.Translate.toString(transform), transition } }}
      grip={
        <button
          ref={setActivatorNodeRef}
          type="button"
          {...attributes}
          {...listeners}
          className={styles.grip}
          aria-label={text('sort.grip', { name })}
        >
          <Icon name="drag" size={18} />
        </button>
      }
    />
  );
}
