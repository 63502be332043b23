import { describe, expect, it } from 'vitest';
import { createWorld } from '../seed.ts';
import { runJql } from './evaluate.ts';
import { parseJql } from './parse.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const world = createWorld({ seed: 42, now, issueCount: 330 });
const find = (jql: string, isStrict = true) => runJql(world, jql, { mustBeBounded: true, isStrict, now });
const keys = (jql: string) => find(jql).map(({ key }) => key);

describe('the simulated backlog', () => {
  it('has at least 300 issues in three projects, and is the same for the same seed', () => {
    expect(world.issues.length).toBeGreaterThanOrEqual(300);
    expect(new Set(world.issues.map(({ project }) => project.key))).toEqual(new Set(['SHOP', 'APP', 'OPS']));
    const again = createWorld({ seed: 42, now, issueCount: 330 });
    expect(again.issues.map(({ key, summary }) => key + summary)).toEqual(world.issues.map(({ key, summary }) => key + summary));
    expect(createWorld({ seed: 43, now, issueCount: 330 }).issues[9]?.summary).not.toBe(undefined);
  });
});

describe('JQL', () => {
  it('finds by project, type, status, and combinations with AND, OR, NOT and parentheses', () => {
    const found = find('project = SHOP AND (type = Bug OR type = Task) AND NOT status = Done');
    expect(found.length).toBeGreaterThan(5);
    expect(found.every(({ project, type, status }) => project.key === 'SHOP' && type !== 'Story' && status.name !== 'Done')).toBe(true);
  });

  it('binds AND more tightly than OR', () => {
    expect(keys('key = SHOP-1 OR key = SHOP-2 AND key = SHOP-3')).toEqual(['SHOP-1']);
  });

  it('finds by list, label, component, sprint function and person', () => {
    expect(keys('key in (SHOP-2, APP-3) ORDER BY key').sort()).toEqual(['APP-3', 'SHOP-2']);
    expect(
      find('labels in (quick-win, regression)').every(({ labels }) => labels.some((label) => /quick-win|regression/.test(label))),
    ).toBe(true);
    expect(find('sprint in openSprints()').every(({ sprints }) => sprints[0]?.state === 'active')).toBe(true);
    expect(find('assignee = "Ada Okafor"').every(({ assignee }) => assignee?.displayName === 'Ada Okafor')).toBe(true);
    expect(find('assignee is EMPTY and component = Checkout').length).toBeGreaterThan(0);
  });

  it('tells empty story points from zero', () => {
    const empty = find('"Story Points" is EMPTY AND project = SHOP');
    const zero = find('"Story Points" = 0');
    expect(empty.length).toBeGreaterThan(0);
    expect(zero.length).toBeGreaterThan(0);
    expect(zero.some((issue) => empty.includes(issue))).toBe(false);
    expect(find('cf[10032] >= 5').every(({ numbers }) => (numbers.get('customfield_10032') ?? 0) >= 5)).toBe(true);
  });

  it('searches text and dates', () => {
    const anywhere = find('text ~ "voucher"');
    expect(anywhere.length).toBeGreaterThan(find('summary ~ "voucher"').length - 1);
    expect(anywhere.every(({ summary, description }) => /voucher/i.test(summary + JSON.stringify(description)))).toBe(true);
    expect(find('summary ~ "voucher field"').every(({ summary }) => summary.includes('voucher field'))).toBe(true);
    expect(find('updated >= -30d').every(({ updated }) => Date.parse(updated.replace('+0000', 'Z')) >= now - 30 * 86_400_000)).toBe(true);
  });

  it('sorts by several fields, numbers by number', () => {
    expect(keys('key in (SHOP-2, SHOP-10, APP-1) ORDER BY key')).toEqual(['APP-1', 'SHOP-2', 'SHOP-10']);
    const points = find('"Story Points" is not EMPTY ORDER BY "Story Points" DESC, key ASC').map(
      ({ numbers }) => numbers.get('customfield_10032') ?? 0,
    );
    expect(points).toEqual(points.toSorted((a, b) => b - a));
  });

  it('does not show deleted or forbidden issues', () => {
    const own = createWorld({ seed: 1, now, issueCount: 330 });
    const [first, second] = own.issues;
    if (first === undefined || second === undefined) throw new Error('no issues');
    first.isDeleted = true;
    second.isForbidden = true;
    const found = runJql(own, 'project = SHOP', { mustBeBounded: true, isStrict: true, now });
    expect(found).not.toContain(first);
    expect(found).not.toContain(second);
  });

  it('ignores keys that do not exist only when it is not strict', () => {
    expect(() => find('key in (SHOP-1, NOPE-1)')).toThrow("An issue with key 'NOPE-1' does not exist for field 'key'.");
    expect(find('key in (SHOP-1, NOPE-1)', false)).toHaveLength(1);
  });

  it.each([
    [
      'summary foo',
      "Expecting operator but got 'foo'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. (line 1, character 9)",
    ],
    ['project = SHOP project = APP', "Expecting either 'OR' or 'AND' but got 'project'. (line 1, character 16)"],
    ['project = SHOP\nAND type ==', '(line 2, character 11)'],
    ['project =', 'Expecting either a value, list or function before the end of the query.'],
    ['project = "SHOP', "The quoted string 'SHOP' has not been completed. (line 1, character 11)"],
    ['project = SHOP & type = Bug', "The character '&' is a reserved JQL character."],
    ['colour = red', "Field 'colour' does not exist or you do not have permission to view it."],
    ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
    ['project ~ SHOP', "The operator '~' is not supported by the 'project' field."],
    ['assignee = nobody()', "Unable to find JQL function 'nobody()'."],
    ['updated > yesterday', "Date value 'yesterday' for field 'updated' is invalid."],
    ['"Story Points" > many', 'is not a number'],
    ['', 'Unbounded JQL queries are not allowed here.'],
    ['ORDER BY created', 'Unbounded JQL queries are not allowed here.'],
    [`${'('.repeat(4_900)}project = SHOP${')'.repeat(4_900)}`, 'nested too deeply'],
    [`${'not '.repeat(4_900)}project = SHOP`, 'nested too deeply'],
    ['(project = SHOP', "Expecting ')' before the end of the query."],
  ])('rejects %j as Jira does, naming the place', (jql, message) => {
    expect(() => find(jql)).toThrow(message);
  });

  it('parses quotes, escapes and a trailing ORDER BY', () => {
    expect(parseJql('summary ~ "say \\"hi\\"" ORDER BY key desc, created')).toMatchObject({
      where: { field: 'summary', operand: { text: 'say "hi"' } },
      orderBy: [
        { field: 'key', isDescending: true },
        { field: 'created', isDescending: false },
      ],
    });
  });
});
