import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '../../../../kit/process/errors.ts';
import { errorBody, pathOf, sendJson } from '../../../../kit/process/http.ts';
import { type JiraErrorCode, jiraError } from '../domain/errors.ts';
import { type AttachedPicture, type PictureForm, parsePicturePath, toEncodedName, type WantedPicture } from '../domain/pictures.ts';
import type { IssueSource } from '../source/issue-source.ts';
import type { Pictures } from './picture-cache.ts';

export interface PictureRouteOptions {
  readonly source: Pick<IssueSource, 'findMany'>;
  readonly pictures: Pictures;
  /** The issue for which the router vouches: whoever asks is in a session that holds it. Undefined when somebody else asks. */
  readonly findVouched: (request: IncomingMessage) => string | undefined;
}

const statuses: Partial<Record<JiraErrorCode, number>> = {
  CALLER_NOT_ALLOWED: 403,
  ISSUE_NOT_FOUND: 404,
  PICTURE_NOT_FOUND: 404,
  PICTURE_TOO_LARGE: 413,
  JIRA_FORBIDDEN: 502,
};

/**
 * Serves `/attachments/KEY/…`: pictures of an issue that the router vouches for, and that we see ourselves. False for any other path.
 * Only what hangs on that very issue is fetched, by its number and from Jira alone; it is sent as what its bytes are.
 */
export function createPictureRoute({ source, pictures, findVouched }: PictureRouteOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = pathOf(request);
    if (!path.startsWith('/attachments/')) return false;
    try {
      const wanted = parsePicturePath(path);
      if (request.method !== 'GET' || wanted === undefined) throw notFound();
      if (request.headers.origin !== undefined || findVouched(request) !== wanted.key)
        throw jiraError('CALLER_NOT_ALLOWED', 'Ask the router for pictures, with the token of a participant.');
      const { attached, form } = await find(wanted);
      const tag = `"${attached.id}-${form}"`;
      // An attachment is never another one: what the browser has is still it, if it may still have it.
      const headers = { etag: tag, 'cache-control': 'private, no-cache', vary: 'authorization' };
      if (request.headers['if-none-match'] === tag) {
        response.writeHead(304, headers).end();
        return true;
      }
      const { bytes, type } = await pictures.read(attached, form);
      response
        .writeHead(200, {
          ...headers,
          'content-type': type,
          'content-length': bytes.length,
          'content-disposition': `inline; filename*=UTF-8''${toEncodedName(attached.name)}`,
          'content-security-policy': "default-src 'none'; sandbox",
          'cross-origin-resource-policy': 'same-origin',
        })
        .end(bytes);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const code = error.code as JiraErrorCode;
      const seconds = error.details['retryAfterSeconds'];
      if (seconds !== undefined) response.setHeader('retry-after', String(seconds));
      sendJson(response, statuses[code] ?? 503, errorBody(code, error.message));
    }
    return true;
  };

  async function find({ key, picture }: WantedPicture): Promise<{ readonly attached: AttachedPicture; readonly form: PictureForm }> {
    const [found] = await source.findMany([key]);
    if (found?.status !== 'found') throw found?.error ?? notFound();
    // What was cached by a version that did not have them.
    const all = found.issue.pictures ?? [];
    const attached =
      picture.kind === 'media' ? await pictures.findByMediaId(all, picture.mediaId) : all.find(({ id }) => id === picture.id);
    if (attached === undefined) throw notFound();
    return { attached, form: picture.kind === 'media' ? 'whole' : picture.form };
  }
}

function notFound(): Error {
  return jiraError('PICTURE_NOT_FOUND', 'The issue has no such picture.');
}
