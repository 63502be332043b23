import { useApolloClient } from '@apollo/client/react';
import { Button } from '../design/Button.tsx';
import { Row } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { ReportFilesDocument } from '../generated/graph.ts';
import { toErrorText } from '../graph/errors.ts';
import { useText } from '../text/text.tsx';
import { download } from './download.ts';
import type { ReportSession } from './summary.ts';

const kinds = {
  csv: { extension: 'csv', type: 'text/csv' },
  markdown: { extension: 'md', type: 'text/markdown' },
} as const;

interface ExportRowProps {
  readonly session: ReportSession;
  /** Undefined for those who may not. */
  readonly onSync: (() => void) | undefined;
}

/** The report as files, made by the graph at that moment; for facilitators the way into Jira, too. */
export function ExportRow({ session, onSync }: ExportRowProps) {
  const client = useApolloClient();
  const text = useText();
  const fileName = session.title.replace(/[^\p{L}\p{N}-]+/gu, '-').replace(/^-+|-+$/gu, '') || 'session';

  async function save(kind: keyof typeof kinds): Promise<void> {
    try {
      const { data } = await client.query({ query: ReportFilesDocument, variables: { id: session.id }, fetchPolicy: 'no-cache' });
      const { extension, type } = kinds[kind];
      if (data?.session) download(`${fileName}.${extension}`, type, data.session.report[kind]);
    } catch (error) {
      showToast('bad', toErrorText(error, text));
    }
  }

  return (
    <Row>
      <Button onClick={() => void save('csv')}>{text('report.csv')}</Button>
      <Button onClick={() => void save('markdown')}>{text('report.markdown')}</Button>
      {onSync && <Button onClick={onSync}>{text('sync.open')}</Button>}
    </Row>
  );
}
