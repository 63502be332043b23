import { useState } from 'react';
import { useLaterText } from '../text/later.ts';
import styles from './Notes.module.css';

interface NoteFieldProps {
  /** What is written with the card now. */
  readonly note: string;
  readonly onWrite: (note: string) => void;
}

/** A line for a reason or a question with one's card; it is kept when one leaves it. */
export function NoteField({ note, onWrite }: NoteFieldProps) {
  const text = useLaterText();
  const [draft, setDraft] = useState(note);
  const [known, setKnown] = useState(note);
  // Another tab of the same person has written.
  if (known !== note) {
    setKnown(note);
    setDraft(note);
  }
  return (
    <form
      className={styles.field}
      onSubmit={(event) => {
        event.preventDefault();
        onWrite(draft);
        // Back to the card, so that keys are the table's again.
        event.currentTarget.closest('section')?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
      }}
    >
      <input
        value={draft}
        maxLength={280}
        aria-label={text('note.label')}
        placeholder={text('note.placeholder')}
        enterKeyHint="done"
        data-kept={draft !== '' && draft.trim() === note}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => onWrite(draft)}
      />
    </form>
  );
}
