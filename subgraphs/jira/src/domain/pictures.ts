import { escapeHtml, toLink } from './html.ts';

/** The address of the picture of this file name, of the issue that a description belongs to; undefined when there is none to show. */
export type FindPicture = (name: string) => string | undefined;

interface Picture {
  /** Its file's name; empty when the document does not tell it. */
  readonly name: string;
  /** Where it lies, when that is outside of Jira: a page that shows it would tell that site of its reader. */
  readonly href: string;
  readonly find: FindPicture;
}

/** A picture, or what is known of it when there is none to show. */
export function toPicture({ name, href, find }: Picture): string {
  const address = href === '' ? find(name) : undefined;
  const label = name === '' ? 'picture' : `picture: ${name}`;
  if (address !== undefined) return `<img src="${escapeHtml(address)}" alt="${escapeHtml(name)}" loading="lazy">`;
  return href === '' ? `<em>[${escapeHtml(label)}]</em>` : toLink(href, `[${escapeHtml(label)}]`);
}
