import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Choices } from '../design/Field.tsx';
import { Note, Stack } from '../design/Panel.tsx';
import { ReportDocument, type SyncMode, SyncSessionDocument, WriteBackPlanDocument } from '../generated/later.ts';
import { toErrorText } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';

import { PlanTable } from './PlanTable.tsx';
import { SyncProgress } from './SyncProgress.tsx';
import type { ReportSession } from './summary.ts';

/** Brings the session's estimates into Jira: first what that would change, then how far it has come. */
export function SyncDialog({ session, onClose }: { readonly session: ReportSession; readonly onClose: () => void }) {
  const text = useLaterText();
  const [mode, setMode] = useState<SyncMode>('SKIP_ERRORS');
  const [hasStarted, setHasStarted] = useState(false);
  const [sync, isStarting] = useAction(SyncSessionDocument);
  const { data, error, loading } = useQuery(WriteBackPlanDocument, { variables: { sessionId: session.id }, fetchPolicy: 'no-cache' });
  const plan = data?.writeBackPlan ?? [];
  const writes = plan.filter((planned) => planned.action === 'WRITE').length;
  const conflicts = plan.filter((planned) => planned.action === 'CONFLICT').length;

  async function start(): Promise<void> {
    if (await sync({ sessionId: session.id, mode }, { refetchQueries: [ReportDocument] })) setHasStarted(true);
  }

  if (hasStarted) {
    return (
      <Dialog title={text('sync.title')} onClose={onClose} actions={<Button onClick={onClose}>{text('close')}</Button>}>
        <SyncProgress sessionId={session.id} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={text('sync.title')}
      isWide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" isDisabled={isStarting || loading || writes === 0} onClick={() => void start()}>
            {text('sync.start', { count: writes })}
          </Button>
        </>
      }
    >
      {loading && <Loading />}
      {error && <Note tone="bad">{toErrorText(error, text)}</Note>}
      {data && (
        <Stack>
          <p role="status">
            {plan.length === 0 ? text('sync.nothing') : text('sync.summary', { writes, conflicts, same: plan.length - writes - conflicts })}
          </p>
          {plan.length > 0 && <PlanTable session={session} plan={plan} />}
          {writes > 0 && (
            <Choices
              label={text('sync.mode')}
              value={mode}
              options={[
                { value: 'SKIP_ERRORS', label: text('sync.SKIP_ERRORS'), hint: text('sync.skipErrorsHint') },
                { value: 'STRICT', label: text('sync.STRICT'), hint: text('sync.strictHint') },
              ]}
              onChange={setMode}
            />
          )}
        </Stack>
      )}
    </Dialog>
  );
}
