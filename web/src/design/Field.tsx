import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './Field.module.css';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with the value, said with the field. */
  readonly problem?: string | undefined;
}

function useField({ hint, problem }: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined;
  return { id, control: { id, className: styles.input, 'aria-describedby': describedBy, 'aria-invalid': problem ? true : undefined } };
}

function Frame({ id, label, hint, problem, children }: FieldProps & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children}
      {hint && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
      {problem && (
        <span id={`${id}-problem`} className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

/** One line of text with its label. */
export function TextField({ label, hint, problem, ...rest }: FieldProps & ComponentProps<'input'>) {
  const { id, control } = useField({ label, hint, problem });
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <input {...rest} {...control} />
    </Frame>
  );
}

/** Several lines of text with their label. */
export function TextArea({ label, hint, problem, ...rest }: FieldProps & ComponentProps<'textarea'>) {
  const { id, control } = useField({ label, hint, problem });
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <textarea {...rest} {...control} />
    </Frame>
  );
}

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

interface SelectProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
}

/** One of several, in a list that opens. */
export function SelectField<Value extends string>({ label, hint, problem, value, options, onChange }: SelectProps<Value>) {
  const { id, control } = useField({ label, hint, problem });
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <select {...control} value={value} onChange={(event) => onChange(event.currentTarget.value as Value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** One of a few, all in sight. */
export function Choices<Value extends string>({ label, value, options, onChange }: SelectProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.choices}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.choice}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
          {option.hint && <span className={styles.hint}>{option.hint}</span>}
        </label>
      ))}
    </fieldset>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** On or off. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  return (
    <label className={styles.switch}>
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
      {hint && <span className={styles.hint}>{hint}</span>}
    </label>
  );
}
