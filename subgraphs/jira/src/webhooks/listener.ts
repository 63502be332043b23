import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import { BodyTooLarge, type Listening, listen, pathOf, readBody, sendJson } from '../../../../kit/process/http.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import type { Tls } from '../../../../kit/process/tls.ts';
import { type IssueChange, toIssueChange } from '../domain/webhook.ts';

export interface WebhookOptions {
  readonly host: string;
  readonly port: number;
  /** The listener's own certificate; Jira has none to show. */
  readonly tls?: Tls | undefined;
  /** The one that Jira's webhook was made with. */
  readonly secret: string;
  /** False: not everybody could be told, so Jira should send it again. */
  readonly changed: (keys: readonly string[]) => Promise<boolean>;
  /** The keys of all that a change is about; rejects when Jira cannot be asked for them now. */
  readonly findKeys: (change: IssueChange) => Promise<readonly string[]>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Logger;
}

const maxBodyBytes = 2 * 1024 * 1024;
/** Jira gives up repeating a webhook long before. */
const rememberMs = 24 * 3_600_000;
const mostRemembered = 50_000;

/**
 * Listens for Jira's webhooks on `POST /webhooks/jira`, and does nothing else: 401 without the right signature or secret, 200 for what was taken,
 * known already or not about issues, 400 for what is no webhook, 503 when it should come again.
 *
 * @throws Error naming JIRA_WEBHOOK_PORT when the port is taken.
 */
export function listenForWebhooks({ host, port, tls, secret, changed, findKeys, now, log }: WebhookOptions): Promise<Listening> {
  const seen = createMemory(now);
  return listen({
    host,
    port,
    portVariable: 'JIRA_WEBHOOK_PORT',
    tls,
    isMutual: false,
    handle: async (request, response) => {
      if (pathOf(request) !== '/webhooks/jira') return sendJson(response, 404, { status: 'not found' });
      if (request.method !== 'POST') return sendJson(response.setHeader('allow', 'POST'), 405, { status: 'only POST' });
      let raw: string;
      try {
        raw = await readBody(request, maxBodyBytes);
      } catch (error) {
        return sendJson(response, error instanceof BodyTooLarge ? 413 : 400, { status: 'unreadable' });
      }
      const isOurs = isSigned(secret, raw, header(request, 'x-hub-signature')) || isSecret(secret, header(request, 'authorization'));
      if (!isOurs) {
        log.warn('a webhook without the right signature was refused');
        return sendJson(response, 401, { status: 'the signature is missing or wrong' });
      }
      let body: unknown;
      try {
        // A webhook may exclude its body: its address then names the issue.
        body = raw === '' ? {} : JSON.parse(raw);
      } catch {
        return sendJson(response, 400, { status: 'not JSON' });
      }
      const change = toIssueChange(body, new URL(request.url ?? '/', 'http://tally.invalid').searchParams);
      const isOld = change?.at !== undefined && change.at < now() - rememberMs;
      // The identifier is not under the signature, so the body counts as well: sent once more with another identifier it is known, too. Without
      // a time in it the same body may tell of another change.
      const bodyMark = change?.at === undefined ? [] : [createHash('sha256').update(raw).digest('base64')];
      const marks = [header(request, 'x-atlassian-webhook-identifier'), ...bodyMark];
      if (change === undefined || isOld || marks.some(seen.has)) return sendJson(response, 200, { status: 'ignored' });
      // Jira repeats what it gets a 5xx for.
      let keys: readonly string[];
      try {
        keys = await findKeys(change);
      } catch (error) {
        log.warn({ err: error }, 'Jira could not be asked which issues a webhook is about');
        return sendJson(response, 503, { status: 'Jira could not be asked which issues it is about' });
      }
      if (!(await changed(keys))) return sendJson(response, 503, { status: 'not everybody could be told' });
      marks.forEach(seen.add);
      sendJson(response, 200, { status: 'taken' });
    },
  });
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** `Bearer` and the secret itself, for rules of Jira Automation: they can send a header, but sign nothing. */
function isSecret(secret: string, authorization: string | undefined): boolean {
  const [, given] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
  if (given === undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** `sha256=` and the hex HMAC of the raw body, compared in constant time. */
function isSigned(secret: string, raw: string, signature: string | undefined): boolean {
  const [, given] = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? '') ?? [];
  if (given === undefined) return false;
  return timingSafeEqual(createHmac('sha256', secret).update(raw).digest(), Buffer.from(given, 'hex'));
}

/** Remembers for a day what it was given. */
function createMemory(now: () => number) {
  const seenAt = new LRUCache<string, number>({ max: mostRemembered });
  return {
    has: (what: string | undefined): boolean => what !== undefined && (seenAt.get(what) ?? Number.NEGATIVE_INFINITY) > now() - rememberMs,
    add: (what: string | undefined): void => {
      if (what !== undefined) seenAt.set(what, now());
    },
  };
}
