import { type FileKind, type FindType, toFileLabel } from './file-kinds.ts';
import { escapeHtml, toLink } from './html.ts';

/** A picture that is attached to an issue, by what Jira says of it. */
export interface AttachedPicture {
  /** Jira's number of the attachment, whose content never changes. */
  readonly id: string;
  readonly name: string;
  /** Undefined when Jira does not say. */
  readonly sizeBytes?: number;
  readonly hasThumbnail: boolean;
}

/** A picture that a document names. */
export interface PictureMention {
  /** Its file's name; empty when the document does not tell it. */
  readonly name: string;
  /** Under which Cloud's editor knows the file; an attachment tells it only when it is fetched. */
  readonly mediaId?: string;
  readonly isThumbnail?: boolean;
}

/** What is known of the files of the issue that a document belongs to. */
export interface Files {
  readonly findPicture: FindPicture;
  readonly findType: FindType;
}

/** The address of a picture of the issue that a document belongs to; undefined when there is none to show. */
export type FindPicture = (mention: PictureMention) => string | undefined;

interface Picture extends PictureMention {
  /** What to call it when it is not shown. */
  readonly kind: FileKind;
  /** Where it lies, when that is outside of Jira: a page that shows it would tell that site of its reader. */
  readonly href: string;
  readonly find: FindPicture;
}

/** A picture, or what is known of it when there is none to show. */
export function toPicture({ href, find, kind, ...mention }: Picture): string {
  const { name } = mention;
  const address = href === '' && kind === 'picture' ? find(mention) : undefined;
  const label = toFileLabel(kind, name);
  if (address !== undefined) return `<img src="${escapeHtml(address)}" alt="${escapeHtml(name)}" loading="lazy">`;
  return href === '' ? `<em>${escapeHtml(label)}</em>` : toLink(href, escapeHtml(label));
}

/** The types that browsers show and that can hold no script. */
const shownTypes = new Set(['image/png', 'image/jpeg', 'image/jpg', 'image/pjpeg', 'image/gif', 'image/webp']);

/** Whether an attachment of this type may be shown, as far as Jira's word goes; its content is looked at, too. */
export function isShownType(mediaType: string): boolean {
  return shownTypes.has((mediaType.split(';', 1)[0] ?? '').trim().toLowerCase());
}

const mediaIdForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Below this path the router serves the pictures of the issues that a session holds. */
const root = '/attachments/';

/**
 * Finds the pictures of an issue: by their name; among several of one name by the media id, else the newest. A media id that comes with no known name
 * is looked up when the picture is asked for.
 */
export function createPictureFinder(key: string, attached: readonly AttachedPicture[]): FindPicture {
  return ({ name, mediaId = '', isThumbnail = false }) => {
    const named = attached.filter((each) => each.name === name);
    const newest = named.toSorted((a, b) => Number(a.id) - Number(b.id)).at(-1);
    if (attached.length === 0) return undefined;
    if (named.length !== 1 && mediaIdForm.test(mediaId)) return `${root}${key}/media/${mediaId.toLowerCase()}`;
    if (newest === undefined) return undefined;
    return `${root}${key}/${newest.id}${isThumbnail && newest.hasThumbnail ? '/thumbnail' : ''}`;
  };
}

/** HTML with the addresses of an issue's pictures under the key that it was asked for by: under it a session holds a moved issue. */
export function renamePictures(html: string, key: string, askedKey: string): string {
  // Quotes within texts are escaped: only attributes of ours look like this.
  return html.replaceAll(`<img src="${root}${key}/`, `<img src="${root}${askedKey}/`);
}

/** A file's name as a part of an address or of a header (RFC 8187). */
export function toEncodedName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*!]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What an address asks for. */
export interface WantedPicture {
  readonly key: string;
  readonly picture:
    | { readonly kind: 'attachment'; readonly id: string; readonly form: PictureForm }
    | { readonly kind: 'media'; readonly mediaId: string };
}

export type PictureForm = 'whole' | 'thumbnail';

/** An address that `createPictureFinder` made; undefined for any other. */
export function parsePicturePath(path: string): WantedPicture | undefined {
  const [, key, id, thumbnail, mediaId = ''] =
    /^\/attachments\/([A-Z][A-Z0-9_]{0,254}-[1-9]\d{0,17})\/(?:(\d{1,18})(\/thumbnail)?|media\/([0-9a-f-]{36}))$/.exec(path) ?? [];
  if (key === undefined) return undefined;
  if (id !== undefined) return { key, picture: { kind: 'attachment', id, form: thumbnail === undefined ? 'whole' : 'thumbnail' } };
  return mediaIdForm.test(mediaId) ? { key, picture: { kind: 'media', mediaId } } : undefined;
}

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

const beginnings: readonly (readonly [type: PictureType, hex: RegExp])[] = [
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/gif', /^474946383[79]61/],
  ['image/webp', /^52494646.{8}57454250/],
];

/** What bytes are, by how they begin (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern), whatever they are called; undefined for no picture. */
export function toPictureType(bytes: Uint8Array): PictureType | undefined {
  const hex = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return beginnings.find(([, form]) => form.test(hex))?.[0];
}
