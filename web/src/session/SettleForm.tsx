import { type ReactNode, useId, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Row, Stack } from '../design/Panel.tsx';
import { SettleRoundDocument, type SettleRoundMutation } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.tsx';
import { type Round, useSession } from './context.ts';
import styles from './ResultPanel.module.css';
import { useShortcuts } from './shortcuts.ts';

/** Settles a revealed round, on the suggestion unless another card is chosen; `others` are the ways not to settle it. */
export function SettleForm({ round, others }: { readonly round: Round; readonly others: ReactNode }) {
  const { session } = useSession();
  const text = useText();
  const [settle, isSettling] = useAction(SettleRoundDocument);
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});

  const estimates = session.tracks.flatMap(({ id }) => {
    const value = chosen[id] ?? round.results.find((result) => result.track === id)?.suggestion.value;
    return value === null || value === undefined ? [] : [{ track: id, value }];
  });
  const canSettle = estimates.length > 0 && !isSettling;
  const settled = { settleRound: { ...round, state: 'SETTLED' } } as unknown as SettleRoundMutation;
  const settleNow = () => void settle({ roundId: round.id, estimates }, { optimisticResponse: settled });
  useShortcuts({ s: canSettle ? settleNow : undefined });
  const said = estimates.map(({ value }) => labelOf(round, value)).join(' / ');

  return (
    <Stack>
      {session.tracks.map((track) => (
        <ValuePicker
          key={track.id}
          name={session.tracks.length > 1 ? text('settle.onTrack', { track: track.label }) : text('settle.choose')}
          round={round}
          value={estimates.find((estimate) => estimate.track === track.id)?.value}
          onChoose={(value) => setChosen({ ...chosen, [track.id]: value })}
        />
      ))}
      <Row>
        <Button look="primary" size="large" shortcut="S" isDisabled={!canSettle} onClick={settleNow}>
          {estimates.length === 0 ? text('settle') : text('settle.on', { value: said })}
        </Button>
        {others}
      </Row>
    </Stack>
  );
}

function labelOf(round: Round, value: number): string {
  return round.deck.cards.find((card) => card.value === value)?.label ?? String(value);
}

interface ValuePickerProps {
  readonly name: string;
  readonly round: Round;
  readonly value: number | undefined;
  readonly onChoose: (value: number) => void;
}

function ValuePicker({ name, round, value, onChoose }: ValuePickerProps) {
  const group = useId();
  return (
    <fieldset className={styles.values}>
      <legend>{name}</legend>
      {round.deck.cards.map(
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
