import { TableCard } from '../design/PlayingCard.tsx';
import { useText } from '../text/text.ts';
import type { Round } from './context.ts';
import styles from './ResultPanel.module.css';
import { toSuggestionReason } from './reasons.ts';

interface SuggestedProps {
  readonly result: Round['results'][number];
  readonly cards: Round['deck']['cards'];
}

/** The estimate that the session's policy makes of the votes, with the rule and its reason. */
export function Suggested({ result, cards }: SuggestedProps) {
  const text = useText();
  const { suggestion } = result;
  const { label } = suggestion;
  return (
    <div className={styles.suggestion}>
      <h3>{text('suggestion.title')}</h3>
      <div className={styles.suggested}>
        {suggestion.value !== null && <TableCard isPlayed label={label} />}
        <div>
          {suggestion.value !== null && <span className="visually-hidden">{label}. </span>}
          <strong>{text(`policy.${suggestion.rule}`)}</strong>
          <p>{toSuggestionReason(result, cards, text)}</p>
        </div>
      </div>
    </div>
  );
}
