import { useQuery } from '@apollo/client/react';
import { Dialog } from '../design/Dialog.tsx';
import { Note, Stack } from '../design/Panel.tsx';
import { PreflightDocument } from '../generated/graph.ts';
import { toErrorText } from '../graph/errors.ts';
import { Loading } from '../shell/Loading.tsx';
import { useText } from '../text/text.tsx';
import { useSession } from './context.ts';

/** Which issues Jira would not take an estimate for, and what to do about it: asked before the meeting. */
export function PreflightDialog({ onClose }: { readonly onClose: () => void }) {
  const { session } = useSession();
  const text = useText();
  const { data, error, loading } = useQuery(PreflightDocument, {
    variables: { id: session.id },
    errorPolicy: 'all',
    fetchPolicy: 'network-only',
  });
  const issues = data?.session?.items.flatMap((item) => item.issue ?? []) ?? [];
  const refused = issues.filter((issue) => issue.estimability?.can === false);
  return (
    <Dialog title={text('preflight.title')} onClose={onClose}>
      {loading && <Loading />}
      {error && <Note tone="bad">{toErrorText(error, text)}</Note>}
      {!loading && data && refused.length === 0 && <Note tone="good">{text('preflight.fine', { count: issues.length })}</Note>}
      <Stack>
        {refused.map((issue) => (
          <Note key={issue.key} tone="notable">
            <strong>
              {issue.key} {issue.summary}
            </strong>
            <span>{issue.estimability?.reason && text(`remedy.${issue.estimability.reason}`)}</span>
          </Note>
        ))}
      </Stack>
    </Dialog>
  );
}
