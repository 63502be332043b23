import { type FileKind, type FindType, toFileKind, toFileLabel } from './file-kinds.ts';

/** A node of Atlassian's document format: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
export interface AdfNode {
  readonly type: string;
  readonly text?: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly marks: readonly AdfNode[];
  readonly content: readonly AdfNode[];
}

/** What lies deeper is left out. */
const maxDepth = 40;

const media: ReadonlySet<string> = new Set(['media', 'mediaInline', 'image']);

/** A document that may be anything as nodes that can be relied upon, with what Jira says of the types of its files; undefined when it is none. */
export function toAdfNode(value: unknown, findType: FindType, depth = 0): AdfNode | undefined {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return undefined;
  const toNodes = (values: unknown) =>
    Array.isArray(values) ? values.map((each) => toAdfNode(each, findType, depth + 1)).filter((node) => node !== undefined) : [];
  const { type, text, attrs, marks, content } = value as Record<string, unknown>;
  if (typeof type !== 'string') return undefined;
  const node: AdfNode = {
    type,
    ...(typeof text === 'string' ? { text } : {}),
    attrs: typeof attrs === 'object' && attrs !== null ? (attrs as Record<string, unknown>) : {},
    marks: toNodes(marks),
    content: toNodes(content),
  };
  const mediaType = media.has(type) ? findType(toMediaName(node)) : undefined;
  return mediaType === undefined ? node : { ...node, attrs: { ...node.attrs, __fileMimeType: mediaType } };
}

/** A text attribute; empty when there is none. */
export function attribute({ attrs }: AdfNode, name: string): string {
  const value = attrs[name];
  return typeof value === 'string' ? value : '';
}

/** A file's name, as far as a media node tells it. */
export function toMediaName(node: AdfNode): string {
  return attribute(node, '__fileName') || attribute(node, 'alt');
}

/** What a media node is: the editor's `mediaInline` is a file unless it says something else, the others are pictures. */
export function toMediaKind(node: AdfNode): FileKind {
  const isInline = node.type === 'mediaInline' && attribute(node, 'type') !== 'image';
  const name = toMediaName(node) || attribute(node, 'url');
  return toFileKind({ name, mediaType: attribute(node, '__fileMimeType') || attribute(node, 'mimeType') }, isInline ? 'file' : 'picture');
}

/** What a node without content says: a mention's name, an emoji, a date. */
export function toAtom(node: AdfNode): string {
  switch (node.type) {
    case 'hardBreak':
      return '\n';
    case 'date': {
      const date = new Date(Number(node.attrs['timestamp']));
      return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
    }
    case 'mention': {
      const name = attribute(node, 'text');
      return name === '' ? '@somebody' : name;
    }
    case 'emoji':
      return attribute(node, 'text') || attribute(node, 'shortName');
    case 'status':
    case 'placeholder':
      return attribute(node, 'text');
    case 'media':
    case 'mediaInline':
    case 'image':
      return toFileLabel(toMediaKind(node), toMediaName(node));
    case 'extension':
    case 'inlineExtension':
    case 'syncBlock':
      return attribute(node, 'text') || `[${attribute(node, 'extensionKey') || 'extension'}]`;
    default:
      return node.text ?? (attribute(node, 'text') || attribute(node, 'url'));
  }
}

/** A smart link's address and what to call it; its data may stand in for the address (JSON-LD, https://schema.org). */
export function toCard(node: AdfNode): { readonly href: string; readonly label: string } {
  const data = (typeof node.attrs['data'] === 'object' && node.attrs['data'] !== null ? node.attrs['data'] : {}) as Record<string, unknown>;
  const textOf = (name: string) => (typeof data[name] === 'string' ? data[name] : '');
  const href = attribute(node, 'url') || textOf('url') || textOf('@id');
  const name = textOf('name') || textOf('title');
  return { href, label: name || href || '[link]' };
}

/** The number that an ordered list begins with. */
export function toFirstNumber({ attrs }: AdfNode): number {
  const order = Number(attrs['order'] ?? 1);
  return Number.isSafeInteger(order) && order >= 0 ? order : 1;
}
