import { Suspense } from 'react';
import { Button } from '../design/Button.tsx';
import { Switch } from '../design/Field.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Row } from '../design/Panel.tsx';
import { CancelRevealDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useStore } from '../store.ts';
import { useText } from '../text/text.ts';
import { countVoters, type Round, useSession } from './context.ts';
import { Hands } from './Hands.tsx';
import { isSortedByValue } from './preferences.ts';
import { ResultPanel } from './ResultPanel.tsx';
import { RoundControls } from './RoundControls.tsx';
import { RoundTimer, useSecondsLeft } from './RoundTimer.tsx';
import { Seats } from './Seats.tsx';
import styles from './Stage.module.css';

const NudgeButton = lazyPart(async () => (await import('../social/NudgeButton.tsx')).NudgeButton);

const crowd = 12;
const isTall = matchMedia('(min-width: 48.01rem)').matches;

/** The table of a round: who has voted, after the reveal their cards and what they say, and one's own hand. */
export function RoundTable({ round }: { readonly round: Round }) {
  const { session } = useSession();
  const text = useText();
  const isSorted = useStore(isSortedByValue.store);
  const isRevealed = round.state === 'REVEALED';
  // On a phone the result, and in a crowd the distribution, comes before the cards.
  const isResultFirst = isRevealed && (round.roster.length > crowd || !isTall);
  return (
    <>
      {isResultFirst && <ResultPanel round={round} />}
      <section className={styles.felt} aria-label={text('table')}>
        <div className={styles.progress}>
          <span>
            {round.state === 'OPEN' ? text('round.voted', countVoters(round, session)) : text('round.turnout', countVoters(round, session))}
          </span>
          <RevealCountdown round={round} />
          {round.state === 'OPEN' && (
            <Row>
              <Suspense>
                <NudgeButton />
              </Suspense>
              <RoundTimer round={round} />
            </Row>
          )}
          {round.state === 'REVEALED' && <Switch label={text('seats.byValue')} isOn={isSorted} onChange={isSortedByValue.set} />}
        </div>
        <Seats round={round} />
        {round.state === 'OPEN' && <Hands round={round} />}
        {round.state === 'OPEN' && <RoundControls round={round} />}
      </section>
      {isRevealed && !isResultFirst && <ResultPanel round={round} />}
    </>
  );
}

function RevealCountdown({ round }: { readonly round: Round }) {
  return round.revealsAt !== null && round.state === 'OPEN' ? <RunningCountdown roundId={round.id} until={round.revealsAt} /> : null;
}

function RunningCountdown({ roundId, until }: { readonly roundId: string; readonly until: string }) {
  const { isFacilitator } = useSession();
  const text = useText();
  const [cancel, isCancelling] = useAction(CancelRevealDocument);
  return (
    <Row>
      <strong>{text('round.revealsIn', { count: Math.max(0, useSecondsLeft(until)) })}</strong>
      {isFacilitator && (
        <Button size="small" isDisabled={isCancelling} onClick={() => void cancel({ roundId })}>
          {text('round.cancelReveal')}
        </Button>
      )}
    </Row>
  );
}
