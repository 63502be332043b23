import { escapeHtml } from './html.ts';
import type { Description, ExtraField } from './issue.ts';

export interface ExtraFieldOptions {
  /** The fields to show, in their order. */
  readonly shown: readonly { readonly id: string; readonly name: string }[];
  /** For documents: ADF on Cloud, wiki text on Data Center. */
  readonly renderDescription: (document: unknown) => Description | null;
  /** Whether texts are wiki text. */
  readonly hasWikiTexts: boolean;
}

/** What an issue's chosen custom fields say; those that are empty, or of a kind that says nothing to people, are left out. */
export function toExtraFields(fields: Readonly<Record<string, unknown>>, options: ExtraFieldOptions): readonly ExtraField[] {
  return options.shown.flatMap(({ id, name }) => {
    const said = toDescription(fields[id], options);
    return said === null ? [] : [{ name, ...said }];
  });
}

function toDescription(value: unknown, { renderDescription, hasWikiTexts }: ExtraFieldOptions): Description | null {
  const isDocument = typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc';
  if (isDocument || (hasWikiTexts && typeof value === 'string')) return renderDescription(value);
  const text = toText(value, 0);
  return text === '' ? null : { text, html: `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>` };
}

const deepest = 3;

/** Options, people, teams, versions and lists of them by the name that Jira shows; a cascading choice with both of its parts. */
function toText(value: unknown, depth: number): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null || depth > deepest) return '';
  if (Array.isArray(value))
    return value
      .map((each) => toText(each, depth + 1))
      .filter((each) => each !== '')
      .join(', ');
  const { value: option, displayName, name, title, key, child } = value as Record<string, unknown>;
  const own = [option, displayName, name, title, key].map((each) => toText(each, depth + 1)).find((each) => each !== '') ?? '';
  const below = toText(child, depth + 1);
  return below === '' ? own : `${own} / ${below}`;
}
