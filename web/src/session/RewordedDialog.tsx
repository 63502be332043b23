import { Suspense } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Note } from '../design/Panel.tsx';
import { StartRoundDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';

import { type Item, useSession } from './context.ts';

const IssueDetails = lazyPart(async () => (await import('./IssueDetails.tsx')).IssueDetails);

/** What Jira has reworded since an item was estimated, how it reads now, and a new round for it. */
export function RewordedDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const { session, isFacilitator, findIssue, findRewording } = useSession();
  const text = useLaterText();
  const [start, isStarting] = useAction(StartRoundDocument);
  const issue = findIssue(item.id);
  const isFree = session.currentRound?.state !== 'OPEN' && session.state === 'OPEN';
  const parts = findRewording(item.id).map((part) => text(`reworded.${part}`));
  const value = item.estimates.map((estimate) => estimate.label).join(' / ');

  async function startAgain(): Promise<void> {
    if (await start({ sessionId: session.id, itemId: item.id })) onClose();
  }

  return (
    <Dialog
      title={text('reworded.title', { name: issue?.key ?? '' })}
      onClose={onClose}
      actions={
        isFacilitator &&
        isFree && (
          <Button look="primary" isDisabled={isStarting} onClick={() => void startAgain()}>
            {text('reworded.again')}
          </Button>
        )
      }
    >
      <Note tone="notable">
        {text('reworded.since', { value })}
        <ul>
          {parts.map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      </Note>
      <h3>{issue?.summary}</h3>
      <Suspense fallback={<Loading />}>
        <IssueDetails itemId={item.id} />
      </Suspense>
    </Dialog>
  );
}
