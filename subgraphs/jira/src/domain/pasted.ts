import { findExportedKeys } from './exported.ts';
import { looksLikeJql, parseJql } from './jql.ts';
import { findKeys } from './keys.ts';
import { inputError } from './reasons.ts';

export type Pasted =
  | { readonly kind: 'JQL'; readonly jql: string }
  | { readonly kind: 'KEYS'; readonly keys: readonly string[] }
  /** A link to a saved filter. */
  | { readonly kind: 'FILTER'; readonly filterId: string }
  /** A link to a board or its backlog. */
  | { readonly kind: 'BOARD'; readonly boardId: string };

/**
 * Makes sense of pasted text: a JQL, a link to a search, a filter or a board, an export, keys and links to issues in any surrounding text, or a line
 * of plain words, which becomes a JQL that searches for them.
 *
 * @throws INVALID_INPUT when it is none of them, JQL_INVALID for a JQL that cannot be one.
 */
export function parsePasted(pasted: string): Pasted {
  // Excel's own first line tells what separates the columns.
  const seen = pasted.replace(unseen, '').replace(/^\ufeff?sep=.\r?\n/i, '');
  const text = unwrap(seen);
  const linked = parseLink(text.trim());
  if (linked !== undefined) return linked;
  const exported = findExportedKeys(seen);
  if (exported.length > 0) return { kind: 'KEYS', keys: exported };
  // As chats and documents show code.
  const given = text
    .replace(/^\s*`{1,3}(?:jql\b|sql\b)?|`{1,3}\s*$/gi, '')
    .replace(/^\s*jql\s*:\s/i, '')
    .trim();
  // What stands in quotes, as a filter's text does, is not between blanks.
  const linkedKeys = /\shttps?:\/\//i.test(given) ? findKeys(given) : [];
  if (linkedKeys.length > 0) return { kind: 'KEYS', keys: linkedKeys };
  const meant = [given, toUnquoted(given), toNarrow(given)].find((form) => form !== undefined && looksLikeJql(form));
  if (meant !== undefined) return { kind: 'JQL', jql: parseJql(meant) };
  const keys = findKeys(toNarrow(given));
  if (keys.length > 0) return { kind: 'KEYS', keys };
  const words = findPlainWords(given);
  if (words === undefined) throw inputError('NOTHING_RECOGNISED', {});
  return { kind: 'JQL', jql: `text ~ "${words}"` };
}

/** Characters that nobody sees and that come along from pages and chats: zero-width spaces, directions, soft hyphens. Joiners stay: they spell names. */
const unseen = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/g;

/** The text without what mails, chats and documents put around it: marks of a reply, and words in place of an address. */
function unwrap(text: string): string {
  return (
    text
      .replace(/^[ \t]{0,20}(?:>[ \t]?){1,20}/gm, '')
      // Slack's, Markdown's and HTML's links.
      .replace(/<(https?:\/\/[^\s<>|]{1,2000})(?:\|[^<>\n]{0,300})?>/gi, ' $1 ')
      .replace(/\[[^\][\n]{0,300}\]\((https?:\/\/[^\s()]{1,2000})\)/gi, ' $1 ')
      .replace(/<a\s[^<>]{0,500}?href="(https?:\/\/[^"\s]{1,2000})"[^<>]{0,500}>[^<>]{0,300}<\/a>/gi, ' $1 ')
  );
}

/** What stands between one pair of quotes; undefined when it is none, or more than one. */
function toUnquoted(text: string): string | undefined {
  return /^["“”„«'‘’]([^"“”„«»]+)["“”»'‘’]$/.exec(text)?.[1];
}

/** Letters, digits and signs of full width, as East Asian keyboards write them, in ASCII. */
function toNarrow(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .replaceAll('\u3001', ',');
}

const mostWordsLength = 200;

/**
 * One line of words and nothing that could be meant as JQL, as they stand between the quotes of a text search; undefined for anything else.
 * Signs that have a meaning there are left out, and its operators are no operators in lower case
 * (https://support.atlassian.com/jira-software-cloud/docs/search-syntax-for-text-fields/).
 */
function findPlainWords(text: string): string | undefined {
  if (text.length > mostWordsLength || !/^[\p{L}\p{M}\p{N} '’.,&_-]+$/u.test(text) || /\border +by\b/i.test(text)) return undefined;
  const words = text.match(/[\p{L}\p{M}\p{N}_'’]+/gu) ?? [];
  if (!words.some((word) => /\p{L}/u.test(word))) return undefined;
  return words.map((word) => (/^(?:AND|OR|NOT)$/.test(word) ? word.toLowerCase() : word)).join(' ');
}

/**
 * What Jira's own filters find, by the number on Data Center and by the name in a project; not those of whoever looks, which would be our Jira user's
 * (https://confluence.atlassian.com/jirasoftwareserver/working-with-search-results-939938956.html).
 */
const systemFilters: ReadonlyMap<string, string> = new Map(
  (
    [
      ['-4', 'allissues', 'ORDER BY created DESC'],
      ['-5', 'allopenissues', 'resolution = Unresolved ORDER BY priority DESC, updated DESC'],
      ['-6', 'addedrecently', 'created >= -1w ORDER BY created DESC'],
      ['-7', 'resolvedrecently', 'resolutiondate >= -1w ORDER BY updated DESC'],
      ['-8', 'updatedrecently', 'updated >= -1w ORDER BY updated DESC'],
      ['-9', 'doneissues', 'statusCategory = Done ORDER BY updated DESC'],
    ] as const
  ).flatMap(([number, name, jql]) => [
    [number, jql],
    [name, jql],
  ]),
);

function withinProject(jql: string, projectKey: string | undefined): string {
  if (projectKey === undefined) return jql;
  return jql.startsWith('ORDER') ? `project = "${projectKey}" ${jql}` : `project = "${projectKey}" AND ${jql}`;
}

/** Jira's own number of a filter or a board. */
const numberForm = /^\d{1,12}$/;

/** One link and nothing else; an issue's page is that issue, whatever search it was opened from. */
function parseLink(link: string): Pasted | undefined {
  if (!/^https?:\/\/\S+$/i.test(link) || !URL.canParse(link)) return undefined;
  const keys = findKeys(link);
  if (keys.length > 0) return { kind: 'KEYS', keys };
  const { searchParams, pathname } = new URL(link);
  const jql = searchParams.get('jql') ?? searchParams.get('jqlQuery');
  if (jql !== null && jql.trim() !== '') return { kind: 'JQL', jql: parseJql(jql.trim()) };
  const filterId =
    searchParams.get('filter') ??
    searchParams.get('filterId') ??
    searchParams.get('requestId') ??
    /\/filters?\/(\d+)/.exec(pathname)?.[1] ??
    '';
  const ofEverybody = systemFilters.get(filterId);
  if (ofEverybody !== undefined)
    return { kind: 'JQL', jql: withinProject(ofEverybody, /\/projects\/([A-Z][A-Z0-9_]+)\//i.exec(pathname)?.[1]) };
  if (numberForm.test(filterId)) return { kind: 'FILTER', filterId };
  const boardId = searchParams.get('rapidView') ?? /\/boards\/(\d+)/.exec(pathname)?.[1] ?? '';
  return numberForm.test(boardId) ? { kind: 'BOARD', boardId } : undefined;
}
