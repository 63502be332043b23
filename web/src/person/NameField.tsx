import { TextField } from '../design/Field.tsx';
import { useText } from '../text/text.ts';

interface NameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** Whether to say so when it is empty. */
  readonly isChecked?: boolean;
}

/** What others call one. */
export function NameField({ value, onChange, isChecked = false }: NameFieldProps) {
  const text = useText();
  return (
    <TextField
      label={text('yourName')}
      value={value}
      maxLength={60}
      autoComplete="name"
      onChange={(event) => onChange(event.currentTarget.value)}
      problem={isChecked && value.trim() === '' ? text('nameMissing') : undefined}
    />
  );
}
