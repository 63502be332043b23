import { useText } from '../text/text.tsx';
import styles from './Stage.module.css';

/** On the first card of a value at the table: how many played it. It takes no place of its own. */
export function SeatValue({ label, count }: { readonly label: string; readonly count: number }) {
  const text = useText();
  return (
    <span className={styles.value}>
      <span className="visually-hidden">{text('result.bar', { card: label, count })}. </span>
      <span aria-hidden="true">× {count}</span>
    </span>
  );
}
