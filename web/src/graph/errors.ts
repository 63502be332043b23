import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { TextKey } from '../text/catalog.ts';
import { english } from '../text/english.ts';
import { sameForPeople } from '../text/sameErrors.ts';
import type { Parameters, Translate } from '../text/text.ts';
import { isNetworkError } from './connection.ts';

/** `extensions.code` of the first error; `NETWORK` when nothing came back; `UNKNOWN` for anything else. */
export function findErrorCode(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) {
    const code = error.errors[0]?.extensions?.['code'];
    return typeof code === 'string' ? code : 'UNKNOWN';
  }
  return isNetworkError(error) ? 'NETWORK' : 'UNKNOWN';
}

/** What happened, in the catalog's words. */
export function toErrorText(error: unknown, text: Translate): string {
  const code = findErrorCode(error);
  const key = sameForPeople[code] ?? `error.${code}`;
  const said = text(key in english ? (key as TextKey) : 'error.UNKNOWN', { code });
  const [first] = CombinedGraphQLErrors.is(error) ? error.errors : [];
  const reason = toReasonText(first?.extensions, text);
  if (reason !== undefined) return `${said} ${reason}`;
  // Of a service that names no reason, only its own words say what is wrong; ours end with the colon before them.
  return said.endsWith(':') ? `${said} ${first?.message ?? code}` : said;
}

/** Why an input was refused, in the catalog's words; undefined without a reason, or with one that this page does not know. */
function toReasonText(extensions: Readonly<Record<string, unknown>> | undefined, text: Translate): string | undefined {
  const key = `reason.${String(extensions?.['reason'])}`;
  if (!(key in english)) return undefined;
  const values: Parameters = { ...(extensions?.['values'] as Parameters | undefined) };
  const field = `field.${values['field']}`;
  return text(key as TextKey, field in english ? { ...values, field: text(field as TextKey) } : values);
}

/** What says nothing about what was asked for, only that it could not be had at that moment. */
const passingCodes = new Set([
  'JIRA_RATE_LIMITED',
  'JIRA_UNAVAILABLE',
  'RATE_LIMITED',
  'ROUTER_STOPPING',
  'STORE_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_UNAVAILABLE',
]);

/** Whether asking again may bring what is missing: any part of it. */
export function isPassing(error: unknown): boolean {
  if (!CombinedGraphQLErrors.is(error)) return isNetworkError(error);
  return error.errors.some(({ extensions }) => passingCodes.has(String(extensions?.['code'])));
}

const codesOfNoAccess = new Set(['UNAUTHENTICATED', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'NOT_A_PARTICIPANT', 'SESSION_NOT_FOUND']);

/** Whether trying again with the same token is useless. */
export function isNoAccess(error: unknown): boolean {
  return codesOfNoAccess.has(findErrorCode(error));
}
