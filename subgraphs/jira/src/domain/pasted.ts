import { jiraError } from './errors.ts';
import { findJqlInLink, looksLikeJql } from './jql.ts';
import { findKeys } from './keys.ts';

export type Pasted = { readonly kind: 'JQL'; readonly jql: string } | { readonly kind: 'KEYS'; readonly keys: readonly string[] };

/**
 * Makes sense of pasted text: a JQL, a link to a search, or keys and links to issues in any surrounding text.
 *
 * @throws INVALID_INPUT when it is none of them.
 */
export function parsePasted(text: string): Pasted {
  const linked = findJqlInLink(text);
  if (linked !== undefined) return { kind: 'JQL', jql: linked };
  if (looksLikeJql(text)) return { kind: 'JQL', jql: text.trim() };
  const keys = findKeys(text);
  if (keys.length === 0) throw jiraError('INVALID_INPUT', 'The text has neither a JQL nor an issue key in it.');
  return { kind: 'KEYS', keys };
}
