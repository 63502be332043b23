import { type ReactNode, useState } from 'react';
import { Button } from './Button.tsx';
import styles from './Form.module.css';
import { Row } from './Panel.tsx';

interface FormProps {
  /** What its button says. */
  readonly submit: string;
  readonly isBusy: boolean;
  readonly onSubmit: () => void;
  /** The fields; they are told whether it was tried to submit them: before that nobody is told what is missing. */
  readonly children: (isChecked: boolean) => ReactNode;
}

/** A screen's form: its fields, and the button that sends them. */
export function Form({ submit, isBusy, onSubmit, children }: FormProps) {
  const [isChecked, setIsChecked] = useState(false);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        if (!isBusy) onSubmit();
      }}
    >
      {children(isChecked)}
      <Row>
        <Button type="submit" look="primary" size="large" isDisabled={isBusy}>
          {submit}
        </Button>
      </Row>
    </form>
  );
}
