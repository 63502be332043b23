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
    <ul className={styles.notes} aria-label={text('notes.title')}>
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
