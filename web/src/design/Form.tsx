import { type ReactNode, useState } from 'react';
import { Button } from './Button.tsx';
import styles from './Form.module.css';
import { Row } from './Panel.tsx';

interface FormProps {
  /** What its button says. */
  readonly submit: string;
  readonly isBusy: boolean;
  readonly onSubmit: () => void;
  /** Another button that sends them, to another end. */
  readonly other?: { readonly label: string; readonly onSubmit: () => void };
  /** The fields; they are told whether it was tried to submit them: before that nobody is told what is missing. */
  readonly children: (isChecked: boolean) => ReactNode;
}

/** A screen's form: its fields, and the button that sends them. */
export function Form({ submit, isBusy, onSubmit, other, children }: FormProps) {
  const [isChecked, setIsChecked] = useState(false);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        const { submitter } = event.nativeEvent as SubmitEvent;
        const send = submitter instanceof HTMLButtonElement && submitter.value === 'other' ? other?.onSubmit : onSubmit;
        if (!isBusy) send?.();
      }}
    >
      {children(isChecked)}
      <Row>
        <Button type="submit" look="primary" size="large" isDisabled={isBusy}>
          {submit}
        </Button>
        {other && (
          <Button type="submit" value="other" size="large" isDisabled={isBusy}>
            {other.label}
          </Button>
        )}
      </Row>
    </form>
  );
}
