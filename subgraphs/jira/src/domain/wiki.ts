import { escapeHtml, toLink } from './html.ts';
import type { Description } from './issue.ts';

/**
 * Data Center's wiki text as plain text and as safe HTML; null when there is none.
 * It knows headings, lists, quotes, code, bold, italic and links; everything else stays text, escaped.
 */
export function renderWiki(wiki: unknown): Description | null {
  if (typeof wiki !== 'string' || wiki.trim() === '') return null;
  const blocks = toBlocks(wiki.replaceAll('\r\n', '\n'));
  return { text: blocks.map(({ text }) => text).join('\n\n'), html: blocks.map(({ html }) => html).join('') };
}

function toBlocks(wiki: string): readonly Description[] {
  // Odd parts are the inside of {code} or {noformat}: nothing in there is markup.
  const parts = wiki.split(/\{(?:code|noformat)(?::[^}]{0,200})?\}/);
  return parts.flatMap((part, index) => {
    if (index % 2 === 1) {
      const text = part.replace(/^\n|\n$/g, '');
      return [{ text, html: `<pre><code>${escapeHtml(text)}</code></pre>` }];
    }
    return part
      .split(/\n{2,}|\n(?=h[1-6]\. )|(?<=(?:^|\n)h[1-6]\. [^\n]*)\n/)
      .map((block) => block.trim())
      .filter((block) => block !== '')
      .map(renderBlock);
  });
}

function renderBlock(block: string): Description {
  const [, level, heading] = /^h([1-6])\. (.*)$/s.exec(block) ?? [];
  if (heading !== undefined) return { text: inlineText(heading), html: `<h${level}>${inlineHtml(heading)}</h${level}>` };
  const lines = block.split('\n');
  const [, bullet] = /^([*#-])+ /.exec(block) ?? [];
  if (bullet !== undefined && lines.every((line) => /^[*#-]+ /.test(line))) {
    const items = lines.map((line) => line.replace(/^[*#-]+ /, ''));
    const tag = bullet === '#' ? 'ol' : 'ul';
    return {
      text: items.map((item, index) => `${bullet === '#' ? `${index + 1}.` : '-'} ${inlineText(item)}`).join('\n'),
      html: `<${tag}>${items.map((item) => `<li>${inlineHtml(item)}</li>`).join('')}</${tag}>`,
    };
  }
  if (/^bq\. /.test(block)) return { text: inlineText(block.slice(4)), html: `<blockquote>${inlineHtml(block.slice(4))}</blockquote>` };
  return { text: inlineText(block), html: `<p>${lines.map(inlineHtml).join('<br>')}</p>` };
}

// All spans are bounded: a text of nothing but beginnings would otherwise be searched to its end from each of them.
const link = /\[(?:([^|\][\n]{1,500})\|)?([a-z]{1,10}:[^|\][\s]{1,2000})\]/gi;

function inlineText(text: string): string {
  return text
    .replace(link, (_all, label: string | undefined, href: string) => (label === undefined ? href : `${label} (${href})`))
    .replace(/(^|[\s(])([*_])(\S(?:[^\n]{0,500}?\S)?)\2(?=[\s).,;:!?]|$)/g, '$1$3')
    .replace(/\{\{([^}\n]{1,500})\}\}/g, '$1');
}

function inlineHtml(text: string): string {
  let html = '';
  let at = 0;
  for (const found of text.matchAll(link)) {
    html += markHtml(text.slice(at, found.index));
    html += toLink(found[2], escapeHtml(found[1] ?? found[2] ?? ''));
    at = found.index + found[0].length;
  }
  return html + markHtml(text.slice(at));
}

function markHtml(text: string): string {
  return escapeHtml(text)
    .replace(/(^|[\s(])\*(\S(?:[^\n*]{0,500}?\S)?)\*(?=[\s).,;:!?]|$)/g, '$1<strong>$2</strong>')
    .replace(/(^|[\s(])_(\S(?:[^\n_]{0,500}?\S)?)_(?=[\s).,;:!?]|$)/g, '$1<em>$2</em>')
    .replace(/\{\{([^}\n]{1,500})\}\}/g, '<code>$1</code>');
}
