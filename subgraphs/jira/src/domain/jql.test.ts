import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOnlyProject, looksLikeJql, parseJql, splitJql, withinScope } from './jql.ts';

// Conditions as https://support.atlassian.com/jira-software-cloud/docs/jql-operators/ shows them; a blank stands where one must be, `_` where one may be.
const conditions = [
  'issueType_=_Task',
  'duedate_!=_"2025-02-20"',
  '"Story Points"_>=_5',
  "'Story Points'_<_5",
  'summary_!~_win',
  'cf[10032]_>_3',
  'status in_(Open,_"In Progress")',
  'assignee not in_(Jack,_Jill)',
  'sprint in openSprints_(_)',
  'fixVersion is empty',
  'assignee is not null',
  'status was "In Progress"',
  'assignee was not in_(Jack)',
  'priority changed',
  'status changed FROM Open TO Done',
  'not status_=_Done',
  '!_(_status_=_Done_)',
  'order by created',
];

describe('a JQL', () => {
  it.each(conditions)('is known by its first condition, whatever blanks stand in it: %s', (condition) => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.stringMatching(/^[ \t\n\u00a0]{0,3}$/)), (blanks) => {
        const next = (least: string) => `${least}${blanks.next().value}`;
        const jql = `${next('')}${condition.replace(/[ _]/g, (sign) => next(sign.trim() === '' ? ' ' : ''))}`;
        expect([jql, looksLikeJql(jql)]).toEqual([jql, true]);
      }),
    );
  });

  it.each(['reorder by date', 'login page', 'SHOP-1, SHOP-2', 'was it done', 'wasps changedly', 'The fix is not nullable'])(
    'is not what only sounds like one: %s',
    (text) => {
      expect(looksLikeJql(text)).toBe(false);
    },
  );

  it.each([
    ['project = ABC ORDER BY "Rank (Obsolete)" ASC', '(project = ABC) AND (project = ABC) ORDER BY "Rank (Obsolete)" ASC'],
    ['ORDER BY \'a (b\', "c \\" ) d" DESC', '(project = ABC) ORDER BY \'a (b\', "c \\" ) d" DESC'],
    ['summary ~ "order by (x"', '(summary ~ "order by (x") AND (project = ABC)'],
    ['summary ~ "a \\" ( b"', '(summary ~ "a \\" ( b") AND (project = ABC)'],
    [
      '(a = 1 OR b = 2) AND sprint in openSprints() ORDER BY rank ',
      '((a = 1 OR b = 2) AND sprint in openSprints()) AND (project = ABC) ORDER BY rank',
    ],
    [' a = 1 ', '(a = 1) AND (project = ABC)'],
    ['  ', '(project = ABC)'],
  ])('keeps its conditions and its order within a scope: %s', (jql, scoped) => {
    expect(withinScope(jql, 'project = ABC')).toBe(scoped);
  });

  it.each([
    ['a = 1 ORDER BY (x)', 'JQL_ORDER', {}],
    ['a = 1 ORDER BY "x', 'JQL_QUOTE_OPEN', {}],
    ['a = 1 ORDER BY x) OR (b = 2', 'JQL_ORDER', {}],
    ['a = "1', 'JQL_QUOTE_OPEN', {}],
    ['a = 1) OR (b = 2', 'JQL_PARENTHESIS_CLOSES', { character: 6 }],
    ['((a = 1', 'JQL_PARENTHESES_OPEN', { open: 2 }],
    ['(a = 1 ORDER BY x', 'JQL_PARENTHESES_OPEN', { open: 1 }],
  ])('cannot reach out of its scope: %s is JQL_INVALID, %s', (jql, reason, values) => {
    expect(() => splitJql(jql)).toThrow(expect.objectContaining({ code: 'JQL_INVALID', details: { reason, values } }));
  });

  it.each([
    [`${'('.repeat(4_900)}a = 1${')'.repeat(4_900)}`],
    [`${'not '.repeat(2_000)}a = 1`],
    [`${'!'.repeat(4_000)}(a = 1)`],
    [`${'not  '.repeat(51)}a = 1`],
    [`${'! '.repeat(51)}(a = 1)`],
    [`${'('.repeat(51)}a = 1${')'.repeat(51)}`],
  ])('is refused with JQL_TOO_DEEP when it is nested deeper than 50: %#', (jql) => {
    const details = { reason: 'JQL_TOO_DEEP', values: { most: 50 } };
    expect(() => parseJql(jql)).toThrow(expect.objectContaining({ code: 'JQL_INVALID', details }));
  });

  it.each([
    `${'('.repeat(50)}a = 1${')'.repeat(50)}`,
    `summary ~ "${'('.repeat(500)}"`,
    `summary ~ '${'('.repeat(500)}'`,
    Array(300).fill('(a != 1)').join(' AND NOT '),
  ])('is taken at any width: %#', (jql) => {
    expect(parseJql(jql)).toBe(jql);
  });

  it('has 10 000 characters at most: a longer one is refused with TOO_LONG', () => {
    expect(parseJql('x'.repeat(10_000))).toHaveLength(10_000);
    const details = { reason: 'TOO_LONG', values: { field: 'jql', length: 10_001, most: 10_000 } };
    expect(() => parseJql('x'.repeat(10_001))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', details }));
  });

  it.each(['summary ~ "a;b"', "summary ~ '“quoted”\u00a0x'"])('keeps what stands in quotes: %s', (jql) => {
    expect(parseJql(jql)).toBe(jql);
  });

  it.each([
    ['project = ABC ORDER BY Rank', 'ABC'],
    ['project  =  "ABC"', 'ABC'],
    ['project="ABC"', 'ABC'],
    ['project in ("abc") AND type = Bug', 'abc'],
    ['project in ( "abc" )', 'abc'],
    ['project in(ABC)', 'ABC'],
    ['type = Bug AND project = ABC', 'ABC'],
    ['project in (ABC, PMO)', undefined],
    ['project = ABC OR project = PMO', undefined],
    ['project = ABC AND project = PMO', undefined],
    ['project = ABC OR labels = x', undefined],
    ['project != ABC', undefined],
    ['labels = x', undefined],
    ['project = ABC AND project not in (X)', undefined],
  ])('of a board is about one project alone or not: %s', (jql, key) => {
    expect(findOnlyProject(jql)).toBe(key);
  });
});
