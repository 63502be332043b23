import { Button } from '../design/Button.tsx';
import { ResumeSessionDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';
import { ItemHeader } from './ItemHeader.tsx';
import styles from './Stage.module.css';

/** The table while the session is paused: votes are kept, and for facilitators the way on. */
export function PausedTable() {
  const { session, isFacilitator } = useSession();
  const text = useText();
  const [resume, isResuming] = useAction(ResumeSessionDocument);
  const round = session.currentRound;
  return (
    <>
      {round && <ItemHeader itemId={round.item.id} roundNumber={round.number} />}
      <section className={styles.felt} aria-label={text('table')}>
        <div className={styles.empty}>
          <h2>{text('session.isPaused')}</h2>
          <p>{text('session.pausedHint')}</p>
          {isFacilitator && (
            <Button look="primary" size="large" isDisabled={isResuming} onClick={() => void resume({})}>
              {text('session.resume')}
            </Button>
          )}
        </div>
      </section>
    </>
  );
}
