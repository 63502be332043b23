import { useLaterText } from '../text/later.ts';
import type { SeatByValue } from './byValue.ts';
import { useSession } from './context.ts';
import styles from './Stage.module.css';

/** On the first seat of those who played the same: how many they are. It takes no place of its own. */
export function SeatValue({ cards, count }: NonNullable<SeatByValue['group']>) {
  const { tracks } = useSession().session;
  const text = useLaterText();
  const labelOf = (id: string) => tracks.find((track) => track.id === id)?.label ?? id;
  const said =
    tracks.length > 1
      ? text('seats.group', { cards: cards.map(({ track, label }) => `${labelOf(track)} ${label}`).join(', '), count })
      : text('result.bar', { card: cards[0]?.label ?? '–', count });
  return (
    <span className={styles.value}>
      <span className="visually-hidden">{said}. </span>
      <span aria-hidden="true">× {count}</span>
    </span>
  );
}
