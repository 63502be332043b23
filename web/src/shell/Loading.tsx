import { useText } from '../text/text.ts';
import styles from './Loading.module.css';

/** Something is on its way. */
export function Loading() {
  const text = useText();
  return (
    <div className={styles.loading} role="status">
      <span className={styles.strokes} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </span>
      <span className="visually-hidden">{text('loading')}</span>
    </div>
  );
}
