import { useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { Row } from '../design/Panel.tsx';
import { CancelRevealDocument } from '../generated/graph.ts';
import { now } from '../graph/clock.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.tsx';
import { countVoters, type Round, useSession } from './context.ts';
import { Hands } from './Hands.tsx';
import { ResultPanel } from './ResultPanel.tsx';
import { RoundControls } from './RoundControls.tsx';
import { Seats } from './Seats.tsx';
import styles from './Stage.module.css';

/** The table of a round: who has voted, after the reveal their cards and what they say, and one's own hand. */
export function RoundTable({ round }: { readonly round: Round }) {
  const { session } = useSession();
  const text = useText();
  return (
    <>
      <section className={styles.felt} aria-label={text('table')}>
        <div className={styles.progress}>
          <span>
            {round.state === 'OPEN' ? text('round.voted', countVoters(round, session)) : text('round.turnout', countVoters(round, session))}
          </span>
          <RevealCountdown round={round} />
          {round.deadlineAt !== null && round.state === 'OPEN' && <Clock until={round.deadlineAt} />}
        </div>
        <Seats round={round} />
        {round.state === 'OPEN' && <Hands round={round} />}
        {round.state === 'OPEN' && <RoundControls round={round} />}
      </section>
      {round.state === 'REVEALED' && <ResultPanel round={round} />}
    </>
  );
}

function useSecondsLeft(until: string): number {
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.ceil((Date.parse(until) - time) / 1000);
}

function Clock({ until }: { readonly until: string }) {
  const text = useText();
  const left = useSecondsLeft(until);
  const minutes = Math.floor(Math.abs(left) / 60);
  const seconds = String(Math.abs(left) % 60).padStart(2, '0');
  return (
    <span className={left < 0 ? `${styles.clock} ${styles.isOver}` : styles.clock} role="timer" aria-label={text('timer')}>
      <Icon name="clock" size={18} />
      {left < 0 && '−'}
      {minutes}:{seconds}
    </span>
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
