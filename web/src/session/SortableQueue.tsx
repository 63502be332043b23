import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Icon } from '../design/Icon.tsx';
import { ReorderItemsDocument, type ReorderItemsMutation } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.tsx';
import { type Item, useSession } from './context.ts';
import { QueueItem } from './QueueItem.tsx';
import styles from './QueuePanel.module.css';

/** The queue for facilitators: dragged by mouse or finger, or with the keyboard (space, arrows, space). */
export function SortableQueue({ items }: { readonly items: readonly Item[] }) {
  const { session, findIssue } = useSession();
  const text = useText();
  const [reorder] = useAction(ReorderItemsDocument);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = items.map((item) => item.id);
  const nameOf = (id: string | number) => findIssue(String(id))?.key ?? items.find((item) => item.id === id)?.topic ?? '';
  const placeOf = (id: string | number | undefined) => ids.indexOf(String(id)) + 1;

  function move({ active, over }: DragEndEvent): void {
    if (!over || active.id === over.id) return;
    const moved = arrayMove([...items], ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
    const optimisticResponse = {
      reorderItems: {
        __typename: 'Session',
        id: session.id,
        revision: session.revision,
        items: moved.map(({ id }) => ({ __typename: 'SessionItem', id })),
      },
    } as unknown as ReorderItemsMutation;
    void reorder({ sessionId: session.id, itemIds: moved.map(({ id }) => id) }, { optimisticResponse });
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={move}
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
        <ul className={styles.list}>
          {items.map((item) => (
            <SortableItem key={item.id} item={item} name={nameOf(item.id)} />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

function SortableItem({ item, name }: { readonly item: Item; readonly name: string }) {
  const text = useText();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: item.id });
  return (
    <QueueItem
      ref={setNodeRef}
      item={item}
      isDragged={isDragging}
      style={{ transform: CSS.Translate.toString(transform), transition }}
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
