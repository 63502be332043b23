import { inputError } from './reasons.ts';

const keyForm = /^[A-Z][A-Z0-9_]{0,254}-[1-9]\d{0,17}$/;

/** What editors and word processors put in a hyphen's place. */
const hyphens = /(?<![A-Za-z0-9_-])([A-Za-z][A-Za-z0-9_]{0,254})[\u2010-\u2013\u2212\ufe63\uff0d](?=\d)/g;

/** A key in Jira's own form (upper case, no blanks), or undefined when it cannot be one. */
export function toKey(given: string): string | undefined {
  const key = given.trim().replace(hyphens, '$1-').toUpperCase();
  return keyForm.test(key) ? key : undefined;
}

/**
 * @throws INVALID_INPUT when it cannot be a key.
 */
export function parseKey(given: string): string {
  const key = toKey(given);
  if (key === undefined) throw inputError('ISSUE_KEY', { given: given.slice(0, 80) });
  return key;
}

/** The project's part of a key. */
export function projectOf(key: string): string {
  return key.slice(0, key.lastIndexOf('-'));
}

/**
 * The keys in whatever people paste, upper case, in their order, without repetitions.
 * Lists are taken in any case; inside a sentence only upper case counts, or `covid-19` would be an issue.
 */
export function findKeys(pasted: string): readonly string[] {
  const text = pasted.replace(hyphens, '$1-');
  const leading = findLeadingKeys(text);
  if (leading !== undefined) return leading;
  const tokens = text.match(/[^\s,;|]+/g) ?? [];
  const branch = tokens.length === 1 ? /^([A-Z][A-Z0-9_]+-\d+)[-_][a-z]/.exec(tokens[0] ?? '')?.[1] : undefined;
  if (branch !== undefined) return toKeys([branch]);
  const isList = tokens.every((token) => toKey(strip(token)) !== undefined || isLink(token));
  const found = tokens.flatMap((token) => {
    const linked = findLinkedKeys(token);
    if (linked.length > 0) return linked;
    if (isLink(token)) return [];
    if (isList) return [strip(token)];
    return [...token.matchAll(/(?<![\p{L}\p{N}_-])[A-Z][A-Z0-9_]+-\d+(?![\p{L}\p{N}_-])/gu)].map(([key]) => key);
  });
  return toKeys(found);
}

/** Those of them that can be keys, in Jira's own form, without repetitions. */
export function toKeys(given: readonly string[]): readonly string[] {
  return [...new Set(given.map(toKey).filter((key) => key !== undefined))];
}

/** Of lines that all are a key and its summary (`ABC-1: Support UTF-8`, `[ABC-1] Support UTF-8`), the keys: what a summary names is not meant. */
function findLeadingKeys(text: string): readonly string[] | undefined {
  const lines = text.split(/[\r\n]/).filter((line) => line.trim() !== '');
  const found = lines.map(
    (line) => /^[^\p{L}\p{N}]{0,10}([A-Z][A-Z0-9_]+-\d+)(?::\s|\s*\t|\s+[-–—|]\s|\]\s(?!.*\[))/u.exec(line)?.[1] ?? '',
  );
  return found.every((key) => toKey(key) !== undefined) ? toKeys(found) : undefined;
}

const branchKinds = 'feature|feat|bugfix|bug|hotfix|fix|chore|task|story|release|refactor|docs|test|spike';
const linkedForms = [
  // An issue's own page, or one shown beside a list or a board.
  /(?:\/browse\/|[?&]selectedIssue=|[?&]issueKey=|\/issues?\/|\/si\/jira\.issueviews:[\w-]{1,40}\/)([a-z][a-z0-9_]*-\d+)/gi,
  // A service desk's queue or portal.
  /\/(?:queues|servicedesk)\/(?:[^/?#\s]{1,100}\/){0,6}([a-z][a-z0-9_]*-\d+)(?![a-z0-9_-])/gi,
  // A branch named after an issue.
  new RegExp(`(?<![a-z0-9_-])(?:${branchKinds})/(?:[^/?#\\s]{1,100}/){0,3}([a-z][a-z0-9_]*-\\d+)(?![a-z0-9])`, 'gi'),
  /\/([A-Z][A-Z0-9_]+-\d+)(?=[-_][a-z])/g,
];

function findLinkedKeys(token: string): readonly string[] {
  for (const form of linkedForms) {
    const keys = [...token.matchAll(form)].map(([, key]) => key ?? '');
    if (keys.length > 0) return keys;
  }
  return [];
}

function isLink(token: string): boolean {
  return /^\P{L}*https?:\/\//iu.test(token);
}

/** Without the bullets, brackets and quotes that lists are pasted with. */
function strip(token: string): string {
  // From its first letter to its last letter or digit. Cutting the ends off would search a long row of signs anew from each of them.
  return /\p{L}.*[\p{L}\p{N}]/su.exec(token)?.[0] ?? '';
}
