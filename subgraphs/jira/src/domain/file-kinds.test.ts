import { describe, expect, it } from 'vitest';
import { renderAdf } from './adf.ts';
import { type FileKind, toFileKind } from './file-kinds.ts';
import { createPictureFinder } from './pictures.ts';
import { renderWiki } from './wiki.ts';

// Media types as Jira gives them: https://www.iana.org/assignments/media-types, and what browsers and proxies make of them.
const files: readonly (readonly [name: string, mediaType: string, kind: FileKind])[] = [
  ['a.png', 'image/png', 'picture'],
  ['a.svg', 'image/svg+xml', 'picture'],
  ['report.pdf', 'application/pdf', 'document'],
  ['notes.txt', 'text/plain; charset=utf-8', 'document'],
  ['plan.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document'],
  ['plan.xls', 'application/vnd.ms-excel', 'document'],
  ['plan.odt', 'application/vnd.oasis.opendocument.text', 'document'],
  ['logs.zip', 'application/zip', 'archive'],
  ['logs.zip', 'application/x-zip-compressed', 'archive'],
  ['logs.tar.gz', 'application/gzip', 'archive'],
  ['logs.rar', 'application/x-rar-compressed', 'archive'],
  ['demo.mp4', 'video/mp4', 'video'],
  ['demo.mov', 'VIDEO/QuickTime', 'video'],
  ['call.mp3', 'audio/mpeg', 'audio'],
  ['setup.exe', 'application/x-msdownload', 'file'],
  // The type decides where it says something, the name where it does not.
  ['a.png', 'application/pdf', 'document'],
  ['demo.mp4', 'application/octet-stream', 'video'],
  ['demo.MP4', '', 'video'],
  ['report', 'application/pdf', 'document'],
  ['demo.mp4', 'application/octet-stream ; name="demo.mp4"', 'video'],
  ['backup.2026.zip', '', 'archive'],
];

it.each(files)('%s of the type %s is a %s', (name, mediaType, kind) => {
  expect(toFileKind({ name, mediaType }, 'picture')).toBe(kind);
});

it.each<[string, FileKind]>([
  ['https://example.com/report.pdf?download=1', 'document'],
  ['https://example.com/demo.mp4#t', 'video'],
  ['report.pdf ', 'document'],
])('without a type, %j is a %s by its extension, whatever follows that', (name, kind) => {
  expect(toFileKind({ name }, 'picture')).toBe(kind);
});

it.each(['Login page', '', 'Version 2.0', 'a.unknown'])('“%s” tells nothing of a file without a type', (name) => {
  expect(toFileKind({ name }, 'picture')).toBe('picture');
  expect(toFileKind({ name }, 'file')).toBe('file');
});

describe.each(files)('%s of the type %s is called a %s', (name, mediaType, kind) => {
  const label = `[${kind}: ${name}]`;
  const finder = createPictureFinder('ABC-1', []);
  const findType = (asked: string) => (asked === name ? mediaType : undefined);

  it.each([
    ['media', { type: 'media', attrs: { type: 'file', id: 'a', alt: name } }],
    ['media with its file’s name', { type: 'media', attrs: { type: 'file', id: 'a', __fileName: name } }],
    ['mediaInline', { type: 'mediaInline', attrs: { type: 'file', id: 'a', alt: name } }],
  ])('by %s', (_kind, node) => {
    const content = [node.type === 'media' ? { type: 'mediaSingle', content: [node] } : { type: 'paragraph', content: [node] }];
    const said = renderAdf({ type: 'doc', content }, finder, findType);
    expect(said).toEqual({ text: label, html: `<p><em>${label}</em></p>` });
  });

  it('by wiki text', () => {
    expect(renderWiki(`[^${name}]`, finder, findType)).toEqual({ text: label, html: `<p><em>${label}</em></p>` });
    expect(renderWiki(`[see *this*|^${name}]`, finder, findType)).toEqual({
      text: `see this ${label}`,
      html: `<p>see <strong>this</strong> <em>${label}</em></p>`,
    });
    // Without an extension Jira's editor takes no such name either.
    if (name.includes('.'))
      expect(renderWiki(`!${name}|width=300!`, finder, findType)).toEqual({ text: label, html: `<p><em>${label}</em></p>` });
  });
});

it('a file that is no picture has no address, whatever the finder knows', () => {
  const find = () => '/attachments/ABC-1/1';
  const media = { type: 'mediaSingle', content: [{ type: 'media', attrs: { type: 'file', id: 'a', alt: 'demo.mp4' } }] };
  expect(renderAdf({ type: 'doc', content: [media] }, find)?.html).toBe('<p><em>[video: demo.mp4]</em></p>');
  expect(renderWiki('!demo.mp4!', find)?.html).toBe('<p><em>[video: demo.mp4]</em></p>');
});
