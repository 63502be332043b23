import { Suspense, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { SelectField } from '../design/Field.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Note, Row } from '../design/Panel.tsx';
import { StartRoundDocument } from '../generated/graph.ts';
import { afterTheOthers } from '../graph/inOrder.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';
import { useItemEstimability } from './estimability.ts';
import { ItemHeader } from './ItemHeader.tsx';
import { LastSettled } from './LastSettled.tsx';
import { RoundTable } from './RoundTable.tsx';
import styles from './Stage.module.css';
import { useShortcuts } from './shortcuts.ts';

const ClosedTable = lazyPart(async () => (await import('./ClosedTable.tsx')).ClosedTable);
const PausedTable = lazyPart(async () => (await import('./PausedTable.tsx')).PausedTable);
const QueueEnd = lazyPart(async () => (await import('./QueueEnd.tsx')).QueueEnd);

interface StageProps {
  readonly onImport: () => void;
  readonly onShortcuts: () => void;
}

/** The middle of the screen: the round that is played, else what comes next. */
export function Stage({ onImport, onShortcuts }: StageProps) {
  const { session } = useSession();
  const round = session.currentRound;
  const [lastItemId, setLastItemId] = useState<string>();
  const [timer, setTimer] = useState<Timer>('0');
  if (round && round.item.id !== lastItemId) setLastItemId(round.item.id);
  useShortcuts({ h: onShortcuts });
  if (session.state !== 'OPEN') return <Suspense>{session.state === 'CLOSED' ? <ClosedTable /> : <PausedTable />}</Suspense>;
  if (!round) {
    return (
      <>
        {lastItemId !== undefined && <LastSettled itemId={lastItemId} />}
        <BetweenRounds timer={timer} onTimer={setTimer} onImport={onImport} />
      </>
    );
  }
  return (
    <>
      <ItemHeader itemId={round.item.id} roundNumber={round.number} />
      <RoundTable key={round.id} round={round} />
    </>
  );
}

const timers = ['0', '60', '120', '300'] as const;
type Timer = (typeof timers)[number];

interface BetweenRoundsProps {
  /** Seconds that a round may take; chosen once, for every round from then on. */
  readonly timer: Timer;
  readonly onTimer: (timer: Timer) => void;
  readonly onImport: () => void;
}

function BetweenRounds({ timer, onTimer, onImport }: BetweenRoundsProps) {
  const { session, queue, isFacilitator } = useSession();
  const text = useText();
  const [start, isStarting] = useAction(StartRoundDocument);
  const { next } = queue;
  const startNext = () => {
    if (!next) return;
    const timed = timer !== '0' && { timerSeconds: Number(timer) };
    // What is next leans on what was done before, which may be on its way still.
    void start({ sessionId: session.id, itemId: next.id, ...timed }, { context: afterTheOthers });
  };
  const refused = useItemEstimability(next?.id);
  const labelOf = (id: string) => session.tracks.find((track) => track.id === id)?.label ?? id;
  useShortcuts({ n: isFacilitator && next && !isStarting ? startNext : undefined });

  return (
    <>
      {next && <ItemHeader itemId={next.id} />}
      {refused.length > 0 && (
        <Note tone="notable">
          {refused.map(({ track, reason }) => (
            <span key={track}>
              {session.tracks.length > 1 && `${labelOf(track)}: `}
              {text('estimability', { reason: text(`estimability.${reason}`) })}
            </span>
          ))}
        </Note>
      )}
      <section className={styles.felt} aria-label={text('table')}>
        <div className={styles.empty}>
          <h2>{next ? text('stage.upNext') : queue.itemCount > 0 ? text('stage.allDone') : text('stage.emptyQueue')}</h2>
          {!isFacilitator && <p>{next ? text('stage.waitForStart') : text('stage.waitForItems')}</p>}
          {isFacilitator && next && (
            <>
              <p>{text('stage.startHint')}</p>
              <Row>
                <Button look="primary" size="large" shortcut="N" isDisabled={isStarting} onClick={startNext}>
                  {text('stage.start')}
                </Button>
              </Row>
              <SelectField
                label={text('timer')}
                value={timer}
                options={timers.map((value) => ({
                  value,
                  label: value === '0' ? text('timer.none') : text('timer.minutes', { count: Number(value) / 60 }),
                }))}
                onChange={onTimer}
              />
            </>
          )}
          {isFacilitator && !next && (
            <>
              <p>{text('stage.addHint')}</p>
              <Button look="primary" size="large" onClick={onImport}>
                {text('queue.add')}
              </Button>
            </>
          )}
        </div>
      </section>
      {next?.state !== 'PENDING' && queue.itemCount > 0 && (
        <Suspense>
          <QueueEnd />
        </Suspense>
      )}
    </>
  );
}
