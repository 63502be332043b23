/** What an attached file is to people. */
export type FileKind = 'picture' | 'video' | 'audio' | 'document' | 'archive' | 'file';

/** The media type of an attached file, as far as Jira tells it. */
export type FindType = (name: string) => string | undefined;

const byExtension: Readonly<Record<Exclude<FileKind, 'file'>, string>> = {
  picture: 'png jpg jpeg jpe jfif gif webp svg bmp tif tiff ico heic heif avif psd ai',
  video: 'mp4 m4v mov avi mkv webm wmv mpg mpeg flv 3gp ogv',
  audio: 'mp3 wav ogg oga m4a aac flac wma opus',
  document: 'pdf doc docx docm dot dotx rtf odt xls xlsx xlsm xlsb ods csv tsv ppt pptx pptm odp txt md log pages numbers key epub',
  archive: 'zip gz tgz tar bz2 xz 7z rar jar war zst',
};

const kinds = new Map(
  Object.entries(byExtension).flatMap(([kind, extensions]) => extensions.split(' ').map((extension) => [extension, kind as FileKind])),
);

const documents =
  /^(?:text\/|application\/(?:pdf|msword|rtf|epub|vnd\.(?:ms-(?:excel|powerpoint|word)|openxmlformats-officedocument|oasis\.opendocument|apple\.(?:pages|numbers|keynote))))/;
const archives =
  /^application\/(?:x-)?(?:zip|gzip|tar|bzip2?|xz|7z|rar|vnd\.rar|java-archive|zstd|zip-compressed|rar-compressed|7z-compressed|compressed)/;
/** Types that say nothing: then the name does. */
const unsaid = /^(?:|application\/(?:octet-stream|x-download|force-download|binary|unknown)|binary\/octet-stream|unknown\/unknown)$/;

/** By the media type, else by the name's extension, else `otherwise`. */
export function toFileKind(
  { name, mediaType = '' }: { readonly name: string; readonly mediaType?: string | undefined },
  otherwise: FileKind,
): FileKind {
  const type = (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('video/')) return 'video';
  if (type.startsWith('audio/')) return 'audio';
  if (documents.test(type)) return 'document';
  if (archives.test(type)) return 'archive';
  if (!unsaid.test(type)) return 'file';
  const [, extension = ''] = /\.([a-z0-9]{1,5})(?:[?#].*)?$/i.exec(name.trim()) ?? [];
  // Words about a picture may have a full stop, too: “Login 2.0”.
  return kinds.get(extension.toLowerCase()) ?? otherwise;
}

/** As it stands in a text: `[document: report.pdf]`. */
export function toFileLabel(kind: FileKind, name: string): string {
  return name === '' ? `[${kind}]` : `[${kind}: ${name}]`;
}
