import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { createBreaker } from '../../../../kit/process/breaker.ts';
import { toMessage } from '../../../../kit/process/errors.ts';
import type { Stop } from '../../../../kit/process/http.ts';
import { jiraError } from '../domain/errors.ts';

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

/** Jira refused a request (a 4xx other than 401 and 429; a scope that the token lacks counts as 403), with its own words. */
export class JiraRefusal extends Error {
  override readonly name = 'JiraRefusal';
  readonly status: number;
  /** By field id. */
  readonly fieldErrors: Readonly<Record<string, string>>;

  constructor(status: number, message: string, fieldErrors: Readonly<Record<string, string>>) {
    super(message);
    this.status = status;
    this.fieldErrors = fieldErrors;
  }
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
  /** Five failures in a row keep us from asking for so long; 10 000 unless given. */
  readonly breakerOpenMs?: number;
  /** Milliseconds. */
  readonly now: () => number;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  /** Told of every attempt; `status` 0 when there was no answer. */
  readonly observe?: (attempt: { endpoint: string; method: string; status: number; durationMs: number }) => void;
}

export interface JiraClient {
  /**
   * Sends a request; returns the parsed body, undefined when it is empty.
   *
   * @throws JiraRefusal, JIRA_FORBIDDEN (401), JIRA_RATE_LIMITED (with `retryAfterSeconds`), JIRA_UNAVAILABLE (with it if Jira says so).
   */
  readonly send: (request: JiraRequest) => Promise<unknown>;
  /** What an operator should know, without secrets; undefined while all is well, as far as the last requests tell. */
  readonly findTrouble: () => string | undefined;
  /** After so long Jira does no longer apply a request whose answer was lost, as far as one can tell. */
  readonly settledAfterMs: number;
  readonly stop: Stop;
}

const maxAttempts = 3;
const longestWaitMs = 2_000;
const firstBackoffMs = 150;
/** Jira's quotas are hourly: whoever asks us to wait longer is not believed. */
const longestHoldMs = 3_600_000;

type Outcome =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly error: Error }
  | { readonly kind: 'failed'; readonly error: Error; readonly retryAfterMs: number | undefined; readonly isForOneIssue?: boolean };

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
  const pauseMs = options.breakerOpenMs ?? 10_000;
  const breaker = createBreaker({ now, firstPauseMs: pauseMs, longestPauseMs: pauseMs });
  // Jira limits endpoints apart from each other: being told off by one says nothing about the rest.
  const backOffUntil = new Map<string, number>();

  let isAccepted = true;

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
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal: AbortSignal.timeout(options.timeoutMs),
      });
      status = response.statusCode;
      const text = await response.body.text();
      isAccepted = status !== 401 || lacksScope(text);
      const outcome = toOutcome(status, text, toRetryAfterMs(response.headers['retry-after'], now()));
      // https://developer.atlassian.com/cloud/jira/platform/rate-limiting/: writes are also limited for each issue on its own.
      const isForOneIssue = response.headers['ratelimit-reason'] === 'jira-per-issue-on-write';
      return outcome.kind === 'failed' ? { ...outcome, isForOneIssue } : outcome;
    } catch (error) {
      // The message of a connection error names host and port at most.
      return { kind: 'failed', error: jiraError('JIRA_UNAVAILABLE', `Jira does not answer: ${describe(error)}`), retryAfterMs: undefined };
    } finally {
      options.observe?.({ endpoint, method: request.method, status, durationMs: now() - startedAt });
    }
  };

  const send = async (request: JiraRequest): Promise<unknown> => {
    const endpoint = `${request.method} ${request.endpoint ?? request.path}`;
    const whole = `${request.method} ${request.path}`;
    const isSafe = request.isSafe ?? request.method === 'GET';
    const startedAt = now();
    for (let count = 1; ; count++) {
      const heldBackMs = Math.max(backOffUntil.get(endpoint) ?? 0, backOffUntil.get(whole) ?? 0) - now();
      if (heldBackMs > 0) throw rateLimited(heldBackMs);
      if (!breaker.allows()) throw jiraError('JIRA_UNAVAILABLE', 'Jira has failed several times in a row; it is given a pause.');
      const outcome = await attempt(request, endpoint);
      if (outcome.kind !== 'failed') {
        breaker.succeeded();
        if (outcome.kind === 'answer') return outcome.body;
        throw outcome.error;
      }
      const isLimit = outcome.retryAfterMs !== undefined && 'code' in outcome.error && outcome.error.code === 'JIRA_RATE_LIMITED';
      if (isLimit) breaker.succeeded();
      else breaker.failed();
      const waitMs = outcome.retryAfterMs ?? firstBackoffMs * 2 ** (count - 1) * (0.5 + random());
      if (!isSafe || count >= maxAttempts || waitMs > longestWaitMs || now() - startedAt + waitMs > options.timeoutMs) {
        if (isLimit && waitMs > 0) holdBack(outcome.isForOneIssue === true ? whole : endpoint, waitMs);
        throw outcome.error;
      }
      await wait(waitMs);
    }
  };

  const findTrouble = (): string | undefined => {
    if (breaker.isOpen()) return 'Jira fails again and again: cached issues only.';
    return isAccepted ? undefined : 'Jira does not accept our credentials: check JIRA_USERNAME and JIRA_API_TOKEN.';
  };

  return { send, findTrouble, settledAfterMs: options.timeoutMs * 3, stop: () => pool.destroy() };
}

function toOutcome(status: number, text: string, retryAfterMs: number | undefined): Outcome {
  if (status >= 200 && status < 300) {
    if (text === '') return { kind: 'answer', body: undefined };
    try {
      return { kind: 'answer', body: JSON.parse(text) };
    } catch {
      // A proxy's or single sign-on's HTML page in Jira's place.
      return { kind: 'refused', error: jiraError('JIRA_UNAVAILABLE', 'Jira answers with something other than JSON: check JIRA_URL.') };
    }
  }
  if (status === 429) {
    const waitMs = retryAfterMs ?? 5_000;
    return { kind: 'failed', error: rateLimited(waitMs), retryAfterMs: waitMs };
  }
  if (status >= 500) {
    const details = retryAfterMs === undefined ? {} : { retryAfterSeconds: toSeconds(retryAfterMs) };
    return { kind: 'failed', error: jiraError('JIRA_UNAVAILABLE', `Jira fails with status ${status}.`, details), retryAfterMs };
  }
  if (status === 401 && lacksScope(text)) {
    const message = 'Jira knows the token, but the token lacks the scope for this: make one that has it.';
    return { kind: 'refused', error: new JiraRefusal(403, message, {}) };
  }
  if (status === 401) return { kind: 'refused', error: jiraError('JIRA_FORBIDDEN', 'Jira does not accept our credentials.') };
  if (status >= 300 && status < 400)
    return { kind: 'refused', error: jiraError('JIRA_UNAVAILABLE', `Jira sends us elsewhere (status ${status}): check JIRA_URL.`) };
  return { kind: 'refused', error: toRefusal(status, text) };
}

function rateLimited(waitMs: number): Error {
  const retryAfterSeconds = toSeconds(waitMs);
  return jiraError('JIRA_RATE_LIMITED', `Jira asks us to wait for ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

function toSeconds(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / 1_000));
}

/** Scoped tokens get a 401 of the gateway's own for each part of the API that they were not made for. */
function lacksScope(text: string): boolean {
  return /scope does not match/i.test(text.slice(0, 1_000));
}

/** Errors look like `{errorMessages: [], errors: {field: message}}`, v3 OpenAPI "ErrorCollection". */
function toRefusal(status: number, text: string): JiraRefusal {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const { errorMessages, errors } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const messages = Array.isArray(errorMessages) ? errorMessages.filter((message) => typeof message === 'string') : [];
  const fieldErrors = typeof errors === 'object' && errors !== null ? (errors as Record<string, string>) : {};
  const all = [...messages, ...Object.values(fieldErrors)].join(' ');
  return new JiraRefusal(status, all === '' ? `Jira refuses the request with status ${status}.` : all.slice(0, 2_000), fieldErrors);
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3); an hour at most. */
function toRetryAfterMs(header: string | string[] | undefined, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(0, waitMs), longestHoldMs);
}

function toQuery(query: JiraRequest['query']): string {
  const given = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

function describe(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it took too long.';
  return toMessage(error);
}
