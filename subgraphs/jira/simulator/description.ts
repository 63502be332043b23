import type { SimBlock } from './world.ts';

/** As Jira's text search sees it. */
export function plainText(blocks: readonly SimBlock[]): string {
  return blocks.map((block) => toPlain(block)).join(' ');
}

function toPlain(block: SimBlock): string {
  if (block.kind === 'picture') return '';
  return block.kind === 'bullets' ? block.items.join(' ') : block.text;
}

/** As REST v3 tells it: an Atlassian document, or null. */
export function toAdf(blocks: readonly SimBlock[]): unknown {
  if (blocks.length === 0) return null;
  const text = (value: string, marks?: readonly unknown[]) => ({ type: 'text', text: value, ...(marks === undefined ? {} : { marks }) });
  const toNode = (block: SimBlock): unknown => {
    switch (block.kind) {
      case 'heading':
        return { type: 'heading', attrs: { level: 3 }, content: [text(block.text)] };
      case 'paragraph':
        return { type: 'paragraph', content: [text(block.text)] };
      case 'bullets':
        return {
          type: 'bulletList',
          content: block.items.map((item) => ({ type: 'listItem', content: [{ type: 'paragraph', content: [text(item)] }] })),
        };
      case 'code':
        return { type: 'codeBlock', attrs: { language: block.language }, content: [text(block.text)] };
      case 'picture': {
        const { mediaId, name } = block.attachment;
        const media = { type: 'media', attrs: { type: 'file', id: mediaId, alt: name, collection: '', width: 480, height: 300 } };
        return { type: 'mediaSingle', attrs: { layout: 'align-start' }, content: [media] };
      }
      case 'link':
        return { type: 'paragraph', content: [text(block.text, [{ type: 'link', attrs: { href: block.href } }])] };
    }
  };
  return { type: 'doc', version: 1, content: blocks.map(toNode) };
}

/** As REST v2 tells it: wiki text, or null. */
export function toWiki(blocks: readonly SimBlock[]): string | null {
  return blocks.length === 0 ? null : blocks.map(toWikiBlock).join('\r\n\r\n');
}

function toWikiBlock(block: SimBlock): string {
  switch (block.kind) {
    case 'heading':
      return `h3. ${block.text}`;
    case 'paragraph':
      return block.text;
    case 'bullets':
      return block.items.map((item) => `* ${item}`).join('\r\n');
    case 'code':
      return `{code:${block.language}}\r\n${block.text}\r\n{code}`;
    case 'picture':
      return `!${block.attachment.name}|thumbnail!`;
    case 'link':
      return `[${block.text}|${block.href}]`;
  }
}
