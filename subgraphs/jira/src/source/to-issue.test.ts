import { describe, expect, it } from 'vitest';
import { renderAdf } from '../domain/adf.ts';
import { type RawIssue, rawIssue, rawIssues, toIssue } from './to-issue.ts';

const parse = (fields: object) =>
  toIssue(rawIssue.parse({ id: '1', key: 'SHOP-1', fields }), {
    browseUrl: 'https://jira.example',
    renderDescription: renderAdf,
    sprintFieldId: 'customfield_1',
    extraFields: [],
    hasWikiTexts: false,
    epicFieldId: 'customfield_4',
    estimateFieldIds: () => ({ estimate: ['customfield_2', 'customfield_3'] }),
  });

describe("Jira's JSON", () => {
  it('makes an issue even when nothing but the key is in it', () => {
    expect(parse({})).toMatchObject({
      key: 'SHOP-1',
      summary: '',
      description: null,
      status: { category: 'UNDEFINED' },
      sprint: null,
      estimates: {},
    });
  });

  it('counts a field that we cannot read as empty', () => {
    const odd = {
      summary: 7,
      issuetype: 'Story',
      status: [],
      priority: 'High',
      assignee: 'ann',
      labels: 'x',
      components: {},
      parent: 3,
      created: 'yesterday',
      subtasks: {},
      issuelinks: [1],
    };
    expect(parse({ ...odd, description: 'wiki?', customfield_1: 'x', customfield_2: {} })).toMatchObject({
      key: 'SHOP-1',
      labels: [],
      links: [],
      estimates: {},
    });
  });

  it('tells times with an offset in UTC', () => {
    expect(parse({ created: '2026-11-22T09:30:00.000+0130', updated: '2026-11-22T09:30:00.000Z' })).toMatchObject({
      created: '2026-11-22T08:00:00.000Z',
      updated: '2026-11-22T09:30:00.000Z',
    });
  });

  it('takes the only field that has a number as the estimate, zero and texts of numbers included, and none of two', () => {
    expect(parse({ customfield_2: null, customfield_3: 0 }).estimates).toEqual({ estimate: 0 });
    expect(parse({ customfield_2: '3.5', customfield_3: '' }).estimates).toEqual({ estimate: 3.5 });
    expect(parse({ customfield_2: '3.5', customfield_3: 8 }).estimates).toEqual({});
    expect(parse({ customfield_2: '', customfield_3: '2026-01-01' }).estimates).toEqual({});
  });

  it('prefers the active sprint, then the next one, then the last one', () => {
    const sprint = (id: number, state: string) => ({ id, name: `Sprint ${id}`, state });
    const nameOf = (...sprints: unknown[]) => parse({ customfield_1: sprints }).sprint?.name;
    expect(nameOf(sprint(1, 'closed'), sprint(2, 'future'), sprint(3, 'active'))).toBe('Sprint 3');
    expect(nameOf(sprint(1, 'closed'), sprint(2, 'future'))).toBe('Sprint 2');
    expect(nameOf(sprint(1, 'closed'), sprint(4, 'closed'))).toBe('Sprint 4');
  });

  it("reads Data Center's sprints, with commas and brackets in their names", () => {
    const text =
      'com.atlassian.greenhopper.service.sprint.Sprint@1f2e[id=5,rapidViewId=1,state=ACTIVE,name=Alpha, beta [x],startDate=<null>,endDate=<null>,goal=]';
    expect(parse({ customfield_1: [text] }).sprint).toEqual({
      id: '5',
      name: 'Alpha, beta [x]',
      state: 'ACTIVE',
      startDate: null,
      endDate: null,
      goal: null,
    });
  });

  it("takes Data Center's epic link for the parent where there is none", () => {
    expect(parse({ customfield_4: 'SHOP-9' }).parent).toEqual({ key: 'SHOP-9', summary: '', status: null });
    expect(parse({ customfield_4: 'SHOP-9', parent: { key: 'SHOP-8', fields: { summary: 'Whole' } } }).parent?.key).toBe('SHOP-8');
    expect(parse({ customfield_4: null }).parent).toBeNull();
  });

  it('refuses what is no issue at all, and leaves it out of a list', () => {
    const fields = { summary: 'Good' };
    const list = [{ id: '1', key: 'SHOP-1', fields }, { key: 'SHOP-2' }, null, { id: '3', key: 'SHOP-3', fields }];
    expect(rawIssues.parse(list).map(({ key }) => key)).toEqual(['SHOP-1', 'SHOP-3']);
    expect(rawIssue.safeParse({ key: 'SHOP-1' } satisfies Partial<RawIssue>).success).toBe(false);
  });
});
