import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import Negotiator from 'negotiator';

/** A file as it goes to one client. */
export interface StaticFile {
  readonly body: Buffer;
  /** `content-type`, `content-length`, `etag`, and for a file that has compressed forms `vary` and maybe `content-encoding`. */
  readonly headers: Readonly<Record<string, string | number>>;
}

/** The files of a directory. */
export interface StaticFiles {
  /** The file at a URL's path, in the best form that the client takes; undefined when there is none. Never leaves the directory. */
  readonly find: (path: string, headers: IncomingHttpHeaders) => Promise<StaticFile | undefined>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

/** The best first. The build puts these forms beside the files (`scripts/finish-page.ts`). */
const encodings = [
  { name: 'br', extension: '.br' },
  { name: 'gzip', extension: '.gz' },
] as const;

interface Loaded {
  readonly changedAt: number;
  readonly size: number;
  readonly body: Buffer;
  readonly etag: string;
}

/** Reads files as they are asked for, and again when they have changed; a built page is small enough to stay in memory. */
export function createStaticFiles(directory: string): StaticFiles {
  const loaded = new Map<string, Loaded>();
  const root = normalize(directory) + sep;

  const load = async (file: string): Promise<Loaded | undefined> => {
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() !== true) return undefined;
    const known = loaded.get(file);
    if (known?.changedAt === found.mtimeMs && known.size === found.size) return known;
    const body = await readFile(file);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const read: Loaded = { changedAt: found.mtimeMs, size: found.size, body, etag };
    loaded.set(file, read);
    return read;
  };

  return {
    find: async (path, headers) => {
      const file = toFile(root, path);
      const plain = file === undefined ? undefined : await load(file);
      if (file === undefined || plain === undefined) return undefined;
      const type = contentTypes[extname(file)] ?? 'application/octet-stream';
      const loadForms = encodings.map(async ({ name, extension }) => {
        const form = await load(file + extension);
        // One that is older than the file is of another build.
        return form === undefined || form.changedAt < plain.changedAt ? [] : [{ name, form }];
      });
      const forms = (await Promise.all(loadForms)).flat();
      const accepted = new Negotiator({ headers }).encodings(['identity', ...forms.map(({ name }) => name)]);
      const best = forms.find(({ name }) => accepted.includes(name));
      const { body, etag } = best?.form ?? plain;
      const sent: Record<string, string | number> = { 'content-type': type, 'content-length': body.length, etag };
      if (forms.length > 0) sent['vary'] = 'accept-encoding';
      if (best !== undefined) sent['content-encoding'] = best.name;
      return { body, headers: sent };
    },
  };
}

/** The file of a path inside the root; compressed forms have no path of their own. */
function toFile(root: string, path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const file = normalize(join(root, decoded));
  const isInside = file.startsWith(root) && !decoded.includes('\0');
  return isInside && !encodings.some(({ extension }) => file.endsWith(extension)) ? file : undefined;
}

interface Sent {
  readonly file: StaticFile;
  /** Its name changes with its content: it may be kept for ever. */
  readonly isHashed: boolean;
  readonly status: 200 | 404;
  /** The content security policy. */
  readonly policy: string;
}

/** Sends a file, or that the client has it already. */
export function sendStaticFile(request: IncomingMessage, response: ServerResponse, { file, isHashed, status, policy }: Sent): void {
  const headers = {
    ...file.headers,
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': policy,
  };
  if (status === 200 && isKnown(request, String(file.headers['etag']))) {
    const { 'content-length': _length, ...rest } = headers as Record<string, string | number>;
    response.writeHead(304, rest).end();
    return;
  }
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : file.body);
}

/** Whether the client has this very form already; proxies may have made its tag a weak one. */
function isKnown(request: IncomingMessage, etag: string): boolean {
  const tags = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
