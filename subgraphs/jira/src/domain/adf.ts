import { escapeHtml, toLink } from './html.ts';
import type { Description } from './issue.ts';

/** A node of Atlassian's document format: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly Node[];
  readonly content?: readonly Node[];
}

/** What lies deeper is left out. */
const maxDepth = 40;

/**
 * An Atlassian document as text and as safe HTML; null for an empty one.
 * Nodes that it does not know count as their content, whatever stands in them is escaped.
 */
export function renderAdf(document: unknown): Description | null {
  const root = toNode(document, 0);
  if (root === undefined) return null;
  const text = blocksToText(root.content ?? [])
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return text === '' ? null : { text, html: toHtml(root) };
}

function toNode(value: unknown, depth: number): Node | undefined {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return undefined;
  const toNodes = (values: readonly unknown[]) => values.map((each) => toNode(each, depth + 1)).filter((node) => node !== undefined);
  const { type, text, attrs, marks, content } = value as Record<string, unknown>;
  if (typeof type !== 'string') return undefined;
  return {
    type,
    ...(typeof text === 'string' ? { text } : {}),
    ...(typeof attrs === 'object' && attrs !== null ? { attrs: attrs as Record<string, unknown> } : {}),
    ...(Array.isArray(marks) ? { marks: toNodes(marks) } : {}),
    ...(Array.isArray(content) ? { content: toNodes(content) } : {}),
  };
}

const wrappers = new Map(
  Object.entries({
    paragraph: 'p',
    bulletList: 'ul',
    orderedList: 'ol',
    listItem: 'li',
    blockquote: 'blockquote',
    table: 'table',
    tableRow: 'tr',
    tableHeader: 'th',
    tableCell: 'td',
    taskList: 'ul',
    taskItem: 'li',
    decisionList: 'ul',
    decisionItem: 'li',
    panel: 'blockquote',
  }),
);

const markTags = new Map(Object.entries({ strong: 'strong', em: 'em', code: 'code', strike: 's', underline: 'u' }));

function toHtml(node: Node): string {
  const inner = () => (node.content ?? []).map(toHtml).join('');
  switch (node.type) {
    case 'text':
      return (node.marks ?? []).reduce(
        (html, mark) => {
          if (mark.type === 'link') return toLink(mark.attrs?.['href'], html);
          const tag = markTags.get(mark.type);
          return tag === undefined ? html : `<${tag}>${html}</${tag}>`;
        },
        escapeHtml(node.text ?? ''),
      );
    case 'hardBreak':
      return '<br>';
    case 'rule':
      return '<hr>';
    case 'heading': {
      const level = Math.min(6, Math.max(1, Math.trunc(Number(node.attrs?.['level'])) || 3));
      return `<h${level}>${inner()}</h${level}>`;
    }
    case 'codeBlock':
      return `<pre><code>${inner()}</code></pre>`;
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return toLink(node.attrs?.['url'], escapeHtml(atomText(node)));
    default: {
      const tag = wrappers.get(node.type);
      if (tag !== undefined) return `<${tag}>${inner()}</${tag}>`;
      return node.content === undefined ? escapeHtml(atomText(node)) : inner();
    }
  }
}

/** What a node without content says: a mention's name, an emoji, a card's address. */
function atomText({ type, attrs = {}, text }: Node): string {
  if (text !== undefined) return text;
  if (type === 'date') {
    const time = Number(attrs['timestamp']);
    return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time).toISOString().slice(0, 10) : '';
  }
  const value = attrs['text'] ?? attrs['shortName'] ?? attrs['url'] ?? attrs['alt'] ?? '';
  return typeof value === 'string' ? value : '';
}

const inlineTypes = new Set(['text', 'hardBreak', 'mention', 'emoji', 'inlineCard', 'date', 'status', 'placeholder', 'mediaInline']);

function blocksToText(nodes: readonly Node[]): string {
  let text = '';
  for (const node of nodes) {
    if (inlineTypes.has(node.type)) text += node.type === 'hardBreak' ? '\n' : atomText(node);
    else text += `${text === '' ? '' : separatorBefore(node)}${blockToText(node)}`;
  }
  return text;
}

function separatorBefore({ type }: Node): string {
  if (type === 'tableCell' || type === 'tableHeader') return ' | ';
  return ['listItem', 'taskItem', 'decisionItem', 'tableRow'].includes(type) ? '\n' : '\n\n';
}

function blockToText(node: Node): string {
  const inner = blocksToText(node.content ?? []);
  if (node.type === 'listItem' || node.type === 'decisionItem') return `- ${inner.replaceAll('\n\n', '\n').replaceAll('\n', '\n  ')}`;
  if (node.type === 'taskItem') return `[${node.attrs?.['state'] === 'DONE' ? 'x' : ' '}] ${inner}`;
  if (node.type === 'orderedList')
    return (node.content ?? []).map((item, at) => `${at + 1}. ${blocksToText(item.content ?? []).replaceAll('\n\n', '\n')}`).join('\n');
  return node.content === undefined ? atomText(node) : inner;
}
