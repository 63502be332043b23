import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { TextKey } from '../text/catalog.ts';
import { english } from '../text/english.ts';
import { sameForPeople } from '../text/sameErrors.ts';
import type { Translate } from '../text/text.tsx';
import { isNetworkError } from './connection.ts';

/** Codes whose message says something that our own words cannot, e.g. what Jira finds wrong with a JQL. */
const codesThatExplain = new Set(['JQL_INVALID', 'INVALID_INPUT', 'INVALID_DECK', 'JIRA_FORBIDDEN']);

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
  const detail = codesThatExplain.has(code) && CombinedGraphQLErrors.is(error) ? error.errors[0]?.message : undefined;
  return detail === undefined ? said : `${said} ${detail}`;
}

const codesOfNoAccess = new Set(['UNAUTHENTICATED', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'NOT_A_PARTICIPANT', 'SESSION_NOT_FOUND']);

/** Whether trying again with the same token is useless. */
export function isNoAccess(error: unknown): boolean {
  return codesOfNoAccess.has(findErrorCode(error));
}
