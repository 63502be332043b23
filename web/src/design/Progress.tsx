import styles from './Progress.module.css';

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** How far something has come, in words and as a bar. */
export function Progress({ label, done, total }: ProgressProps) {
  return (
    <label className={styles.progress}>
      <span role="status">{label}</span>
      <progress value={done} max={Math.max(1, total)} />
    </label>
  );
}
