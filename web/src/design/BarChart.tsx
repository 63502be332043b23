import styles from './BarChart.module.css';
import { classes } from './classes.ts';

export interface Bar {
  readonly label: string;
  readonly count: number;
  /** Outside the maths, e.g. a `?`. */
  readonly isSoft?: boolean;
}

/** Counts as horizontal bars: a list in words for those who cannot see it. */
export function BarChart({
  name,
  bars,
  describe,
}: {
  readonly name: string;
  readonly bars: readonly Bar[];
  readonly describe: (bar: Bar) => string;
}) {
  const top = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <ul className={styles.chart} aria-label={name}>
      {bars.map((bar) => (
        <li key={bar.label}>
          <span className="visually-hidden">{describe(bar)}</span>
          <span className={styles.bar} aria-hidden="true">
            <span className={styles.label}>{bar.label}</span>
            <span className={styles.track}>
              <span
                className={classes(styles.fill, bar.count === top && !bar.isSoft && styles.isTop, bar.isSoft && styles.isSoft)}
                style={{ width: `${(100 * bar.count) / top}%` }}
              />
            </span>
            <span className={styles.count}>{bar.count}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
