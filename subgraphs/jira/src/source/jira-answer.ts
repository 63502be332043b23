import { credentialsRefused, type JiraError, type JiraErrorCode, jiraError } from '../domain/errors.ts';
import { inputError, inputReasons, saidByJira, silentJira } from '../domain/reasons.ts';
import { toRetryAfterMs } from './retry-after.ts';

/** Why Jira refused: in words of its own, without any, or for a scope that our token lacks. */
type RefusalKind = 'said' | 'silent' | 'scope';

/** Jira refused a request (a 4xx other than 401 and 429; a scope that the token lacks counts as 403). */
export class JiraRefusal extends Error {
  override readonly name = 'JiraRefusal';
  readonly status: number;
  readonly kind: RefusalKind;
  /** By field id. */
  readonly fieldErrors: Readonly<Record<string, string>>;
  /** False for a page in place of Jira's own JSON: a proxy's, or of a path that is not there. It says nothing about the issue asked for. */
  readonly isOfJira: boolean;

  constructor(
    status: number,
    message: string,
    { kind = 'said', fieldErrors = {}, isOfJira = true }: Partial<Pick<JiraRefusal, 'kind' | 'fieldErrors' | 'isOfJira'>> = {},
  ) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.fieldErrors = fieldErrors;
    this.isOfJira = isOfJira;
  }
}

/** True when Jira itself says that what was asked for is not there, or not for us. */
export function isMissing(error: unknown): boolean {
  return error instanceof JiraRefusal && error.status === 404 && error.isOfJira;
}

/** The refusal as an error of ours, with Jira's words as its reason where Jira had any. */
export function toReasoned(code: JiraErrorCode, { kind, status, message: said }: JiraRefusal, message = said): JiraError {
  if (kind === 'scope') return inputError('TOKEN_SCOPE', {}, 'JIRA_FORBIDDEN');
  return kind === 'silent' ? silentJira(code, status, message) : saidByJira(code, said, message);
}

/** An answer as it came. */
export interface JiraAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The path that was asked for, below the host. */
  readonly path: string;
}

export type Outcome =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly error: Error }
  | {
      readonly kind: 'failed';
      readonly error: Error;
      readonly retryAfterMs: number | undefined;
      readonly isForOneIssue: boolean;
      /** Whether it speaks against the whole endpoint, not only against this one question. */
      readonly isOutage: boolean;
    };

/** What an answer says. `now` is milliseconds since 1970. */
export function toOutcome(answer: JiraAnswer, now: number): Outcome {
  const { status, headers, text } = answer;
  const refused = findCredentialsTrouble(answer);
  if (refused !== undefined) return { kind: 'refused', error: credentialsRefused(refused) };
  if (status >= 200 && status < 300) {
    if (text === '') return { kind: 'answer', body: undefined };
    const body = parseJson(text);
    if (body !== undefined) return { kind: 'answer', body };
    return { kind: 'refused', error: jiraError('JIRA_UNAVAILABLE', 'Jira answers with something other than JSON: check JIRA_URL.') };
  }
  const retryAfterMs = toRetryAfterMs(status, headers, now);
  // https://developer.atlassian.com/cloud/jira/platform/rate-limiting/: writes are also limited for each issue on its own.
  const isForOneIssue = headers['ratelimit-reason'] === 'jira-per-issue-on-write';
  if (status === 429) {
    const waitMs = retryAfterMs ?? 5_000;
    return { kind: 'failed', error: rateLimited(waitMs), retryAfterMs: waitMs, isForOneIssue, isOutage: false };
  }
  if (status >= 500) {
    const details = retryAfterMs === undefined ? {} : { retryAfterSeconds: toSeconds(retryAfterMs) };
    const error = jiraError('JIRA_UNAVAILABLE', `Jira fails with status ${status}.`, details);
    // A 500 may be this one question's; the others are said by what stands in front of Jira.
    return { kind: 'failed', error, retryAfterMs, isForOneIssue, isOutage: status !== 500 };
  }
  if (status === 401) {
    return { kind: 'refused', error: new JiraRefusal(403, inputReasons.TOKEN_SCOPE, { kind: 'scope' }) };
  }
  if (status >= 300 && status < 400)
    return { kind: 'refused', error: jiraError('JIRA_UNAVAILABLE', `Jira sends us elsewhere (status ${status}): check JIRA_URL.`) };
  return { kind: 'refused', error: toRefusal(status, text) };
}

/** JIRA_RATE_LIMITED. */
export function rateLimited(waitMs: number): Error {
  const retryAfterSeconds = toSeconds(waitMs);
  return jiraError('JIRA_RATE_LIMITED', `Jira asks us to wait for ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

function toSeconds(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / 1_000));
}

const check = 'check JIRA_USERNAME and JIRA_API_TOKEN';

/**
 * Why Jira did not take us for who we say we are; undefined when it did. With a bad token Jira goes on as if nobody had signed in, and answers 200
 * with nothing in it, or 404; only a header tells (https://confluence.atlassian.com/jirakb/using-the-x-seraph-loginreason-header).
 */
function findCredentialsTrouble({ status, headers, text, path }: JiraAnswer): string | undefined {
  const reasons = toText(headers['x-seraph-loginreason']);
  const denied = toText(headers['x-authentication-denied-reason']);
  if (/CAPTCHA_CHALLENGE/i.test(denied)) {
    const [, page] = /login-url=(https?:\/\/[^\s;,]{1,500})/i.exec(denied) ?? [];
    const where = page === undefined ? 'in the browser' : `in the browser at ${page}`;
    return `Jira asks for a CAPTCHA after too many failed logins: sign in once ${where} as JIRA_USERNAME, and ${check}.`;
  }
  if (/AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/i.test(reasons))
    return `Jira does not accept our credentials: the token may have expired; ${check}.`;
  if (/\bOUT\b/i.test(reasons)) return `Jira takes us for nobody, although we sign in: ${check}.`;
  if (status === 401) return lacksScope(text) ? undefined : `Jira does not accept our credentials: ${check}.`;
  if (status >= 300 && status < 400)
    return isMove(toText(headers['location']), path) ? undefined : `Jira sends us to a login page: ${check}.`;
  const isPage = /^\s*</.test(text.slice(0, 200)) && parseJson(text) === undefined;
  if (status < 500 && isPage && isLoginPage(text)) return `Jira, or a single sign-on in front of it, shows a login page: ${check}.`;
  return undefined;
}

/** A redirect to the same path is Jira's move to another address; one to any other path leads to a login page. */
function isMove(location: string, path: string): boolean {
  if (location === '') return true;
  const target = URL.canParse(location, 'http://jira.invalid') ? new URL(location, 'http://jira.invalid') : undefined;
  const [asked = ''] = path.split('?');
  return (
    target !== undefined &&
    !looksLikeLogin(target.pathname) &&
    target.pathname.replace(/\/+$/, '').endsWith(asked.slice(asked.indexOf('/rest/')))
  );
}

function looksLikeLogin(text: string): boolean {
  return /log[\s-]?in\b|sign[\s-]?in\b|\bsso\b|saml|oauth|openid|adfs|\bidp\b|\bauth\b/i.test(text);
}

function isLoginPage(text: string): boolean {
  const start = text.slice(0, 20_000);
  return (
    /<input[^>]{0,300}type=["']?password/i.test(start) ||
    /SAMLRequest|os_username|id=["']login/i.test(start) ||
    looksLikeLogin(toTitle(start))
  );
}

function toTitle(page: string): string {
  return /<title[^>]{0,100}>([^<]{0,300})/i.exec(page)?.[1] ?? '';
}

function toText(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(', ') : (header ?? '');
}

/** Scoped tokens get a 401 of the gateway's own for each part of the API that they were not made for. */
function lacksScope(text: string): boolean {
  return /scope does not match/i.test(text.slice(0, 1_000));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Apps, gateways and older endpoints of Jira say it elsewhere than in `errorMessages`: as a text, or as a list of texts or of `{message}`. */
function toMessages(given: unknown): readonly string[] {
  if (typeof given === 'string' && given !== '') return [given];
  if (!Array.isArray(given)) return [];
  return given
    .map((each) => (typeof each === 'object' && each !== null && 'message' in each ? each.message : each))
    .filter((message) => typeof message === 'string');
}

/** Errors look like `{errorMessages: [], errors: {field: message}}`, v3 OpenAPI "ErrorCollection". */
function toRefusal(status: number, text: string): JiraRefusal {
  const body = parseJson(text);
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const { errors } = given;
  const messages = [given['errorMessages'], given['warningMessages'], given['errorMessage'], given['message'], errors].flatMap(toMessages);
  const named = Object.entries(typeof errors === 'object' && errors !== null && !Array.isArray(errors) ? errors : {});
  const fieldErrors = Object.fromEntries(named.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  const all = [...messages, ...Object.values(fieldErrors)].join(' ');
  const plain = body === undefined && !/^\s*</.test(text) ? text.trim().slice(0, 200) : '';
  const aside = body === undefined ? `, and not in JSON: ${plain === '' ? 'check JIRA_URL' : plain}` : '';
  const said = all === '' ? `Jira refuses the request with status ${status}${aside}.` : all;
  // `{"message": "null for uri: …", "status-code": 404}`: there is no such path at all.
  const isOfJira = body !== undefined && !(status === 404 && 'status-code' in given);
  return new JiraRefusal(status, said.slice(0, 2_000), { kind: all === '' ? 'silent' : 'said', fieldErrors, isOfJira });
}
