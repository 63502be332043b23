import { useEffect, useState } from 'react';
import { Icon } from '../design/Icon.tsx';
import { Menu, type MenuItem } from '../design/Menu.tsx';
import { PauseTimerDocument, ResumeTimerDocument, SetTimerDocument } from '../generated/graph.ts';
import { now } from '../graph/clock.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.ts';
import { type Round, useSession } from './context.ts';
import styles from './Stage.module.css';

const lengths = [60, 120, 300] as const;
const extensionSeconds = 60;
const leastSeconds = 5;

export function useSecondsLeft(until: string): number {
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.ceil((Date.parse(until) - time) / 1000);
}

/** The clock of an open round, and for facilitators what can be done with it. */
export function RoundTimer({ round }: { readonly round: Round }) {
  const { isFacilitator } = useSession();
  const hasClock = round.deadlineAt !== null || round.timerLeftSeconds !== null;
  if (!hasClock && !isFacilitator) return null;
  return (
    <span className={styles.timer}>
      {round.deadlineAt !== null && <Running until={round.deadlineAt} />}
      {round.timerLeftSeconds !== null && <Clock left={round.timerLeftSeconds} isPaused />}
      {isFacilitator && <TimerMenu round={round} />}
    </span>
  );
}

function TimerMenu({ round }: { readonly round: Round }) {
  const text = useText();
  const [set] = useAction(SetTimerDocument);
  const [pause] = useAction(PauseTimerDocument);
  const [resume] = useAction(ResumeTimerDocument);
  const roundId = round.id;
  const { deadlineAt, timerLeftSeconds } = round;
  const items: MenuItem[] = [];
  if (deadlineAt !== null) {
    const longer = () => Math.max(leastSeconds, Math.ceil((Date.parse(deadlineAt) - now()) / 1000) + extensionSeconds);
    items.push({ label: text('timer.extend'), icon: 'plus', onChoose: () => void set({ roundId, seconds: longer() }) });
    items.push({ label: text('timer.pause'), icon: 'pause', onChoose: () => void pause({ roundId }) });
  }
  if (timerLeftSeconds !== null) items.push({ label: text('timer.resume'), icon: 'clock', onChoose: () => void resume({ roundId }) });
  if (deadlineAt !== null || timerLeftSeconds !== null)
    items.push({ label: text('timer.stop'), icon: 'close', onChoose: () => void set({ roundId, seconds: null }) });
  else
    for (const seconds of lengths)
      items.push({
        label: text('timer.minutes', { count: seconds / 60 }),
        icon: 'clock',
        onChoose: () => void set({ roundId, seconds }),
      });
  return (
    <Menu size="small" label={text('timer.menu')} items={items}>
      <Icon name="clock" size={18} />
      {text('timer')}
    </Menu>
  );
}

function Running({ until }: { readonly until: string }) {
  return <Clock left={useSecondsLeft(until)} />;
}

function Clock({ left, isPaused = false }: { readonly left: number; readonly isPaused?: boolean }) {
  const text = useText();
  const minutes = Math.floor(Math.abs(left) / 60);
  const seconds = String(Math.abs(left) % 60).padStart(2, '0');
  return (
    <span className={left < 0 ? `${styles.clock} ${styles.isOver}` : styles.clock} role="timer" aria-label={text('timer')}>
      <Icon name={isPaused ? 'pause' : 'clock'} size={18} />
      {left < 0 && '−'}
      {minutes}:{seconds}
    </span>
  );
}
