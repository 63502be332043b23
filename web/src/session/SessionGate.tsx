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
import { useText } from '../text/text.tsx';
import { hasVoted, SessionContext, type SessionView } from './context.ts';
import { firstHeld, mostHeld, toKnownItems, toQueue } from './queue.ts';
import { useFollowing } from './useFollowing.ts';
import { useRewordings } from './useRewordings.ts';

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
  const session = useMemo(() => live && { ...live, items: toKnownItems(live) }, [live]);
  const queue = useMemo(() => live && toQueue(live), [live]);
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
  const written = session?.items.flatMap((item) => item.estimates).filter((estimate) => estimate.writeBack.state === 'WRITTEN').length ?? 0;
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
  const view = useMemo<SessionView | undefined>(() => {
    if (!session || !queue) return undefined;
    const participants = new Map(session.participants.map((participant) => [participant.id, participant]));
    const me = participants.get(participantId);
    const round = session.currentRound;
    return {
      session,
      queue,
      showMore,
      me,
      isFacilitator: me?.isFacilitator ?? false,
      mayDirect: me?.isFacilitator === true && session.state !== 'CLOSED',
      connection,
      findIssue,
      jiraProblem: jira.error ?? null,
      findWriteBackTarget: (item) => {
        const roundId = item.rounds.findLast((round) => round.state === 'SETTLED')?.id;
        return me?.isFacilitator && roundId !== undefined ? { sessionId: session.id, roundId } : undefined;
      },
      findRewording: (itemId) => rewordings.get(itemId) ?? [],
      findParticipant: (id) => participants.get(id),
      areEstimatesHidden: session.settings.hideEstimates && round?.state === 'OPEN' && !(me && hasVoted(round, me, session)),
    };
  }, [session, queue, showMore, findIssue, rewordings, jira.error, participantId, connection]);

  if (view) return <SessionContext value={view}>{children}</SessionContext>;
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
