import { useQuery } from '@apollo/client/react';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { ItemIssueDocument, SessionIssuesDocument, SessionPageDocument } from '../generated/graph.ts';
import type { StoredAdmission } from '../graph/admission.ts';
import type { GraphConnection } from '../graph/connection.ts';
import { isNoAccess, toErrorText } from '../graph/errors.ts';
import { useMissingParts } from '../graph/useMissingParts.ts';
import { useTryAgain } from '../graph/useTryAgain.ts';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import { useStore } from '../store.ts';
import { useText } from '../text/text.ts';
import { NowContext, QueueContext, SessionContext } from './context.ts';
import { countWritten, firstHeld, mostHeld, toKnownItems, toQueue } from './queue.ts';
import { useFollowing } from './useFollowing.ts';
import { useRewordings } from './useRewordings.ts';
import { useViews } from './useViews.ts';

interface SessionGateProps {
  readonly admission: StoredAdmission;
  readonly connection: GraphConnection;
  readonly onNoAccess: () => void;
  readonly children: ReactNode;
}

/** Loads the session and follows it; what is below sees it always current. */
export function SessionGate({ admission, connection, onNoAccess, children }: SessionGateProps) {
  const { sessionId, participantId } = admission;
  const text = useText();
  const [held, setHeld] = useState(firstHeld);
  const { data, error, refetch } = useQuery(SessionPageDocument, { variables: { wholeId: sessionId, first: held } });
  const variables = { id: sessionId, first: held };
  const jira = useQuery(SessionIssuesDocument, { variables, errorPolicy: 'all', skip: !data?.session });
  const isRefused = useStore(connection.state) === 'refused';
  const live = data?.session ?? undefined;
  // What did not change is the same object in the next answer of the cache: a vote leaves the queue as it was.
  const known = live?.queue;
  const progress = live?.progress;
  const tableItem = live?.currentRound?.item;
  const items = useMemo(() => known && progress && toKnownItems({ queue: known, progress, item: tableItem }), [known, progress, tableItem]);
  const session = useMemo(() => live && items && { ...live, items }, [live, items]);
  const queue = useMemo(() => known && progress && toQueue({ queue: known, progress }), [known, progress]);
  useFollowing({ connection, sessionId, held, isActive: session !== undefined, onNoAccess });
  const isWhole = queue?.isWhole !== false;
  const showMore = useCallback(
    (what?: 'all') => setHeld((known) => (isWhole ? known : what === 'all' ? mostHeld : Math.min(mostHeld, known * 2))),
    [isWhole],
  );
  // What is on the table is to be seen in the queue.
  const tableId = session?.currentRound?.item.id;
  const isTableHeld = tableId === undefined || queue?.items.some(({ id }) => id === tableId) !== false;
  useEffect(() => {
    if (!isTableHeld) showMore('all');
  }, [isTableHeld, showMore]);
  const shownId = tableId ?? queue?.next?.id ?? '';
  const isElsewhere = shownId !== '' && queue?.items.some(({ id }) => id === shownId) === false;
  const elsewhere = useQuery(ItemIssueDocument, { variables: { id: sessionId, itemId: shownId }, errorPolicy: 'all', skip: !isElsewhere });

  useMissingParts(jira);
  useMissingParts(elsewhere);

  const hasNoAccess = isRefused || isNoAccess(error);
  useEffect(() => {
    if (hasNoAccess) onNoAccess();
  }, [hasNoAccess, onNoAccess]);

  useTryAgain(session ? undefined : error, refetch);

  // Jira's numbers change when estimates arrive there.
  const written = useMemo(() => countWritten(items ?? []), [items]);
  const refetchJira = jira.refetch;
  useEffect(() => {
    if (written > 0) void refetchJira().catch(() => undefined);
  }, [written, refetchJira]);

  const issues = (jira.data ?? jira.previousData)?.session?.queue.nodes;
  const other = elsewhere.data?.session?.item;
  const issuesByItem = useMemo(
    () => new Map([...(issues ?? []), ...(other ? [other] : [])].map((item) => [item.id, item.issue ?? undefined])),
    [issues, other],
  );
  const findIssue = useCallback((itemId: string) => issuesByItem.get(itemId), [issuesByItem]);
  const rewordings = useRewordings({ connection, session, held, nextId: queue?.next?.id, findIssue });
  const views = useViews({ session, queue, participantId, connection, showMore, findIssue, rewordings, jiraProblem: jira.error ?? null });

  if (views) {
    return (
      <NowContext value={views.now}>
        <SessionContext value={views.session}>
          <QueueContext value={views.queue}>{children}</QueueContext>
        </SessionContext>
      </NowContext>
    );
  }
  if (!error) return <Loading />;
  return (
    <Page title={text('session.notLoaded')}>
      <Stack>
        <Note tone="bad">{toErrorText(error, text)}</Note>
        <Row>
          <Button onClick={() => void refetch().catch(() => undefined)}>{text('tryAgain')}</Button>
        </Row>
      </Stack>
    </Page>
  );
}
