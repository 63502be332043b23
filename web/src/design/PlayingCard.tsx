import { classes } from './classes.ts';
import styles from './PlayingCard.module.css';

function Face({ label }: { readonly label: string }) {
  return (
    <span className={styles.face} data-label={label}>
      {label}
    </span>
  );
}

function sizeOf(label: string | null): string | undefined {
  const length = label?.length ?? 0;
  return length > 4 ? styles.isVeryLong : length > 2 ? styles.isLong : undefined;
}

interface TableCardProps {
  /** Null: the card lies face down. */
  readonly label: string | null;
  /** Drawn out among the others, e.g. as an outlier. */
  readonly isMarked?: boolean;
  /** False: only the place where a card will lie. */
  readonly isPlayed: boolean;
}

/** A card on the table; it turns when its label becomes known. Decoration: what it says is said in words beside it. */
export function TableCard({ label, isMarked, isPlayed }: TableCardProps) {
  if (!isPlayed) return <span className={classes(styles.card, styles.empty)} />;
  return (
    <span aria-hidden="true" className={classes(styles.card, label === null && styles.isDown, isMarked && styles.isMarked, sizeOf(label))}>
      <Face label={label ?? ''} />
      <span className={styles.back} data-turner />
    </span>
  );
}

interface HandCardProps {
  readonly label: string;
  /** What it means, where the label does not say it. */
  readonly meaning?: string | undefined;
  readonly isChosen: boolean;
  readonly isDisabled: boolean;
  readonly shortcut?: string | undefined;
  readonly onPlay: () => void;
}

/** A card in one's hand, to be played. */
export function HandCard({ label, meaning, isChosen, isDisabled, shortcut, onPlay }: HandCardProps) {
  return (
    <button
      type="button"
      className={classes(styles.card, styles.playable, isChosen && styles.isChosen, sizeOf(label))}
      aria-pressed={isChosen}
      aria-keyshortcuts={shortcut}
      disabled={isDisabled}
      onClick={onPlay}
    >
      <Face label={label} />
      {meaning && <span className="visually-hidden">{meaning}</span>}
    </button>
  );
}
