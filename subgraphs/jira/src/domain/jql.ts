import { inputError } from './reasons.ts';

/** True when a text reads as a JQL rather than as a list of issues: it begins with a condition, or with ORDER BY. */
export function looksLikeJql(text: string): boolean {
  const clause =
    /^[\s(]*(?:(?:not[\s(]|!)[\s(]*)*(?:"[^"]+"|'[^']+'|[\p{L}\p{M}\p{N}_.]+(?:\[[^\]]*\])?)\s*(?:!=|!~|<=|>=|[=~<>]|\s(?:not\s+)?in\s*(?:\(|\w+\s*\()|\sis\s+(?:not\s+)?(?:empty|null)\b|\swas\s|\schanged\b)/iu;
  const tidied = tidyJql(text);
  return clause.test(tidied) || /^\s*order\s+by\s/i.test(tidied);
}

/** The key of the project that a filter is about alone (`project = ABC AND …`); undefined when there is another one, or it is not clear. */
export function findOnlyProject(jql: string): string | undefined {
  const named = [...jql.matchAll(/\bproject\s*(=|in)\s*(\(\s*"?([\w-]+)"?\s*\)|"?([\w-]+)"?)/gi)].map(
    ([, , , listed, one]) => listed ?? one,
  );
  const isElsewhere = /\bor\b/i.test(jql) || [...jql.matchAll(/\bproject\b/gi)].length !== named.length;
  return named.length === 1 && !isElsewhere ? named[0] : undefined;
}

/** The longest JQL that is taken, wherever it comes in; in characters. */
const longestJql = 10_000;

/** How deep parentheses may be: Jira’s own parser gives up, or takes a minute, at some depth. */
const deepest = 50;

/** What chats and word processors do to a JQL, undone: their quotes and blanks, outside of quoted texts, and a semicolon at the end. */
function tidyJql(jql: string): string {
  const part =
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[“”„«]\s?([^“”„«»"]*?)\s?[“”„»]|[‘’‚]([^‘’‚']*)[‘’‚]|[\u00a0\u2007\u202f\u200b\ufeff]/gs;
  const tidied = jql.replace(part, (given: string, double: string | undefined, single: string | undefined) => {
    if (double !== undefined) return `"${double}"`;
    if (single !== undefined) return `'${single}'`;
    return /["']/.test(given) ? given : ' ';
  });
  return tidied.replace(/\s*;\s*$/, '');
}

/**
 * The JQL, if it can be one, without what chats and word processors put into it.
 *
 * @throws INVALID_INPUT when it is too long, JQL_INVALID when it is nested too deep.
 */
export function parseJql(jql: string): string {
  if (jql.length > longestJql) throw inputError('TOO_LONG', { field: 'jql', length: jql.length, most: longestJql });
  if (toDepth(jql) > deepest) throw inputError('JQL_TOO_DEEP', { most: deepest }, 'JQL_INVALID');
  return tidyJql(jql);
}

/** Of its parentheses, and of what stands before them: `not not not …` is nested, too. */
function toDepth(jql: string): number {
  const outside = jql.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/gs, ' ');
  let depth = 0;
  let most = 0;
  for (const [sign] of outside.matchAll(/[()]|(?:!(?![=~])\s*|\bnot\s+){2,}/gi)) {
    if (sign === '(') most = Math.max(most, ++depth);
    else if (sign === ')') depth--;
    else most = Math.max(most, depth + [...sign.matchAll(/!|not/gi)].length);
  }
  return most;
}

/** Conditions and sort order apart. */
export interface SplitJql {
  readonly where: string;
  /** With its ORDER BY; empty when there is none. */
  readonly orderBy: string;
}

/**
 * Splits off the ORDER BY.
 *
 * @throws JQL_INVALID when parentheses or quotes do not match: such a text could reach out of parentheses put around it.
 */
export function splitJql(jql: string): SplitJql {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < jql.length; at++) {
    const char = jql.charAt(at);
    if (char === '\\') at++;
    else if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '(') depth++;
    else if (char === ')' && --depth < 0) throw inputError('JQL_PARENTHESIS_CLOSES', { character: at + 1 }, 'JQL_INVALID');
    else if (depth === 0 && /^order\s+by\b/i.test(jql.slice(at, at + 40)) && !/\w/.test(jql.charAt(at - 1)))
      return { where: jql.slice(0, at).trim(), orderBy: parseOrderBy(jql.slice(at)) };
  }
  if (quote !== '') throw inputError('JQL_QUOTE_OPEN', {}, 'JQL_INVALID');
  if (depth > 0) throw inputError('JQL_PARENTHESES_OPEN', { open: depth }, 'JQL_INVALID');
  return { where: jql.trim(), orderBy: '' };
}

function parseOrderBy(orderBy: string): string {
  // A field's name may hold them, in quotes.
  const outside = orderBy.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/gs, '');
  if (/["']/.test(outside)) throw inputError('JQL_QUOTE_OPEN', {}, 'JQL_INVALID');
  if (/[()]/.test(outside)) throw inputError('JQL_ORDER', {}, 'JQL_INVALID');
  return orderBy;
}

/**
 * The JQL within a scope: it can find nothing that the scope does not find.
 *
 * @throws JQL_INVALID as splitJql.
 */
export function withinScope(jql: string, scope: string | undefined): string {
  if (scope === undefined) return jql;
  const { where, orderBy } = splitJql(jql);
  return `${where === '' ? '' : `(${where}) AND `}(${scope}) ${orderBy}`.trim();
}
