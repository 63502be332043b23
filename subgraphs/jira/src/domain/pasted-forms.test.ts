import { expect, it } from 'vitest';
import { DomainError } from '../../../../kit/process/errors.ts';
import { type Pasted, parsePasted } from './pasted.ts';

// What chats, mails, documents, spreadsheets and both Jiras put on a clipboard.

const K = (...keys: string[]): string => keys.join(' ');

function toSaid(pasted: Pasted): string {
  switch (pasted.kind) {
    case 'KEYS':
      return K(...pasted.keys);
    case 'JQL':
      return `JQL ${pasted.jql}`;
    case 'FILTER':
      return `FILTER ${pasted.filterId}`;
    case 'BOARD':
      return `BOARD ${pasted.boardId}`;
  }
}

function read(text: string): string {
  try {
    return toSaid(parsePasted(text));
  } catch (error) {
    if (error instanceof DomainError && error.code === 'INVALID_INPUT') return 'x';
    throw error;
  }
}

it.each<[text: string, said: string]>([
  ['<https://example.atlassian.net/browse/ABC-1|ABC-1: Fix login>', K('ABC-1')],
  ['See <https://example.atlassian.net/browse/ABC-1|this> and <https://example.atlassian.net/browse/ABC-2>', K('ABC-1', 'ABC-2')],
  ['[ABC-1: Fix](https://example.atlassian.net/browse/ABC-1)', K('ABC-1')],
  ['> ABC-1\n> ABC-2', K('ABC-1', 'ABC-2')],
  ['> On Monday Bob wrote:\n> please look at ABC-1 and ABC-2', K('ABC-1', 'ABC-2')],
  ['>> abc-1\n>> abc-2', K('ABC-1', 'ABC-2')],
  ['“project = ABC”', 'JQL project = ABC'],
  ['"project = ABC AND status = Done"', 'JQL project = ABC AND status = Done'],
  ['project = ABC AND summary ~ “login page”', 'JQL project = ABC AND summary ~ "login page"'],
  ['„project = ABC“', 'JQL project = ABC'],
  ['«project = ABC»', 'JQL project = ABC'],
  ['abc-1, abc-2', K('ABC-1', 'ABC-2')],
  ['ＡＢＣ－１', K('ABC-1')],
  ['ＡＢＣ-１２, ＡＢＣ-１３', K('ABC-12', 'ABC-13')],
  ['ABC-1\u200b, ABC-2\u200b', K('ABC-1', 'ABC-2')],
  ['\u200bABC-1', K('ABC-1')],
  ['ABC\u200b-\u200b1', K('ABC-1')],
  ['\u2066ABC-1\u2069', K('ABC-1')],
  ['\u202aABC-1\u202c \u200eABC-2', K('ABC-1', 'ABC-2')],
  ['ABC\u00ad-1', K('ABC-1')],
  ['ABC-1\u00a0ABC-2', K('ABC-1', 'ABC-2')],
  ['ABC\u00a0-\u00a01', 'x'],
  ['Issue key\tSummary\r\nABC-1\tUTF-8\r\nABC-2\tSee XYZ-9\r\n', K('ABC-1', 'ABC-2')],
  ['Summary\tIssue key\tLinked\nfoo\tABC-1\tXYZ-1\nbar\tABC-2\t\n', K('ABC-1', 'ABC-2')],
  ['ABC-1\tFix UTF-8\r\nABC-2\tSee XYZ-9', K('ABC-1', 'ABC-2')],
  ['Key;Summary\r\nABC-1;"a; XYZ-9"\r\n', K('ABC-1')],
  ['"Issue key","Summary"\r\n"ABC-1","He said ""XYZ-9"""\r\n"ABC-2","two\r\nlines XYZ-8"\r\n', K('ABC-1', 'ABC-2')],
  ['\ufeff"Vorgangsschlüssel";"Zusammenfassung"\r\n"ABC-1";"XYZ-9"', K('ABC-1')],
  ['Ключ запроса;Тема\nABC-1;XYZ-9', K('ABC-1')],
  ['Clé de ticket,Résumé\nABC-1,XYZ-9', K('ABC-1')],
  ['sep=;\r\nIssue key;Summary\r\nABC-1;XYZ-9', K('ABC-1')],
  ['https://example.atlassian.net/jira/software/projects/ABC/boards/12?selectedIssue=ABC-7', K('ABC-7')],
  ['https://example.atlassian.net/jira/software/c/projects/ABC/boards/12/backlog?selectedIssue=ABC-7&issueLimit=100', K('ABC-7')],
  ['https://example.atlassian.net/jira/software/c/projects/ABC/issues/ABC-9?jql=project%20%3D%20ABC', K('ABC-9')],
  ['https://example.atlassian.net/jira/core/projects/ABC/board?selectedIssue=ABC-9', K('ABC-9')],
  ['https://example.atlassian.net/jira/servicedesk/projects/ABC/queues/custom/5/ABC-9', K('ABC-9')],
  ['https://example.atlassian.net/servicedesk/customer/portal/2/ABC-9?created=true', K('ABC-9')],
  ['https://example.atlassian.net/jira/discovery/project/10000/view/x?selectedIssue=ABC-9', K('ABC-9')],
  ['https://example.atlassian.net/jira/polaris/projects/ABC/ideas/view/1?selectedIssue=ABC-9', K('ABC-9')],
  ['https://example.atlassian.net/jira/for-you', 'x'],
  ['https://example.atlassian.net/browse/ABC-1?focusedCommentId=10001#comment-10001', K('ABC-1')],
  ['https://example.atlassian.net/browse/ABC-1?atlOrigin=eyJpIjoiUTF-8', K('ABC-1')],
  ['https://example.atlassian.net/l/cp/abc', 'x'],
  ['https://jira.example.com/jira/browse/ABC-1?filter=-1', K('ABC-1')],
  ['https://jira.example.com/secure/RapidBoard.jspa?rapidView=5&projectKey=ABC&view=detail&selectedIssue=ABC-3', K('ABC-3')],
  ['https://jira.example.com/secure/RapidBoard.jspa?rapidView=5', 'BOARD 5'],
  ['https://jira.example.com/projects/ABC/issues/ABC-5?filter=allopenissues', K('ABC-5')],
  ['https://jira.example.com/issues/?jql=key%20in%20(ABC-1%2CABC-2)', 'JQL key in (ABC-1,ABC-2)'],
  ['https://jira.example.com/secure/IssueNavigator.jspa?reset=true&jqlQuery=project+%3D+ABC', 'JQL project = ABC'],
  ['https://jira.example.com/si/jira.issueviews:issue-html/ABC-1/ABC-1.html', K('ABC-1')],
  ['https://example.atlassian.net/issues?filter=10200', 'FILTER 10200'],
  ['https://example.atlassian.net/issues/?jql=project%20%3D%20ABC&view=list', 'JQL project = ABC'],
  ['https://example.atlassian.net/jira/software/c/projects/ABC/boards/12', 'BOARD 12'],
  ['https://example.atlassian.net/jira/software/projects/ABC/boards/12/timeline', 'BOARD 12'],
  ['https://example.atlassian.net/secure/Dashboard.jspa?selectPageId=10000', 'x'],
  ['jira.example.com/browse/ABC-1', K('ABC-1')],
  ['(ABC-1)', K('ABC-1')],
  ['#ABC-1, #ABC-2', K('ABC-1', 'ABC-2')],
  ['@ABC-1', K('ABC-1')],
  ['1. ABC-1\n2. ABC-2', K('ABC-1', 'ABC-2')],
  ['• ABC-1 – Fix\n• ABC-2 – Other', K('ABC-1', 'ABC-2')],
  ['| ABC-1 | Fix UTF-8 |\n| ABC-2 | Other XYZ-1 |', K('ABC-1', 'ABC-2')],
  ['*ABC-1*, _ABC-2_', K('ABC-1', 'ABC-2')],
  ['`ABC-1`', K('ABC-1')],
  ['```\nproject = ABC\n```', 'JQL project = ABC'],
  ['project = ABC\u200b', 'JQL project = ABC'],
  ['project\u00a0=\u00a0ABC', 'JQL project = ABC'],
  ['project ＝ ABC', 'JQL project = ABC'],
  ['status != Done AND sprint in openSprints()', 'JQL status != Done AND sprint in openSprints()'],
  ['status ≠ Done', 'x'],
  ['ABC-1 ABC-2; ABC-3|ABC-4', K('ABC-1', 'ABC-2', 'ABC-3', 'ABC-4')],
  ['ABC-1/ABC-2', K('ABC-1', 'ABC-2')],
  ['ABC-1&ABC-2', K('ABC-1', 'ABC-2')],
  ['ABC-1、ABC-2，ABC-3', K('ABC-1', 'ABC-2', 'ABC-3')],
  ['abc-1、abc-2', K('ABC-1', 'ABC-2')],
  ['<a href="https://example.atlassian.net/browse/ABC-1">ABC-1 Fix UTF-8</a>', K('ABC-1')],
  ['ABC-1,', K('ABC-1')],
  ['ABC-1.', K('ABC-1')],
  ['ABC-1:', K('ABC-1')],
  ['[ABC-1]', K('ABC-1')],
  ['[ABC-1] Fix login (UTF-8)', K('ABC-1')],
  ['ABC-1: see “XYZ-9”', K('ABC-1')],
  ['https://x.atlassian.net/browse/ABC-1,https://x.atlassian.net/browse/ABC-2', K('ABC-1', 'ABC-2')],
  ['https://x.atlassian.net/browse/ABC-1\nhttps://x.atlassian.net/browse/ABC-2\n', K('ABC-1', 'ABC-2')],
  ['https://github.com/o/r/pull/5', 'x'],
  ['sep=;\nIssue key;Summary\nABC-1;XYZ-9', K('ABC-1')],
  ['project = ABC AND Sep=1\nORDER BY rank', 'JQL project = ABC AND Sep=1\nORDER BY rank'],
  ['Issue key,Summary\n,no key\n', 'x'],
  ['`project = ABC`\n', 'JQL project = ABC'],
  ['summary ~ "a `b` c"', 'JQL summary ~ "a `b` c"'],
  ['```\nJQL : project = ABC\n```', 'JQL project = ABC'],
  ['summary ~ "jql: a"', 'JQL summary ~ "jql: a"'],
  ['summary ~ "http://jira.example.com/browse/ABC-1"', 'JQL summary ~ "http://jira.example.com/browse/ABC-1"'],
  ['status = open, see http://jira.example.com/browse/ABC-1', K('ABC-1')],
  [' > project = ABC', 'JQL project = ABC'],
  ['\t>>project = ABC', 'JQL project = ABC'],
  ['>\t> project = ABC', 'JQL project = ABC'],
  ['see "project = ABC"', 'x'],
  ['"project = ABC" please', 'x'],
])('%j is %s', (text, said) => {
  expect(read(text)).toBe(said);
});

// A link in whatever clothes; also one of a Jira without TLS.
const link = 'http://jira.example.com/issues/?filter=10200';
it.each([
  [`  ${link}\n`],
  [`<${link}>`],
  [`<${link}|Open issues>`],
  [`[Open issues](${link})`],
  [`<a class="x" href="${link}" title="y">Open issues</a>`],
])('%j is the filter that its link shows', (text) => {
  expect(read(text)).toBe('FILTER 10200');
});

it.each([
  [`see ${link}`],
  [`filter:${link}`],
  [`${link}&startIndex=0 and more`],
  ['https://[jira.example.com/issues/?filter=10200'],
  ['https://jira.example.com/issues/?filter=10200x'],
  ['https://jira.example.com/issues/?filter=1020000000000'],
  ['https://jira.example.com/secure/RapidBoard.jspa?rapidView=x7'],
  ['https://jira.example.com/secure/RapidBoard.jspa?rapidView=7x'],
])('%j is not a link to a filter or a board alone', (text) => {
  expect(read(text)).toBe('x');
});

it.each([
  ['links without end', '<https://'],
  ['labels', '[a](https://x'],
  ['anchors', '<a href="https://x'],
  ['marks of replies', '> > >\n'],
  ['quotes', '“'],
  ['brackets', '[ABC-1] '],
])('a long row of %s takes a moment', (_what, piece) => {
  const text = piece.repeat(Math.floor(100_000 / piece.length));
  const before = process.threadCpuUsage();
  try {
    parsePasted(text);
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
  }
  expect(process.threadCpuUsage(before).user).toBeLessThan(2_000_000);
});
