import { describe, expect, it } from 'vitest';
import { renderAdf } from './adf.ts';
import {
  type AttachedPicture,
  createPictureFinder,
  isShownType,
  parsePicturePath,
  renamePictures,
  toEncodedName,
  toPictureType,
} from './pictures.ts';
import { renderWiki } from './wiki.ts';

const mediaId = '6f1d0c4e-2b7a-4c1e-9d7e-0123456789ab';
const picture = (id: string, name: string, hasThumbnail = true): AttachedPicture => ({ id, name, hasThumbnail });
const attached = [
  picture('10042', 'shot.png'),
  picture('10050', 'image.png'),
  picture('9050', 'image.png'),
  picture('10060', 'a b.png', false),
];

const toHtml = (attrs: object, pictures = attached) =>
  renderAdf(
    { type: 'doc', content: [{ type: 'mediaSingle', content: [{ type: 'media', attrs: { type: 'file', collection: '', ...attrs } }] }] },
    createPictureFinder('ABC-1', pictures),
  )?.html;

describe('a picture in an Atlassian document', () => {
  it.each([
    ['by its file’s name', { id: mediaId, alt: 'shot.png' }, '/attachments/ABC-1/10042'],
    ['by the name that older editors wrote', { id: mediaId, __fileName: 'shot.png' }, '/attachments/ABC-1/10042'],
    ['by its media id where several have the name', { id: mediaId, alt: 'image.png' }, `/attachments/ABC-1/media/${mediaId}`],
    [
      'by its media id where the text is no file’s name',
      { id: mediaId.toUpperCase(), alt: 'The "new" page' },
      `/attachments/ABC-1/media/${mediaId}`,
    ],
    ['the newest of its name where it has no media id', { alt: 'image.png' }, '/attachments/ABC-1/10050'],
  ])('has an address, %s', (_name, attrs, address) => {
    expect(toHtml(attrs)).toContain(`<img src="${address}" alt="`);
  });

  it.each([
    ['nobody knows of', { id: 'no-uuid', alt: 'gone.png' }, attached],
    ['lies elsewhere', { type: 'external', url: 'https://evil.example/shot.png', alt: 'shot.png' }, attached],
    ['is of an issue without pictures', { id: mediaId, alt: 'shot.png' }, []],
  ])('has none when it %s', (_name, attrs, pictures) => {
    expect(toHtml(attrs, pictures)).not.toContain('<img');
  });
});

describe('a picture in wiki text', () => {
  const html = (wiki: string) => renderWiki(wiki, createPictureFinder('ABC-1', attached))?.html;

  it.each([
    ['!shot.png!', '/attachments/ABC-1/10042'],
    ['!shot.png|thumbnail!', '/attachments/ABC-1/10042/thumbnail'],
    ['!shot.png|width=200, Thumbnail!', '/attachments/ABC-1/10042/thumbnail'],
    ['!shot.png|width=200,height=100!', '/attachments/ABC-1/10042'],
    ['!shot.png|width=200, thumbnail , height=100!', '/attachments/ABC-1/10042/thumbnail'],
    ['!a b.png|thumbnail!', '/attachments/ABC-1/10060'],
    ['!image.png!', '/attachments/ABC-1/10050'],
  ])('%s', (wiki, address) => {
    expect(html(wiki)).toContain(`<img src="${address}"`);
  });

  it('of no attachment is named', () => {
    expect(html('!other.png!')).toBe('<p><em>[picture: other.png]</em></p>');
  });
});

it('a moved issue has its pictures under the key that it was asked for by, and only its pictures', () => {
  const html = '<p>/attachments/NEW-1/7 <img src="/attachments/NEW-1/7" alt="&quot; src=&quot;/attachments/NEW-1/7"></p>';
  expect(renamePictures(html, 'NEW-1', 'OLD-1')).toBe(
    '<p>/attachments/NEW-1/7 <img src="/attachments/OLD-1/7" alt="&quot; src=&quot;/attachments/NEW-1/7"></p>',
  );
});

it.each([
  ['/attachments/ABC-1/10042', { key: 'ABC-1', picture: { kind: 'attachment', id: '10042', form: 'whole' } }],
  ['/attachments/A_B2-1/7/thumbnail', { key: 'A_B2-1', picture: { kind: 'attachment', id: '7', form: 'thumbnail' } }],
  [`/attachments/ABC-1/media/${mediaId}`, { key: 'ABC-1', picture: { kind: 'media', mediaId } }],
  ['/attachments/ABC-1', undefined],
  ['/secure/attachments/ABC-1/7', undefined],
  ['/attachments/abc-1/7', undefined],
  ['/attachments/ABC-1/../7', undefined],
  ['/attachments/ABC-1/7/raw', undefined],
  ['/attachments/ABC-1/7%2f8', undefined],
  ['/attachments/ABC-1/media/------------------------------------', undefined],
  ['/attachments/ABC-1/https://evil.example', undefined],
])('the address %s', (path, wanted) => {
  expect(parsePicturePath(path)).toEqual(wanted);
});

// Beginnings by https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern.
it.each([
  ['89504E470D0A1A0A0000000D', 'image/png'],
  ['FFD8FFE000104A464946', 'image/jpeg'],
  ['474946383761', 'image/gif'],
  ['474946383961', 'image/gif'],
  ['524946461A00000057454250565038', 'image/webp'],
  ['524946461A00000041564920', undefined],
  ['89504E470D0A', undefined],
  ['424D3E', undefined],
  ['00000100', undefined],
  [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">').toString('hex'), undefined],
  [Buffer.from('<!doctype html><script>').toString('hex'), undefined],
  [Buffer.from(' GIF89a').toString('hex'), undefined],
  ['', undefined],
])('bytes that begin with %s are %s', (hex, type) => {
  expect(toPictureType(Buffer.from(hex, 'hex'))).toBe(type);
});

it('of the types that Jira tells, those that can hold a script are not shown', () => {
  const types = [
    'image/png',
    'IMAGE/JPEG',
    'image/gif; x=y',
    'image/webp ; x=y',
    'image/svg+xml',
    'text/html',
    'application/pdf',
    'image/bmp',
    '',
  ];
  expect(types.filter(isShownType)).toEqual(['image/png', 'IMAGE/JPEG', 'image/gif; x=y', 'image/webp ; x=y']);
});

// https://www.rfc-editor.org/rfc/rfc8187#section-3.2 for the signs that may stand as they are, and its example.
it.each([
  ['£ and € rates', '%C2%A3%20and%20%E2%82%AC%20rates'],
  ["it's (new)*!.png", 'it%27s%20%28new%29%2A%21.png'],
  ['a-b_c.d~1', 'a-b_c.d~1'],
  ['a"\r\nSet-Cookie: x', 'a%22%0D%0ASet-Cookie%3A%20x'],
  ['half \ud83d', 'half%20%EF%BF%BD'],
])('the name %j is %s in an address', (name, encoded) => {
  expect(toEncodedName(name)).toBe(encoded);
});
