import styles from './Avatar.module.css';
import { classes } from './classes.ts';

interface AvatarProps {
  readonly emoji: string;
  /** 0 to 5. */
  readonly tint: number;
}

/** What somebody is shown as: an emoji on a colour; decoration beside their name. */
export function Avatar({ emoji, tint }: AvatarProps) {
  return (
    <span className={classes(styles.avatar, styles[`tint${tint}`])} aria-hidden="true">
      {emoji}
    </span>
  );
}
