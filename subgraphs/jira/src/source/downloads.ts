import { type Dispatcher, Pool, request } from 'undici';
import type { Stop } from '../../../../kit/process/http.ts';
import { jiraError } from '../domain/errors.ts';
import { toOutcome } from './jira-answer.ts';

/** Where to download something from. */
export interface Download {
  readonly path: string;
  readonly endpoint: string;
  readonly query?: Readonly<Record<string, string>>;
}

export interface DownloadOptions {
  readonly baseUrl: string;
  /** The whole `Authorization` header. */
  readonly authorization: string;
  /** For one download, from its first byte asked for to its last one read. */
  readonly timeoutMs: number;
  /** Hosts besides Jira's from which it may have files fetched, without credentials; Atlassian's host of media unless given, and Jira itself on loopback. */
  readonly mediaHosts?: readonly string[];
  /** Milliseconds. */
  readonly now: () => number;
  readonly observe?: (attempt: { endpoint: string; method: string; status: number; durationMs: number }) => void;
}

export interface Downloads {
  /**
   * The bytes that are there. A redirect is followed once, to a known host of media and without our credentials.
   *
   * @throws PICTURE_TOO_LARGE past `maxBytes`, which are not read to their end; JiraRefusal, JIRA_FORBIDDEN (our credentials), JIRA_RATE_LIMITED,
   * JIRA_UNAVAILABLE.
   */
  readonly read: (download: Download, maxBytes: number) => Promise<Uint8Array>;
  /** Where a download is redirected to; undefined when it is not. Throws as `read`. */
  readonly findRedirect: (download: Download) => Promise<string | undefined>;
  readonly stop: Stop;
}

/** Downloads are few at a time, on connections of their own: they must not hold up what people ask for. */
const connections = 4;
/** Of an answer that is no file, enough to see what it is. */
const maxErrorBytes = 64 * 1024;

/** Fetches files from Jira: bounded in size, time and number, and from no other place than Jira and its host of media. */
export function createDownloads(options: DownloadOptions): Downloads {
  const { authorization, timeoutMs, now } = options;
  const base = new URL(options.baseUrl);
  // A simulated Jira is its own host of media.
  const { mediaHosts = isOnLoopback(base) ? [base.host] : ['api.media.atlassian.com'] } = options;
  const pathPrefix = base.pathname.replace(/\/+$/, '');
  const pool = new Pool(base.origin, { connections, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });

  /** The answer's bytes when it is one; a redirect's address; else what Jira says in place of a file is thrown. */
  const ask = async ({ path, query, endpoint }: Download, maxBytes: number): Promise<{ bytes: Uint8Array } | { location: string }> => {
    const startedAt = now();
    const whole = `${pathPrefix}${path}`;
    let status = 0;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
      const response = await pool.request({ method: 'GET', path: `${whole}${search}`, headers: { authorization }, signal });
      status = response.statusCode;
      const { headers } = response;
      const location = headers['location'];
      if (status >= 300 && status < 400 && typeof location === 'string' && isMedia(location)) {
        await response.body.dump().catch(() => undefined);
        return { location: new URL(location, base).href };
      }
      if (status === 200 && !/text\/html/i.test(String(headers['content-type']))) return { bytes: await readBytes(response, maxBytes) };
      const text = new TextDecoder().decode(await readBytes(response, maxErrorBytes).catch(() => new Uint8Array()));
      const outcome = toOutcome({ status, headers, text, path: whole }, now());
      throw outcome.kind === 'answer' ? noFile() : outcome.error;
    } catch (error) {
      throw isOwn(error) ? error : unreachable(error);
    } finally {
      options.observe?.({ endpoint, method: 'GET', status, durationMs: now() - startedAt });
    }
  };

  /** Https, or on loopback what Jira itself speaks there. */
  const isMedia = (location: string): boolean => {
    if (!URL.canParse(location, base.href)) return false;
    const url = new URL(location, base);
    const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isOnLoopback(base) && isOnLoopback(url));
    return isSafe && mediaHosts.includes(url.host) && url.username === '' && url.password === '';
  };

  const readMedia = async (location: string, maxBytes: number): Promise<Uint8Array> => {
    try {
      // Without credentials: the address has a token of its own. Without any further redirect, too.
      const response = await request(location, {
        signal: AbortSignal.timeout(timeoutMs),
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      if (response.statusCode === 200) return await readBytes(response, maxBytes);
      await response.body.dump().catch(() => undefined);
      throw noFile();
    } catch (error) {
      throw isOwn(error) ? error : unreachable(error);
    }
  };

  return {
    read: async (download, maxBytes) => {
      const answer = await ask(download, maxBytes);
      return 'bytes' in answer ? answer.bytes : readMedia(answer.location, maxBytes);
    },
    findRedirect: async (download) => {
      const answer = await ask(download, 0).catch((error: unknown) => {
        // Bytes in place of a redirect.
        if (isTooLarge(error)) return { bytes: new Uint8Array() };
        throw error;
      });
      return 'location' in answer ? answer.location : undefined;
    },
    stop: () => pool.destroy(),
  };
}

function isOnLoopback({ hostname }: URL): boolean {
  return hostname === '127.0.0.1';
}

async function readBytes({ headers, body }: Dispatcher.ResponseData, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = jiraError('PICTURE_TOO_LARGE', `The picture has more than ${maxBytes} bytes.`);
  // Destroyed bodies tell of it as an error, to nobody.
  body.on('error', () => undefined);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge;
    for await (const chunk of body) {
      size += (chunk as Buffer).length;
      if (size > maxBytes) throw tooLarge;
      chunks.push(chunk as Buffer);
    }
  } finally {
    body.destroy();
  }
  return Buffer.concat(chunks);
}

function isOwn(error: unknown): boolean {
  return error instanceof Error && (error.name === 'DomainError' || error.name === 'JiraRefusal');
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'PICTURE_TOO_LARGE';
}

function noFile(): Error {
  return jiraError('PICTURE_NOT_FOUND', 'Jira gives no file there.');
}

function unreachable(cause: unknown): Error {
  const error = jiraError('JIRA_UNAVAILABLE', 'Jira cannot be reached, or takes too long with a file.');
  error.cause = cause;
  return error;
}
