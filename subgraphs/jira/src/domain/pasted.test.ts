import { describe, expect, it } from 'vitest';
import { splitJql, withinScope } from './jql.ts';
import { parseKey, toKey } from './keys.ts';
import { parsePasted } from './pasted.ts';

describe('keys', () => {
  it('are taken in any case and with blanks around', () => {
    expect(toKey(' shop-12 ')).toBe('SHOP-12');
  });

  it.each(['SHOP', 'SHOP-0', '-12', 'SHOP-1-2', 'SH OP-1', '1SHOP-2', 'SHOP-12; DROP'])('refuses %j with INVALID_INPUT', (given) => {
    expect(() => parseKey(given)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

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
  ])('takes %j as a JQL', (jql) => {
    expect(parsePasted(jql)).toEqual({ kind: 'JQL', jql });
  });

  it('takes the JQL out of a link to a search', () => {
    const link = 'https://x.atlassian.net/issues/?jql=project%20%3D%20SHOP%20ORDER%20BY%20rank';
    expect(parsePasted(link)).toEqual({ kind: 'JQL', jql: 'project = SHOP ORDER BY rank' });
  });

  it('takes no time for a long row of signs within a word', () => {
    const text = `a${'!'.repeat(99_000)}a`;
    expect(() => parsePasted(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(parsePasted(`SHOP-1 ${text}`)).toEqual({ kind: 'KEYS', keys: ['SHOP-1'] });
  });

  it.each(['', '   ', 'nothing of that kind', 'https://example.com/'])('refuses %j with INVALID_INPUT', (text) => {
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
