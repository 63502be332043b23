import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { Note, Stack } from '../design/Panel.tsx';
import { Progress } from '../design/Progress.tsx';
import type { WriteBackState } from '../generated/graph.ts';
import { ReportDocument, SyncProgressDocument } from '../generated/later.ts';
import { useLaterText } from '../text/later.ts';

const pollMs = 700;

/** How many of the session's estimates have reached Jira, until none is on its way any more. */
export function SyncProgress({ sessionId }: { readonly sessionId: string }) {
  const text = useLaterText();
  const { data, stopPolling, client } = useQuery(SyncProgressDocument, {
    variables: { id: sessionId },
    fetchPolicy: 'network-only',
    pollInterval: pollMs,
  });
  const counts = data?.session?.writeBacks ?? [];
  const countOf = (...states: readonly WriteBackState[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const written = countOf('WRITTEN');
  const total = countOf('WRITTEN', 'PENDING', 'CONFLICT', 'FAILED');
  const isDone = data !== undefined && countOf('PENDING') === 0;
  const left = countOf('CONFLICT', 'FAILED');

  useEffect(() => {
    if (!isDone) return;
    stopPolling();
    void client.refetchQueries({ include: [ReportDocument] }).catch(() => undefined);
  }, [isDone, stopPolling, client]);

  return (
    <Stack>
      <Progress label={text('sync.progress', { done: written, total })} done={total - countOf('PENDING')} total={total} />
      {isDone && left === 0 && <Note tone="good">{text('sync.done')}</Note>}
      {isDone && left > 0 && <Note tone="notable">{text('sync.left', { count: left })}</Note>}
    </Stack>
  );
}
