import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { Note, Panel, Row, Stack } from '../design/Panel.tsx';
import { CloseSessionDocument } from '../generated/graph.ts';
import { QueueEndDocument } from '../generated/later.ts';
import { toErrorText } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { useAskAgain } from '../graph/useAskAgain.ts';
import { toDurationText, toTotalFigures } from '../report/summary.ts';
import { goTo } from '../routes.ts';
import { useLaterText } from '../text/later.ts';
import { toPercent } from '../text/percent.ts';
import { type Item, useSession } from './context.ts';
import styles from './QueueEnd.module.css';
import { useItemActions } from './useItemActions.ts';
import { WriteBackChip } from './WriteBackChip.tsx';

/** What came out, once nothing in the queue is waiting: totals, what is not in Jira, what was left out, and the ways on. */
export function QueueEnd() {
  const { session, queue, isFacilitator } = useSession();
  const text = useLaterText();
  const { data, error, refetch } = useQuery(QueueEndDocument, { variables: { id: session.id }, fetchPolicy: 'cache-and-network' });
  const [close] = useAction(CloseSessionDocument);
  const [isAsked, setIsAsked] = useState(false);
  // The graph adds up; asked again when what it adds up has changed.
  const settled = session.items.map(({ id, state, estimates }) => `${id} ${state} ${estimates.map(({ label }) => label)}`).join();
  useAskAgain(settled, refetch);

  const left = session.items.filter(({ state }) => state === 'DEFERRED' || state === 'SKIPPED');
  const away = session.items.filter(({ estimates }) => estimates.some(({ writeBack }) => isAway(writeBack.state)));
  const report = data?.session?.report;
  return (
    <Panel title={text('end.title')}>
      <Stack>
        {error && !report && <Note tone="bad">{toErrorText(error, text)}</Note>}
        {report && (
          <dl className={styles.figures}>
            <Figure name={text('report.estimated')} value={text('report.of', { done: report.estimatedCount, total: queue.itemCount })} />
            {toTotalFigures(report.totals, session.tracks, text).map(({ track, name, total }) => (
              <Figure key={track} name={name} value={total} />
            ))}
            <Figure name={text('report.consensus')} value={toPercent(report.consensusShare)} />
            <Figure name={text('report.duration')} value={toDurationText(report.durationSeconds, text)} />
          </dl>
        )}
        {away.length > 0 && (
          <section aria-label={text('end.notInJira')}>
            <h3>{text('end.notInJira')}</h3>
            <ul className={styles.items}>
              {away.map((item) => (
                <AwayItem key={item.id} item={item} />
              ))}
            </ul>
          </section>
        )}
        {left.length > 0 && (
          <section aria-label={text('end.left')}>
            <h3>{text('end.left')}</h3>
            <ul className={styles.items}>
              {left.map((item) => (
                <LeftItem key={item.id} item={item} />
              ))}
            </ul>
          </section>
        )}
        <Row>
          <Button look="primary" onClick={() => goTo({ name: 'report', sessionId: session.id })}>
            {text('report.open')}
          </Button>
          {isFacilitator && <Button onClick={() => setIsAsked(true)}>{text('session.close')}</Button>}
        </Row>
      </Stack>
      {isAsked && (
        <ConfirmDialog
          title={text('confirm.close')}
          lead={text('confirm.closeLead')}
          confirm={text('session.close')}
          onConfirm={() => void close({})}
          onClose={() => setIsAsked(false)}
        />
      )}
    </Panel>
  );
}

const isAway = (state: Item['estimates'][number]['writeBack']['state']) =>
  state === 'PENDING' || state === 'FAILED' || state === 'CONFLICT';

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** An item whose estimate is not in Jira, or not yet; what went wrong opens from there. */
function AwayItem({ item }: { readonly item: Item }) {
  const { findIssue, findWriteBackTarget } = useSession();
  const name = findIssue(item.id)?.key ?? item.topic ?? '';
  return (
    <li>
      <Name item={item} />
      {item.estimates
        .filter(({ writeBack }) => isAway(writeBack.state))
        .map((estimate) => (
          <WriteBackChip key={estimate.track} estimate={estimate} name={name} target={findWriteBackTarget(item)} />
        ))}
    </li>
  );
}

/** An item that was put aside, and the way back for whoever may. */
function LeftItem({ item }: { readonly item: Item }) {
  const { mayDirect } = useSession();
  const text = useLaterText();
  const { reopen } = useItemActions(item.id);
  return (
    <li>
      <Name item={item} />
      <span>{text(`item.${item.state}`)}</span>
      {mayDirect && (
        <Button size="small" onClick={reopen}>
          {text('item.reopen')}
        </Button>
      )}
    </li>
  );
}

function Name({ item }: { readonly item: Item }) {
  const { findIssue } = useSession();
  const text = useLaterText();
  const issue = findIssue(item.id);
  return <span className={styles.name}>{issue ? `${issue.key} ${issue.summary}` : (item.topic ?? text('jira.noAnswer'))}</span>;
}
