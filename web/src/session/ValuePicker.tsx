import { useId } from 'react';
import type { Round } from './context.ts';
import styles from './ResultPanel.module.css';

interface ValuePickerProps {
  readonly name: string;
  readonly cards: Round['deck']['cards'];
  readonly value: number | undefined;
  readonly onChoose: (value: number) => void;
}

/** One of a deck's cards that has a number. */
export function ValuePicker({ name, cards, value, onChoose }: ValuePickerProps) {
  const group = useId();
  return (
    <fieldset className={styles.values}>
      <legend>{name}</legend>
      {cards.map(
        (card) =>
          card.value !== null && (
            <label key={card.label} className={styles.value}>
              <input type="radio" name={group} checked={value === card.value} onChange={() => onChoose(card.value ?? 0)} />
              {card.label}
            </label>
          ),
      )}
    </fieldset>
  );
}
