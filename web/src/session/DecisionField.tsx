import { useLaterText } from '../text/later.ts';
import styles from './Notes.module.css';

interface DecisionFieldProps {
  readonly decision: string;
  readonly onChange: (decision: string) => void;
}

/** A line for what is decided, beside the button that saves the estimate. */
export function DecisionField({ decision, onChange }: DecisionFieldProps) {
  const text = useLaterText();
  return (
    <input
      className={styles.decision}
      value={decision}
      maxLength={500}
      autoComplete="off"
      aria-label={text('decision.label')}
      placeholder={text('decision.label')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
