import { Choices, TextField } from '../design/Field.tsx';
import { TableCard } from '../design/PlayingCard.tsx';
import type { CardPartsFragment } from '../generated/graph.ts';
import { useLaterText } from '../text/later.ts';
import { findName } from '../text/names.ts';

import { parseCustomDeck } from './customDeck.ts';
import styles from './StartPage.module.css';

interface DeckPickerProps {
  readonly decks: readonly { readonly name: string; readonly cards: readonly CardPartsFragment[] }[];
  readonly chosen: string;
  /** What was typed for a deck of one's own. */
  readonly custom: string;
  readonly onChoose: (name: string) => void;
  readonly onCustom: (typed: string) => void;
}

/** The decks to choose from and the cards of the chosen one. */
export function DeckPicker({ decks, chosen, custom, onChoose, onCustom }: DeckPickerProps) {
  const text = useLaterText();
  const options = [...decks.map((deck) => deck.name), 'custom'].map((name) => ({ value: name, label: findName(text, 'deck', name) }));
  const cards = chosen === 'custom' ? parseCustomDeck(custom) : (decks.find((deck) => deck.name === chosen)?.cards ?? []);
  return (
    <>
      <Choices label={text('deck')} value={chosen} options={options} onChange={onChoose} />
      {chosen === 'custom' && (
        <TextField
          label={text('deck.customCards')}
          hint={text('deck.customHint')}
          value={custom}
          onChange={(event) => onCustom(event.currentTarget.value)}
        />
      )}
      {cards.length > 0 && (
        <div className={styles.preview} role="img" aria-label={text('deck.preview', { cards: cards.map((card) => card.label).join(' ') })}>
          {cards.map((card) => (
            <TableCard key={card.label} label={card.label} isPlayed />
          ))}
        </div>
      )}
    </>
  );
}
