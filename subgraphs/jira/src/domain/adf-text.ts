import { type AdfNode, attribute, toAtom, toCard, toFirstNumber } from './adf-node.ts';
import { toSubscript, toSuperscript } from './raised.ts';

const inlineTypes = new Set([
  'text',
  'hardBreak',
  'mention',
  'emoji',
  'inlineCard',
  'date',
  'status',
  'placeholder',
  'mediaInline',
  'inlineExtension',
]);

/** Nodes as plain text, paragraphs apart by an empty line; it says what the document says, a strike and an exponent included. */
export function toAdfText(nodes: readonly AdfNode[]): string {
  let text = '';
  let wasInline = false;
  for (const node of joinRuns(nodes)) {
    const isInline = inlineTypes.has(node.type);
    const said = isInline ? toInline(node) : toBlock(node);
    if (said === '') continue;
    const separator = text === '' || (isInline && wasInline) ? '' : separatorBefore(node);
    text += `${separator}${said}`;
    wasInline = isInline;
  }
  return text;
}

/** Texts that follow each other under one link, or struck in one go, as one text: the address, or the strike, is of all of them. */
function joinRuns(nodes: readonly AdfNode[]): readonly AdfNode[] {
  const joined: AdfNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    const isRun = last?.type === 'text' && node.type === 'text' && toRun(last) === toRun(node);
    if (!isRun) joined.push(node);
    else
      joined[joined.length - 1] = {
        ...last,
        marks: last.marks.filter(({ type }) => type !== 'subsup'),
        text: `${toRaised(last)}${toRaised(node)}`,
      };
  }
  return joined;
}

/** What texts have in common that belong together. */
function toRun({ marks }: AdfNode): string {
  const link = marks.find(({ type }) => type === 'link');
  const isStruck = marks.some(({ type }) => type === 'strike');
  return JSON.stringify([link?.attrs['href'], isStruck]);
}

function toRaised({ text = '', marks }: AdfNode): string {
  const raised = marks.find(({ type }) => type === 'subsup');
  if (raised === undefined) return text;
  return attribute(raised, 'type') === 'sub' ? toSubscript(text) : toSuperscript(text);
}

function separatorBefore({ type }: AdfNode): string {
  if (type === 'tableCell' || type === 'tableHeader') return ' | ';
  return ['listItem', 'taskItem', 'blockTaskItem', 'decisionItem', 'tableRow', 'media', 'caption'].includes(type) ? '\n' : '\n\n';
}

function toInline(node: AdfNode): string {
  if (node.type === 'inlineCard') {
    const { href, label } = toCard(node);
    return href === '' || href === label ? label : `${label} (${href})`;
  }
  if (node.type !== 'text') return toAtom(node);
  const marks = (type: string) => node.marks.find((mark) => mark.type === type);
  let text = toRaised(node);
  if (marks('strike') !== undefined) text = text.replace(/\S(?:.*\S)?/s, (struck) => `~${struck}~`);
  const link = marks('link');
  const href = link === undefined ? '' : attribute(link, 'href');
  if (href === '' || href === text.trim()) return text;
  return text.replace(/\s*$/, (blank) => ` (${href})${blank}`);
}

function toBlock(node: AdfNode): string {
  const inner = () => toAdfText(node.content);
  switch (node.type) {
    case 'bulletList':
      return toLines(node.content.map((item) => toItem('- ', item)));
    case 'orderedList':
      return toLines(node.content.map((item, at) => toItem(`${toFirstNumber(node) + at}. `, item)));
    case 'taskList':
    case 'decisionList':
      return toLines(node.content.map((item) => (item.type === node.type ? indent(toBlock(item), '  ', '  ') : toBlock(item))));
    case 'listItem':
      return toItem('- ', node);
    case 'taskItem':
    case 'blockTaskItem':
      return toItem(attribute(node, 'state') === 'DONE' ? '[x] ' : '[ ] ', node);
    case 'decisionItem':
      return toItem(attribute(node, 'state') === 'DECIDED' ? '<> ' : '< > ', node);
    case 'expand':
    case 'nestedExpand':
      return [attribute(node, 'title'), inner()].filter((part) => part !== '').join('\n\n');
    case 'panel':
      return [toPanelName(node), inner()].filter((part) => part !== '').join(': ');
    case 'blockquote':
      return indent(inner(), '> ', '> ');
    case 'rule':
      return '---';
    case 'tableRow':
      return node.content.map((cell) => toAdfText(cell.content).replace(/\s*\n\s*/g, ' ')).join(' | ');
    case 'blockCard':
    case 'embedCard':
      return toInline({ ...node, type: 'inlineCard' });
    default:
      return node.content.length === 0 ? toAtom(node) : inner();
  }
}

/** What kind of panel it is; nothing for one that is only a box. */
export function toPanelName(node: AdfNode): string {
  const names: Readonly<Record<string, string>> = {
    note: 'Note',
    warning: 'Warning',
    error: 'Error',
    success: 'Success',
    tip: 'Tip',
    info: 'Info',
  };
  return names[attribute(node, 'panelType')] ?? '';
}

function toItem(bullet: string, item: AdfNode): string {
  const said = toAdfText(item.content);
  return said === '' ? '' : `${bullet}${indent(said.replaceAll('\n\n', '\n'), ' '.repeat(bullet.length))}`;
}

function toLines(items: readonly string[]): string {
  return items.filter((item) => item !== '').join('\n');
}

/** All lines after the first begin with `prefix`, and the first with `first`. */
function indent(text: string, prefix: string, first = ''): string {
  return `${first}${text.replaceAll('\n', `\n${prefix}`)}`;
}
