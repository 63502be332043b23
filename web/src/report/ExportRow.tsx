import type { ReactNode } from 'react';
import { Button } from '../design/Button.tsx';
import { Row } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import type { ReportLanguage, ReportTextsFragment } from '../generated/later.ts';
import { toErrorText } from '../graph/errors.ts';
import type { Language } from '../text/languages.ts';
import { useLaterText } from '../text/later.ts';
import { useLanguage } from '../text/text.ts';
import { type Copied, copy } from './clipboard.ts';
import { download } from './download.ts';

const kinds = {
  csv: { extension: 'csv', type: 'text/csv' },
  markdown: { extension: 'md', type: 'text/markdown' },
} as const;

/** What each program takes of a report, in formatted and in plain text. */
const targets = {
  slack: ({ slack, list }: ReportTextsFragment): Copied => ({ plain: slack, html: list }),
  confluence: ({ markdown, table }: ReportTextsFragment): Copied => ({ plain: markdown, html: table }),
} as const;

const reportLanguages = { en: 'EN', ru: 'RU', de: 'DE' } as const satisfies Readonly<Record<Language, ReportLanguage>>;

interface ExportRowProps {
  readonly title: string;
  /** Asks the graph for the report's texts in a language. */
  readonly load: (language: ReportLanguage) => Promise<ReportTextsFragment | undefined>;
  /** Further buttons beside those of the files. */
  readonly children?: ReactNode;
}

/** The report as files and for the clipboard, made by the graph at that moment in the page's language. */
export function ExportRow({ title, load, children }: ExportRowProps) {
  const text = useLaterText();
  const language = reportLanguages[useLanguage()];
  const fileName = title.replace(/[^\p{L}\p{N}-]+/gu, '-').replace(/^-+|-+$/gu, '') || 'session';

  async function loadTexts(): Promise<ReportTextsFragment> {
    const texts = await load(language);
    if (!texts) throw new Error('The report is gone.');
    return texts;
  }

  async function save(kind: keyof typeof kinds): Promise<void> {
    try {
      const { extension, type } = kinds[kind];
      download(`${fileName}.${extension}`, type, (await loadTexts())[kind]);
    } catch (error) {
      showToast('bad', toErrorText(error, text));
    }
  }

  async function copyFor(target: keyof typeof targets): Promise<void> {
    let problem: unknown;
    try {
      await copy(async () => {
        try {
          return targets[target](await loadTexts());
        } catch (error) {
          problem = error;
          throw error;
        }
      });
      showToast('good', text('report.copied'));
    } catch {
      // The clipboard says only that it failed: the graph's own words come first.
      showToast('bad', problem === undefined ? text('report.notCopied') : toErrorText(problem, text));
    }
  }

  return (
    <Row>
      <Button onClick={() => void save('csv')}>{text('report.csv')}</Button>
      <Button onClick={() => void save('markdown')}>{text('report.markdown')}</Button>
      {/* Browsers keep the clipboard from pages that came by plain http. */}
      {navigator.clipboard && <Button onClick={() => void copyFor('slack')}>{text('report.slack')}</Button>}
      {navigator.clipboard && <Button onClick={() => void copyFor('confluence')}>{text('report.confluence')}</Button>}
      {children}
    </Row>
  );
}
