/** Fields whose values are issues; custom fields (`cf[10014]`) may be such a field, too. */
const issueFields = new Set(['key', 'issuekey', 'issue', 'id', 'parent', 'epic link', 'parent link']);
const operators = new Set(['in', 'was', 'is', 'changed', 'from', 'to']);
const conjunctions = new Set(['and', 'or', 'order', 'by']);

/**
 * The issues that a JQL names, by key or number, each once: values of fields that hold issues, and keys among the arguments of functions
 * (`linkedIssues(ABC-1)`), also in a JQL that is such an argument (`linkedIssuesOf("key = ABC-1")`,
 * https://docs.adaptavist.com/sr4jc/current/features/scriptrunner-enhanced-search/scriptrunner-enhanced-search-jql-functions/links-and-relationships).
 */
export function findNamedIssues(jql: string): readonly string[] {
  const named = new Set<string>();
  /** For each open parenthesis whether it holds the arguments of a function. */
  const calls: boolean[] = [];
  let field = '';
  let before = '';
  for (const [token] of jql.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[(),]|[!=<>~]+|[^\s()"',!=<>~]+/gs)) {
    const text = unquote(token);
    const word = text.toLowerCase();
    if (token === '(') calls.push(/\w/.test(before) && !isKeyword(before));
    else if (token === ')') calls.pop();
    else if (/^[!=<>~]/.test(token) || operators.has(word)) field = isKeyword(before) ? field : before;
    else {
      const isKey = /^[\p{L}][\p{L}\p{N}_]*-\d+$/u.test(text);
      const holdsIssues = issueFields.has(field) || field.startsWith('cf[');
      if (text !== token && calls.includes(true)) for (const each of findNamedIssues(text)) named.add(each);
      if ((isKey && (holdsIssues || calls.includes(true))) || (/^\d+$/.test(text) && issueFields.has(field))) named.add(text.toUpperCase());
    }
    if (word !== 'not') before = word;
  }
  return [...named];
}

function isKeyword(word: string): boolean {
  return operators.has(word) || conjunctions.has(word);
}

/** A token without its quotes and escapes (https://support.atlassian.com/jira-software-cloud/docs/search-syntax-for-text-fields/). */
function unquote(token: string): string {
  const bare = /["']/.test(token) ? token.slice(1, -1) : token;
  return bare.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\\(.)/gs, '$1');
}
