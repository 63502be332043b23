import { Suspense } from 'react';
import { Dialog } from '../design/Dialog.tsx';
import { Loading } from '../shell/Loading.tsx';
import { type Item, useSession } from './context.ts';
import { IssueDetails } from './IssueDetails.tsx';

/** An issue of the queue, to be read before its turn. */
export function IssueDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const { findIssue } = useSession();
  const issue = findIssue(item.id);
  return (
    <Dialog isWide title={issue ? `${issue.key} ${issue.summary}` : (item.topic ?? '')} onClose={onClose}>
      <Suspense fallback={<Loading />}>
        <IssueDetails itemId={item.id} />
      </Suspense>
    </Dialog>
  );
}
