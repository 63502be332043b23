import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { toMessage } from '../../../kit/process/errors.ts';
import { pathOf, sendJson } from '../../../kit/process/http.ts';
import type { RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import { toPublicError } from '../execution/public-errors.ts';
import type { FilesDeclaration } from '../planning/declarations.ts';
import { findHeld } from '../subscriptions/admission.ts';
import type { Gate } from '../subscriptions/gate.ts';
import type { FileAnswer, FileClient } from '../upstream/files.ts';

export interface FilesOptions {
  /** Those that the graph of the moment declares. */
  readonly declared: () => readonly FilesDeclaration[];
  readonly gate: Pick<Gate, 'identify' | 'findIssue'>;
  readonly client: FileClient;
  /** Where a subgraph is, and what the router says of itself there. */
  readonly upstreamOf: (subgraph: string) => {
    readonly url: string;
    readonly timeoutMs: number;
    readonly headers: (context: RouterContext) => Record<string, string>;
    readonly tls: Parameters<FileClient['get']>[0]['tls'];
  };
  readonly toContext: (request: IncomingMessage) => RouterContext;
}

/** What a page may be given besides JSON: pictures that can hold no script. */
const types = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const passedOn = ['content-type', 'content-length', 'content-disposition', 'etag', 'cache-control'] as const;
const maxErrorBytes = 64 * 1024;

const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  TOKEN_INVALID: 401,
  TOKEN_EXPIRED: 401,
  NOT_A_PARTICIPANT: 403,
  SUBGRAPH_UNAVAILABLE: 503,
  SUBGRAPH_INVALID_RESPONSE: 502,
};

/**
 * Serves the files of entities that subgraphs declare (`@files`): `PATH/KEY/…` for participants, by their token, whose session holds KEY. Asked anew
 * each time, so that whoever has left a session is shown nothing more. False for any other path.
 */
export function createFilesHandler({ declared, gate, client, upstreamOf, toContext }: FilesOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = pathOf(request);
    const files = declared().find((each) => path.startsWith(`${each.path}/`));
    if (files === undefined) return false;
    const context = toContext(request);
    response.setHeader('x-request-id', context.requestId);
    try {
      if (request.method !== 'GET') {
        response.setHeader('allow', 'GET');
        throw new RouterError('BAD_REQUEST', 'Files are served by GET.');
      }
      // Nothing that a URL parser would read as another path.
      if (!/^(?:\/[\w-]+)+$/.test(path)) throw new RouterError('BAD_REQUEST', 'This is no path of a file.');
      const key = path.slice(files.path.length + 1).split('/', 1)[0] ?? '';
      const { vouched } = await admit(key, context);
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const { url, timeoutMs, headers, tls } = upstreamOf(files.subgraph);
      const tag = request.headers['if-none-match'];
      const asked = { ...headers(vouched), ...(tag === undefined ? {} : { 'if-none-match': tag }) };
      const answer = await client.get({ url, path, headers: asked, timeoutMs, tls, signal: gone.signal }).catch((error: unknown) => {
        context.log.warn({ subgraph: files.subgraph, reason: toMessage(error) }, 'file request failed');
        throw new RouterError('SUBGRAPH_UNAVAILABLE', `The ${files.subgraph} service cannot be reached.`);
      });
      await sendFile(response, answer, files.subgraph);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return true;
      }
      const shown = toPublicError(error, context);
      response.setHeader('cache-control', 'no-store');
      sendJson(response, statuses[String(shown.extensions?.['code'])] ?? 400, { errors: [shown] });
    }
    return true;
  };

  async function admit(key: string, context: RouterContext): Promise<{ readonly vouched: RouterContext }> {
    const bearer = await gate.identify(context.forwarded['authorization']);
    if (bearer === undefined) throw new RouterError('UNAUTHENTICATED', 'Files are for participants: send the token of one.');
    if (bearer.kind === 'stranger') throw new RouterError('TOKEN_INVALID', 'The token is not one of ours.');
    const held = await findHeld(gate, key, bearer, context);
    // The same words whether there is such an issue or not.
    if (held === undefined) throw new RouterError('NOT_A_PARTICIPANT', 'The token is of no participant whose session holds it.');
    return { vouched: held.context };
  }
}

async function sendFile(response: ServerResponse, { status, headers, body }: FileAnswer, subgraph: string): Promise<void> {
  const given = passedOn.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const type = String(headers['content-type']);
  if (status === 304 || (status === 200 && types.has(type))) {
    response.writeHead(status, {
      ...Object.fromEntries(given),
      vary: 'authorization, origin',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    return pipeline(body, response);
  }
  const text = await readText(body);
  const isError = status >= 400 && type.startsWith('application/json') && text !== undefined;
  if (!isError) throw new RouterError('SUBGRAPH_INVALID_RESPONSE', `The ${subgraph} service was reached, but its answer is unusable.`);
  const retryAfter = headers['retry-after'];
  if (typeof retryAfter === 'string') response.setHeader('retry-after', retryAfter);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(text);
}

async function readText(body: FileAnswer['body']): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxErrorBytes) {
      body.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
