import { Suspense } from 'react';
import { Button } from '../design/Button.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Row } from '../design/Panel.tsx';
import { ReopenSessionDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { goTo } from '../routes.ts';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';
import styles from './Stage.module.css';

const SameAgain = lazyPart(async () => (await import('../start/SameAgain.tsx')).SameAgain);

/** The table of a session that is over: the way to its report, and for facilitators the way back. */
export function ClosedTable() {
  const { session, isFacilitator } = useSession();
  const text = useText();
  const [reopen, isReopening] = useAction(ReopenSessionDocument);
  return (
    <section className={styles.felt} aria-label={text('table')}>
      <div className={styles.empty}>
        <h2>{text('session.isClosed')}</h2>
        <p>{text('session.closedHint')}</p>
        <Row>
          <Button look="primary" size="large" onClick={() => goTo({ name: 'report', sessionId: session.id })}>
            {text('report.open')}
          </Button>
          <Suspense>
            <SameAgain />
          </Suspense>
          {isFacilitator && (
            <Button size="large" isDisabled={isReopening} onClick={() => void reopen({})}>
              {text('session.reopen')}
            </Button>
          )}
        </Row>
      </div>
    </section>
  );
}
