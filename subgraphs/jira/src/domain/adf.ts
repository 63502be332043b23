import { type AdfNode, attribute, toAdfNode, toAtom, toCard, toFirstNumber, toMediaKind, toMediaName } from './adf-node.ts';
import { toAdfText, toPanelName } from './adf-text.ts';
import type { FindType } from './file-kinds.ts';
import { escapeHtml, toLink } from './html.ts';
import type { Description } from './issue.ts';
import { type FindPicture, toPicture } from './pictures.ts';

/**
 * An Atlassian document as text and as safe HTML; null for an empty one. Pictures are those that `findPicture` knows; other files are called by
 * their kind.
 * Nodes that it does not know count as their content, whatever stands in them is escaped.
 */
export function renderAdf(
  document: unknown,
  findPicture: FindPicture = () => undefined,
  findType: FindType = () => undefined,
): Description | null {
  const root = toAdfNode(document, findType);
  if (root === undefined) return null;
  const text = toAdfText(root.content).trim();
  return text === '' ? null : { text, html: createHtmlRenderer(findPicture)(root) };
}

const wrappers = new Map(
  Object.entries({
    paragraph: 'p',
    bulletList: 'ul',
    listItem: 'li',
    blockquote: 'blockquote',
    table: 'table',
    tableRow: 'tr',
    taskList: 'ul',
    decisionList: 'ul',
    decisionItem: 'li',
    caption: 'p',
    mediaSingle: 'p',
    mediaGroup: 'p',
  }),
);

const markTags = new Map(Object.entries({ strong: 'strong', em: 'em', code: 'code', strike: 's', underline: 'u' }));

function createHtmlRenderer(findPicture: FindPicture): (node: AdfNode) => string {
  const toHtml = (node: AdfNode): string => {
    const inner = () => node.content.map(toHtml).join('');
    switch (node.type) {
      case 'text':
        return node.marks.reduce(toMarked, escapeHtml(node.text ?? ''));
      case 'hardBreak':
        return '<br>';
      case 'rule':
        return '<hr>';
      case 'heading': {
        const level = Math.min(6, Math.max(1, Math.trunc(Number(node.attrs['level'])) || 3));
        return `<h${level}>${inner()}</h${level}>`;
      }
      case 'codeBlock':
        return `<pre><code>${escapeHtml(node.content.map(({ text }) => text ?? '').join(''))}</code></pre>`;
      case 'orderedList': {
        const first = toFirstNumber(node);
        return `<ol${first === 1 ? '' : ` start="${first}"`}>${inner()}</ol>`;
      }
      case 'taskItem':
      case 'blockTaskItem':
        return `<li><input type="checkbox" disabled${attribute(node, 'state') === 'DONE' ? ' checked' : ''}> ${inner()}</li>`;
      case 'expand':
      case 'nestedExpand':
        return `<details open><summary>${escapeHtml(attribute(node, 'title'))}</summary>${inner()}</details>`;
      case 'panel': {
        const name = toPanelName(node);
        return `<blockquote>${name === '' ? '' : `<p><strong>${name}</strong></p>`}${inner()}</blockquote>`;
      }
      case 'tableHeader':
      case 'tableCell':
        return toCell(node, inner());
      case 'media':
      case 'mediaInline':
      case 'image':
        return toPicture({
          name: toMediaName(node),
          kind: toMediaKind(node),
          mediaId: attribute(node, 'id'),
          href: attribute(node, 'url'),
          find: findPicture,
        });
      case 'inlineCard':
      case 'blockCard':
      case 'embedCard': {
        const { href, label } = toCard(node);
        const link = toLink(href, escapeHtml(label));
        return node.type === 'inlineCard' ? link : `<p>${link}</p>`;
      }
      default: {
        const tag = wrappers.get(node.type);
        if (tag !== undefined) return `<${tag}>${inner()}</${tag}>`;
        return node.content.length === 0 ? escapeHtml(toAtom(node)) : inner();
      }
    }
  };
  return toHtml;
}

function toMarked(html: string, mark: AdfNode): string {
  if (mark.type === 'link') return toLink(attribute(mark, 'href'), html);
  if (mark.type === 'subsup') {
    const tag = attribute(mark, 'type') === 'sub' ? 'sub' : 'sup';
    return `<${tag}>${html}</${tag}>`;
  }
  const tag = markTags.get(mark.type);
  return tag === undefined ? html : `<${tag}>${html}</${tag}>`;
}

function toCell(node: AdfNode, inner: string): string {
  const span = (name: string) => {
    const count = Number(node.attrs[name]);
    return Number.isSafeInteger(count) && count > 1 && count <= 100 ? ` ${name}="${count}"` : '';
  };
  const tag = node.type === 'tableHeader' ? 'th' : 'td';
  return `<${tag}${span('colspan')}${span('rowspan')}>${inner}</${tag}>`;
}
