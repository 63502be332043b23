import { useLaterText } from '../text/later.ts';
import { AvatarOf } from './AvatarOf.tsx';
import styles from './Notes.module.css';

interface Noted {
  readonly participant: { readonly id: string };
  readonly track: string;
  readonly card: { readonly label: string } | null;
  readonly note: string | null;
}

interface NotesProps {
  readonly votes: readonly Noted[];
  readonly nameOf: (id: string) => string;
}

/** What people wrote with their cards, once these are turned. */
export function Notes({ votes, nameOf }: NotesProps) {
  const text = useLaterText();
  const written = votes.filter(({ note }) => note !== null);
  if (written.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when much was written, also by keys alone.
    <ul className={styles.notes} aria-label={text('notes.title')} tabIndex={0}>
      {written.map(({ participant: { id }, track, card, note }) => (
        <li key={`${id} ${track}`}>
          <AvatarOf id={id} />
          <span>
            <strong>
              {nameOf(id)} · {card?.label}
            </strong>{' '}
            {note}
          </span>
        </li>
      ))}
    </ul>
  );
}
