import { setTimeout as wait } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Pool } from 'undici';
import { toMessage } from '../../../../kit/process/errors.ts';
import type { Stop } from '../../../../kit/process/http.ts';
import { isCredentialsRefused, jiraError } from '../domain/errors.ts';
import { createBreakers } from './breakers.ts';
import { createDownloads, type Downloads } from './downloads.ts';
import { type Outcome, rateLimited, toOutcome } from './jira-answer.ts';

export interface JiraRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below JIRA_URL, e.g. `/rest/api/3/field`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** What is backed off from and counted together; `path` unless given. */
  readonly endpoint?: string;
  /** Whether repeating it can do no harm; true for GET unless given. */
  readonly isSafe?: boolean;
}

export interface JiraClientOptions {
  /** May have a path (`https://api.atlassian.com/ex/jira/{cloudId}`). */
  readonly baseUrl: string;
  /** The whole `Authorization` header. */
  readonly authorization: string;
  /** For one attempt; a retry begins only within this time. */
  readonly timeoutMs: number;
  /** Requests under way at the same time; the others wait. 10 unless given. */
  readonly maxConnections?: number;
  /** Five failures in a row of an endpoint keep us from asking it for so long; 10 000 unless given. */
  readonly breakerOpenMs?: number;
  /** Milliseconds. */
  readonly now: () => number;
  /** Hosts from which Jira may have files fetched; Atlassian's unless given. */
  readonly mediaHosts?: readonly string[];
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  /** Told of every attempt; `status` 0 when there was no answer. */
  readonly observe?: (attempt: { endpoint: string; method: string; status: number; durationMs: number }) => void;
}

/** Why Jira cannot be asked: it does not know us, it is not at this address, or it does not answer. */
export interface JiraTrouble {
  readonly kind: 'credentials' | 'address' | 'away';
  /** For an operator, without secrets. */
  readonly reason: string;
}

export interface JiraClient {
  /**
   * Sends a request; returns the parsed body, undefined when it is empty.
   *
   * @throws JiraRefusal, JIRA_FORBIDDEN (our credentials), JIRA_RATE_LIMITED (with `retryAfterSeconds`), JIRA_UNAVAILABLE (with it if Jira says so).
   */
  readonly send: (request: JiraRequest) => Promise<unknown>;
  /** What an operator should know, without secrets; undefined while all is well, as far as the last requests tell. */
  readonly findTrouble: () => JiraTrouble | undefined;
  readonly downloads: Downloads;
  /** After so long Jira does no longer apply a request whose answer was lost, as far as one can tell. */
  readonly settledAfterMs: number;
  readonly stop: Stop;
}

const maxAttempts = 3;
const longestWaitMs = 2_000;
const firstBackoffMs = 150;

/** Talks to one Jira: timeouts, retries where they are safe, Retry-After, back-off for each endpoint, a cap and a breaker. */
export function createJiraClient(options: JiraClientOptions): JiraClient {
  const { now, random } = options;
  const base = new URL(options.baseUrl);
  const pathPrefix = base.pathname.replace(/\/+$/, '');
  const pool = new Pool(base.origin, {
    connections: options.maxConnections ?? 10,
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    connect: { timeout: Math.min(options.timeoutMs, 5_000) },
  });
  const downloads = createDownloads(options);
  const breakers = createBreakers({ pauseMs: options.breakerOpenMs ?? 10_000, now });
  // Jira limits endpoints apart from each other: being told off by one says nothing about the rest.
  const backOffUntil = new Map<string, number>();

  /** Why Jira does not take our credentials, by its last answer. */
  let refused: string | undefined;
  /** Why there was no answer the last time. */
  let silence: string | undefined;

  const holdBack = (what: string, waitMs: number): void => {
    for (const [name, until] of backOffUntil) if (until <= now()) backOffUntil.delete(name);
    backOffUntil.set(what, now() + waitMs);
  };

  const attempt = async (request: JiraRequest, endpoint: string): Promise<Outcome> => {
    const startedAt = now();
    let status = 0;
    try {
      const response = await pool.request({
        method: request.method,
        path: `${pathPrefix}${request.path}${toQuery(request.query)}`,
        headers: {
          accept: 'application/json',
          authorization: options.authorization,
          // Without the latter Jira may take a write for one that a foreign page sends ("XSRF check failed").
          ...(request.body === undefined ? {} : { 'content-type': 'application/json', 'x-atlassian-token': 'no-check' }),
        },
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal: AbortSignal.timeout(options.timeoutMs),
      });
      status = response.statusCode;
      silence = undefined;
      const text = toText(await response.body.bytes(), response.headers['content-encoding']);
      const outcome = toOutcome({ status, headers: response.headers, text, path: `${pathPrefix}${request.path}` }, now());
      refused = outcome.kind === 'refused' && isCredentialsRefused(outcome.error) ? outcome.error.message : undefined;
      return outcome;
    } catch (error) {
      silence = toMessage(error);
      // A client need not know where our Jira is: operators read the cause in /health.
      const failure = jiraError('JIRA_UNAVAILABLE', `Jira ${isTimeout(error) ? 'takes too long to answer' : 'cannot be reached'}.`);
      failure.cause = error;
      return {
        kind: 'failed',
        error: failure,
        retryAfterMs: undefined,
        isForOneIssue: false,
        // What takes too long may be this one question.
        isOutage: !isTimeout(error),
      };
    } finally {
      options.observe?.({ endpoint, method: request.method, status, durationMs: now() - startedAt });
    }
  };

  const send = async (request: JiraRequest): Promise<unknown> => {
    const endpoint = `${request.method} ${request.endpoint ?? request.path}`;
    const whole = `${request.method} ${request.path}`;
    const isSafe = request.isSafe ?? request.method === 'GET';
    const question = `${whole} ${toQuery(request.query)} ${JSON.stringify(request.body)}`;
    // What fails elsewhere fails for everybody; a search may be one that Jira cannot answer.
    const isSearch = endpoint.includes('/search');
    const startedAt = now();
    for (let count = 1; ; count++) {
      const heldBackMs = Math.max(backOffUntil.get(endpoint) ?? 0, backOffUntil.get(whole) ?? 0) - now();
      if (heldBackMs > 0) throw rateLimited(heldBackMs);
      if (!breakers.tryPass(endpoint)) throw jiraError('JIRA_UNAVAILABLE', 'Jira has failed several times in a row; it is given a pause.');
      const outcome = await attempt(request, endpoint);
      if (outcome.kind !== 'failed') {
        breakers.succeeded(endpoint);
        if (outcome.kind === 'answer') return outcome.body;
        throw outcome.error;
      }
      const isLimit = outcome.retryAfterMs !== undefined && 'code' in outcome.error && outcome.error.code === 'JIRA_RATE_LIMITED';
      if (isLimit) breakers.succeeded(endpoint);
      else breakers.failed(endpoint, { question, isOutage: outcome.isOutage || !isSearch });
      const waitMs = outcome.retryAfterMs ?? firstBackoffMs * 2 ** (count - 1) * (0.5 + random());
      if (!isSafe || count >= maxAttempts || waitMs > longestWaitMs || now() - startedAt + waitMs > options.timeoutMs) {
        if (isLimit && waitMs > 0) holdBack(outcome.isForOneIssue ? whole : endpoint, waitMs);
        throw outcome.error;
      }
      await wait(waitMs);
    }
  };

  const findTrouble = (): JiraTrouble | undefined => {
    if (refused !== undefined) return { kind: 'credentials', reason: refused };
    const open = breakers.open();
    if (open.length === 0) return undefined;
    return {
      kind: 'away',
      reason: `Jira fails again and again (${open.join(', ')}${silence === undefined ? '' : `; ${silence}`}): cached issues only.`,
    };
  };

  const stop = async (): Promise<void> => {
    await Promise.all([pool.destroy(), downloads.stop()]);
  };
  return { send, downloads, findTrouble, settledAfterMs: options.timeoutMs * 3, stop };
}

function toQuery(query: JiraRequest['query']): string {
  const given = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

const mostBytes = 64 * 1024 * 1024;

/** We ask for no compression; gateways compress all the same, errors above all. */
function toText(bytes: Uint8Array, encoding: string | string[] | undefined): string {
  const options = { maxOutputLength: mostBytes };
  const decoders: Readonly<Record<string, (given: Uint8Array) => Uint8Array>> = {
    gzip: (given) => gunzipSync(given, options),
    deflate: (given) => inflateSync(given, options),
    br: (given) => brotliDecompressSync(given, options),
  };
  const decode =
    decoders[
      String(encoding ?? '')
        .trim()
        .toLowerCase()
    ];
  // Drops a byte order mark, too.
  return new TextDecoder().decode(decode === undefined ? bytes : decode(bytes));
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && ['TimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError'].includes(error.name);
}
