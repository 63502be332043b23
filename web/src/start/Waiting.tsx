import { Loading } from '../shell/Loading.tsx';
import styles from './StartPage.module.css';

/** Stands for the form while it is on its way, and for what lies below: the form would push that down. */
export function Waiting() {
  return (
    <div className={styles.waiting}>
      <Loading />
    </div>
  );
}
