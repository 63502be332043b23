import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import styles from './Panel.module.css';

export type Tone = 'plain' | 'good' | 'notable' | 'bad';

interface PanelProps {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A named part of a screen: a landmark with a heading. */
export function Panel({ title, actions, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {actions}
      </div>
      <div className={styles.body}>{children}</div>
    </section>
  );
}

/** A word or two about a state. */
export function Chip({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={classes(styles.chip, tone !== 'plain' && styles[tone])}>{children}</span>;
}

/** A sentence or two that should not be missed. */
export function Note({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <div className={classes(styles.note, tone !== 'plain' && styles[tone])}>
      {tone === 'bad' || tone === 'notable' ? <Icon name="warning" /> : null}
      <div className={styles.noteText}>{children}</div>
    </div>
  );
}

/** Things below each other. */
export function Stack({ children }: { readonly children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>;
}

/** Things beside each other, wrapping. */
export function Row({ isSpread, children }: { readonly isSpread?: boolean; readonly children: ReactNode }) {
  return <div className={classes(styles.row, isSpread && styles.between)}>{children}</div>;
}
