import { useEffect, useRef, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Panel, Row } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { AdmitWaitingDocument, DeclineWaitingDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';
import styles from './WaitingRoom.module.css';

/** Who asks to be let in, for facilitators to decide; nothing when nobody does. */
export function WaitingRoom() {
  const { session, mayDirect } = useSession();
  const { waiting } = session;
  return mayDirect && waiting.length > 0 ? <Room /> : null;
}

function Room() {
  const { session } = useSession();
  const { waiting } = session;
  const text = useText();
  const [admit, isAdmitting] = useAction(AdmitWaitingDocument);
  const [decline, isDeclining] = useAction(DeclineWaitingDocument);
  const isBusy = isAdmitting || isDeclining;
  const told = useRef(new Set<string>());
  const list = useRef<HTMLUListElement>(null);
  const [said, setSaid] = useState('');

  useEffect(() => {
    const fresh = waiting.filter(({ id }) => !told.current.has(id));
    told.current = new Set(waiting.map(({ id }) => id));
    const [first] = fresh;
    if (!first) return;
    const news = fresh.length === 1 ? text('waiting.asks', { name: first.name }) : text('waiting.many', { count: fresh.length });
    // On a small screen the room may be behind another tab.
    if (list.current?.offsetParent) setSaid(news);
    else showToast('good', news);
  }, [waiting, text]);

  return (
    <Panel title={text('waiting.title', { count: waiting.length })}>
      <div className="visually-hidden" role="log" aria-live="polite" aria-atomic="true">
        {said}
      </div>
      <ul ref={list} className={styles.list}>
        {waiting.map(({ id, name }) => (
          <li key={id} className={styles.person}>
            <span className={styles.name}>{name}</span>
            <Button
              size="small"
              look="primary"
              isDisabled={isBusy}
              aria-label={text('waiting.admitName', { name })}
              onClick={() => void admit({ participantIds: [id] })}
            >
              {text('waiting.admit')}
            </Button>
            <Button
              size="small"
              isDisabled={isBusy}
              aria-label={text('waiting.declineName', { name })}
              onClick={() => void decline({ participantIds: [id] })}
            >
              {text('waiting.decline')}
            </Button>
          </li>
        ))}
      </ul>
      {waiting.length > 1 && (
        <Row>
          <Button size="small" isDisabled={isBusy} onClick={() => void admit({ participantIds: waiting.map(({ id }) => id) })}>
            {text('waiting.admitAll')}
          </Button>
          <Button size="small" isDisabled={isBusy} onClick={() => void decline({ participantIds: waiting.map(({ id }) => id) })}>
            {text('waiting.declineAll')}
          </Button>
        </Row>
      )}
    </Panel>
  );
}
