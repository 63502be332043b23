import { describe, expect, it } from 'vitest';
import { splitJql, withinScope } from './jql.ts';
import { parsePasted } from './pasted.ts';

describe('pasted text', () => {
  it.each([
    ['SHOP-1, SHOP-2 SHOP-1', ['SHOP-1', 'SHOP-2']],
    ['shop-1\nshop-2', ['SHOP-1', 'SHOP-2']],
    ['- SHOP-1\n- SHOP-2', ['SHOP-1', 'SHOP-2']],
    ['• SHOP-1;\t"APP-7"', ['SHOP-1', 'APP-7']],
    ['Please look at SHOP-3 and (APP-7), not at covid-19.', ['SHOP-3', 'APP-7']],
    ['https://x.atlassian.net/browse/shop-4?focusedId=1 https://x.atlassian.net/jira/boards/1?selectedIssue=APP-9', ['SHOP-4', 'APP-9']],
    ['SHOP-1 is blocked by SHOP-2', ['SHOP-1', 'SHOP-2']],
    ['SHOP-1\tFix the basket\nSHOP-2\tFix the header in place', ['SHOP-1', 'SHOP-2']],
    ['https://x.atlassian.net/browse/ABC-1?jql=project%20%3D%20ABC', ['ABC-1']],
    ['https://x.atlassian.net/issues/ABC-1?jql=project%20%3D%20ABC&filter=10001', ['ABC-1']],
    ['https://x.atlassian.net/jira/software/c/projects/ABC/boards/7?selectedIssue=ABC-1', ['ABC-1']],
    ['https://x.atlassian.net/jira/servicedesk/projects/SD/queues/custom/12/SD-34', ['SD-34']],
    ['https://x.atlassian.net/jira/servicedesk/projects/SD/queues/issue/sd-34', ['SD-34']],
    ['https://x.atlassian.net/servicedesk/customer/portal/2/SD-34?created=true', ['SD-34']],
    ['https://jira.example.com/jira/projects/ABC/issues/ABC-5?filter=allopenissues', ['ABC-5']],
    ['ABC\u20111 and ABC\u20112', ['ABC-1', 'ABC-2']],
    ['ABC\u20131, abc\u22122', ['ABC-1', 'ABC-2']],
    ['See ABC-1\u20135 (five of them)', ['ABC-1']],
    ['feature/ABC-1-fix-the-login', ['ABC-1']],
    ['hotfix/abc-1-fix and origin/ABC-2-other', ['ABC-1', 'ABC-2']],
    ['In UTF-8-encoded files of ABC-1', ['ABC-1']],
    ['https://github.com/x/y/tree/feature/ABC-1-fix', ['ABC-1']],
    ['bugfix/abc-1_fix', ['ABC-1']],
    ['ABC-1-fix-the-login', ['ABC-1']],
    ['https://x.atlassian.net/rest/api/3/issue/ABC-1', ['ABC-1']],
    ['https://x.atlassian.net/si/jira.issueviews:issue-xml/ABC-1/ABC-1.xml', ['ABC-1']],
    ['https://x.atlassian.net/browse/ABC-1?focusedCommentId=10200&page=x:comment-tabpanel#comment-10200', ['ABC-1']],
    ['[ABC-1](https://x.atlassian.net/browse/ABC-1) <https://x.atlassian.net/browse/ABC-2|ABC-2: it>', ['ABC-1', 'ABC-2']],
    ['ABC-1: Support UTF-8\r\nABC-2: as in DEF-3\r\n', ['ABC-1', 'ABC-2']],
    ['* ABC-1 - Support UTF-8\n* ABC-2 – as in DEF-3', ['ABC-1', 'ABC-2']],
    ['ABC-1\tSupport UTF-8', ['ABC-1']],
    ['ABC-1:ABC-2', ['ABC-1', 'ABC-2']],
    ['“ABC-1”, ‘A1_B-2’', ['ABC-1', 'A1_B-2']],
    ['ÄBC-1 is no key, and neither is ABC-1ä; DEF-2 is', ['DEF-2']],
  ])('finds the keys in %j', (text, keys) => {
    expect(parsePasted(text)).toEqual({ kind: 'KEYS', keys });
  });

  it.each([
    'project = SHOP',
    'project=SHOP and type=Bug order by rank',
    '(project = SHOP OR project = APP) AND sprint in openSprints()',
    'key in (SHOP-1, SHOP-2)',
    '"Story Points" is empty',
    'NOT status = Done',
    'cf[10032] > 3',
    'assignee is not EMPTY',
    'sprint not in closedSprints()',
    'ORDER BY created',
    'Команда = Ромашка AND sprint in openSprints()',
    'Größe = 5',
    'チーム in (a, b)',
    '!(status = Done)',
    '! status = Done',
    'not (not (status = Done))',
    'issueFunction in issuesInEpics("key = ABC-1")',
  ])('takes %j as a JQL', (jql) => {
    expect(parsePasted(jql)).toEqual({ kind: 'JQL', jql });
  });

  it('takes the JQL out of a link to a search', () => {
    const link = 'https://x.atlassian.net/issues/?jql=project%20%3D%20SHOP%20ORDER%20BY%20rank';
    expect(parsePasted(link)).toEqual({ kind: 'JQL', jql: 'project = SHOP ORDER BY rank' });
  });

  it.each([
    ['https://x.atlassian.net/issues/?filter=10200', { kind: 'FILTER', filterId: '10200' }],
    ['https://jira.example.com/issues/?filter=10200&startIndex=50', { kind: 'FILTER', filterId: '10200' }],
    ['https://x.atlassian.net/secure/IssueNavigator.jspa?requestId=10200', { kind: 'FILTER', filterId: '10200' }],
    ['https://x.atlassian.net/jira/software/c/projects/ABC/boards/7', { kind: 'BOARD', boardId: '7' }],
    ['https://x.atlassian.net/jira/software/projects/ABC/boards/7/backlog?epics=visible', { kind: 'BOARD', boardId: '7' }],
    ['https://jira.example.com/secure/RapidBoard.jspa?rapidView=7&projectKey=ABC&view=planning', { kind: 'BOARD', boardId: '7' }],
    ['https://x.atlassian.net/issues/?filter=10200&jql=project%20%3D%20ABC', { kind: 'JQL', jql: 'project = ABC' }],
    ['https://x.atlassian.net/issues/?jql=%20project%20%3D%20ABC%20', { kind: 'JQL', jql: 'project = ABC' }],
    ['https://x.atlassian.net/issues/?filter=10200&jql=%20', { kind: 'FILTER', filterId: '10200' }],
    ['https://x.atlassian.net/rest/api/3/filter/10200', { kind: 'FILTER', filterId: '10200' }],
  ])('takes the address %s for what it shows', (link, pasted) => {
    expect(parsePasted(link)).toEqual(pasted);
  });

  it.each([
    ['a CSV', '\ufeffIssue key,Summary,Inward issue link (Blocks)\r\nABC-1,"Fix, the ""UTF-8"" thing",XYZ-9\r\nABC-2,Other,\r\n'],
    ['a CSV with semicolons', 'Zusammenfassung;Vorgangsschlüssel;Eltern\nX;ABC-1;XYZ-9\n"Zeile\nzwei; XYZ-8";ABC-2;\n'],
    ['a CSV in another language', 'Shrnutí,Kód,Rodič\nSee XYZ-7,ABC-1,XYZ-9\nb,ABC-2,\n'],
    ['a CSV with rows that have no key', 'Summary,Issue key\na,ABC-1\nXYZ-9 is needed,\nb,ABC-2\n'],
    ['a pasted table', 'Key\tSummary\nABC-1\tlike XYZ-9\nABC-2\tb'],
    [
      'an XML',
      '<?xml version="1.0"?><rss><channel><item><title>[ABC-1] a</title><key id="1">ABC-1</key><description>XYZ-8</description><issuelinks><issuekey id="9">XYZ-9</issuekey></issuelinks></item><item><key id="2">ABC-2</key></item></channel></rss>',
    ],
    [
      'an HTML',
      '<html><body><table><tr id="issuerow1" rel="1" data-issuekey="ABC-1" class="issuerow"><td class="summary"><a href="/browse/ABC-1">like XYZ-9</a></td></tr><tr data-issuekey="ABC-2"></tr></table></body></html>',
    ],
    [
      'an HTML of another version',
      '<!-- x --><table><tr><td class="issuekey"><a class="issue-link" href="/browse/ABC-1">ABC-1</a></td><td>XYZ-9</td></tr><tr><td class="issuekey">ABC-2</td></tr></table>',
    ],
  ])('takes out of %s of Jira the issues that it lists, not those that it mentions', (_name, text) => {
    expect(parsePasted(text)).toEqual({ kind: 'KEYS', keys: ['ABC-1', 'ABC-2'] });
  });

  it('takes no time for a long row of signs within a word', () => {
    const text = `a${'!'.repeat(99_000)}a`;
    expect(() => parsePasted(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(parsePasted(`SHOP-1 ${text}`)).toEqual({ kind: 'KEYS', keys: ['SHOP-1'] });
  });

  it.each([
    ['login page', 'login page'],
    ['  Sign in, and out ', 'Sign in and out'],
    ['log IN AND out OR NOT', 'log IN and out or not'],
    ['don’t re-send e-mails', 'don’t re send e mails'],
    ['страница входа', 'страница входа'],
    ['ログイン', 'ログイン'],
    ['What is new in 2026', 'What is new in 2026'],
    ['ANDROID, or SAND', 'ANDROID or SAND'],
    ['reorder by date', 'reorder by date'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('searches for the plain words %j', (text, words) => {
    expect(parsePasted(text)).toEqual({ kind: 'JQL', jql: `text ~ "${words}"` });
  });

  it.each([
    'project SHOP ORDER BY rank',
    'login\npage',
    '12 345',
    '- _',
    '- &',
    'project SHOP ORDER  BY rank',
    'a" OR project = SECRET',
    'login (page)',
    'login*',
    'summary "login"',
    'x'.repeat(201),
    '',
    '   ',
    'https://example.com/',
  ])('refuses %j with INVALID_INPUT', (text) => {
    expect(() => parsePasted(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe('a scope', () => {
  it('is ANDed to the conditions and keeps the order', () => {
    expect(withinScope('type = Bug OR type = Task ORDER BY rank', 'project = SHOP')).toBe(
      '(type = Bug OR type = Task) AND (project = SHOP) ORDER BY rank',
    );
    expect(withinScope('ORDER BY rank', 'project = SHOP')).toBe('(project = SHOP) ORDER BY rank');
    expect(withinScope('type = Bug', undefined)).toBe('type = Bug');
  });

  it.each([
    'type = Bug) OR (project = SECRET',
    'type = Bug) OR (project = SECRET ORDER BY rank',
    'summary ~ "a" OR (key = X-1',
    'summary ~ "a',
    "summary ~ 'a",
    'summary ~ "a\\" OR (',
    'type = Bug ORDER BY rank) OR (project = SECRET',
  ])('cannot be left by %j: JQL_INVALID', (jql) => {
    expect(() => withinScope(jql, 'project = SHOP')).toThrow(expect.objectContaining({ code: 'JQL_INVALID' }));
  });

  it('takes ORDER BY in quotes or as part of a word for text', () => {
    expect(splitJql('summary ~ "order by me"')).toEqual({ where: 'summary ~ "order by me"', orderBy: '' });
    expect(splitJql('reorder = 1 ORDER  BY key')).toEqual({ where: 'reorder = 1', orderBy: 'ORDER  BY key' });
  });
});

describe('a JQL out of a chat or a document', () => {
  it.each([
    ['project = “My project” AND summary ~ ‘a b’', `project = "My project" AND summary ~ 'a b'`],
    ['„Epic Link“ = ABC-5', '"Epic Link" = ABC-5'],
    ['project = «ABC»', 'project = "ABC"'],
    ['project\u00a0=\u00a0ABC', 'project = ABC'],
    ['summary ~ "“quoted”\u00a0x"', 'summary ~ "“quoted”\u00a0x"'],
    ["summary ~ “it's”", 'summary ~ "it\'s"'],
    ['project = ABC;', 'project = ABC'],
    ['`project = ABC`', 'project = ABC'],
    ['```jql\nproject = ABC\n```', 'project = ABC'],
    ['JQL: project = ABC', 'project = ABC'],
    ['https://x.atlassian.net/issues/?jql=project%20%3D%20%E2%80%9CABC%E2%80%9D', 'project = "ABC"'],
  ])('%j', (text, jql) => {
    expect(parsePasted(text)).toEqual({ kind: 'JQL', jql });
  });
});

describe('a link to one of Jira’s own filters', () => {
  it.each([
    ['https://jira.example.com/issues/?filter=-4', 'ORDER BY created DESC'],
    ['https://jira.example.com/projects/ABC/issues/?filter=doneissues', 'project = "ABC" AND statusCategory = Done ORDER BY updated DESC'],
    ['https://jira.example.com/projects/ABC/issues?filter=allissues', 'project = "ABC" ORDER BY created DESC'],
  ])('%s', (text, jql) => {
    expect(parsePasted(text)).toEqual({ kind: 'JQL', jql });
  });

  it.each(['-1', '-2', 'myopenissues', 'reportedbyme', 'constructor'])('that is about whoever looks is none: %s', (filter) => {
    expect(() => parsePasted(`https://jira.example.com/issues/?filter=${filter}`)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});
