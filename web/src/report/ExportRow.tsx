import type { ReactNode } from 'react';
import { Button } from '../design/Button.tsx';
import { Row } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { toErrorText } from '../graph/errors.ts';
import { useLaterText } from '../text/later.ts';

import { download } from './download.ts';

const kinds = {
  csv: { extension: 'csv', type: 'text/csv' },
  markdown: { extension: 'md', type: 'text/markdown' },
} as const;

interface ExportRowProps {
  readonly title: string;
  /** Asks the graph for both files. */
  readonly load: () => Promise<Readonly<Record<keyof typeof kinds, string>> | undefined>;
  /** Further buttons beside those of the files. */
  readonly children?: ReactNode;
}

/** The report as files, made by the graph at that moment. */
export function ExportRow({ title, load, children }: ExportRowProps) {
  const text = useLaterText();
  const fileName = title.replace(/[^\p{L}\p{N}-]+/gu, '-').replace(/^-+|-+$/gu, '') || 'session';

  async function save(kind: keyof typeof kinds): Promise<void> {
    try {
      const files = await load();
      const { extension, type } = kinds[kind];
      if (files) download(`${fileName}.${extension}`, type, files[kind]);
    } catch (error) {
      showToast('bad', toErrorText(error, text));
    }
  }

  return (
    <Row>
      <Button onClick={() => void save('csv')}>{text('report.csv')}</Button>
      <Button onClick={() => void save('markdown')}>{text('report.markdown')}</Button>
      {children}
    </Row>
  );
}
