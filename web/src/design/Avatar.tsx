import styles from './Avatar.module.css';
import { classes } from './classes.ts';

const tints = 6;

function toInitials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letters =
    words.length > 1 ? [words[0], words.at(-1)].map((word) => Array.from(word ?? '')[0]) : Array.from(words[0] ?? '').slice(0, 2);
  return letters.join('').toLocaleUpperCase();
}

/** Someone's initials on a colour that stays theirs; decoration beside their name. */
export function Avatar({ id, name }: { readonly id: string; readonly name: string }) {
  const sum = Array.from(id).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return (
    <span className={classes(styles.avatar, styles[`tint${sum % tints}`])} aria-hidden="true">
      {toInitials(name)}
    </span>
  );
}
