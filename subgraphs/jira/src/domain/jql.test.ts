import { describe, expect, it } from 'vitest';
import { findOnlyProject, parseJql, splitJql, withinScope } from './jql.ts';

describe('a JQL', () => {
  it.each([
    ['project = ABC ORDER BY "Rank (Obsolete)" ASC', '(project = ABC) AND (project = ABC) ORDER BY "Rank (Obsolete)" ASC'],
    ['ORDER BY \'a (b\', "c \\" ) d" DESC', '(project = ABC) ORDER BY \'a (b\', "c \\" ) d" DESC'],
    ['summary ~ "order by (x"', '(summary ~ "order by (x") AND (project = ABC)'],
  ])('keeps its order within a scope: %s', (jql, scoped) => {
    expect(withinScope(jql, 'project = ABC')).toBe(scoped);
  });

  it.each(['a = 1 ORDER BY (x)', 'a = 1 ORDER BY "x', 'a = 1 ORDER BY x) OR (b = 2'])('cannot reach out of its scope: %s', (jql) => {
    expect(() => splitJql(jql)).toThrow(expect.objectContaining({ code: 'JQL_INVALID' }));
  });

  it.each([
    [`${'('.repeat(4_900)}a = 1${')'.repeat(4_900)}`],
    [`${'not '.repeat(2_000)}a = 1`],
    [`${'!'.repeat(4_000)}(a = 1)`],
    [`${'('.repeat(51)}a = 1${')'.repeat(51)}`],
  ])('is refused with JQL_INVALID when it is nested too deep: %#', (jql) => {
    expect(() => parseJql(jql)).toThrow(expect.objectContaining({ code: 'JQL_INVALID' }));
  });

  it.each([`${'('.repeat(50)}a = 1${')'.repeat(50)}`, `summary ~ "${'('.repeat(500)}"`, Array(300).fill('(a != 1)').join(' AND NOT ')])(
    'is taken at any width: %#',
    (jql) => {
      expect(parseJql(jql)).toBe(jql);
    },
  );

  it('is refused with INVALID_INPUT when it is longer than 10 000 characters', () => {
    expect(() => parseJql(`a = ${'x'.repeat(10_000)}`)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it.each([
    ['project = ABC ORDER BY Rank', 'ABC'],
    ['project in ("abc") AND type = Bug', 'abc'],
    ['type = Bug AND project = ABC', 'ABC'],
    ['project in (ABC, PMO)', undefined],
    ['project = ABC OR project = PMO', undefined],
    ['project = ABC OR labels = x', undefined],
    ['project != ABC', undefined],
    ['labels = x', undefined],
    ['project = ABC AND project not in (X)', undefined],
  ])('of a board is about one project alone or not: %s', (jql, key) => {
    expect(findOnlyProject(jql)).toBe(key);
  });
});
