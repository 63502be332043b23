import { Button } from '../design/Button.tsx';
import { Note } from '../design/Panel.tsx';
import { ReportDocument, RetryWriteBacksDocument } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { useLaterText } from '../text/later.ts';

import type { ReportSession } from './summary.ts';

/** Says how many estimates did not reach Jira, and sends them again. */
export function RetryNote({ session }: { readonly session: ReportSession }) {
  const text = useLaterText();
  const [retry, isRetrying] = useAction(RetryWriteBacksDocument);
  const failed = session.items.flatMap((item) => item.estimates).filter((estimate) => estimate.writeBack.state === 'FAILED').length;
  if (failed === 0) return null;
  return (
    <Note tone="bad">
      {text('report.failed', { count: failed })}
      <Button
        size="small"
        isDisabled={isRetrying}
        onClick={() => void retry({ sessionId: session.id }, { refetchQueries: [ReportDocument] })}
      >
        {text('tryAgain')}
      </Button>
    </Note>
  );
}
