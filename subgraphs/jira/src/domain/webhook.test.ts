import { describe, expect, it } from 'vitest';
import { toIssueChange } from './webhook.ts';

// Bodies as Jira's documentation shows them: https://developer.atlassian.com/cloud/jira/platform/webhooks/,
// https://confluence.atlassian.com/adminjiraserver/managing-webhooks-938846912.html and the Automation's "Send web request".
const at = 1_525_698_237_764;
const user = { self: 'https://example.atlassian.net/rest/api/2/user?accountId=1', accountId: '1', displayName: 'Bryan' };
const issue = {
  id: '99291',
  self: 'https://example.atlassian.net/rest/api/2/99291',
  key: 'JRA-20002',
  fields: { summary: 'a', parent: null },
};
const ofEvent = (webhookEvent: string, more: object) => ({ timestamp: at, webhookEvent, ...more });
const items = (...changes: object[]) => ({ changelog: { id: '10124', items: changes } });
const told = (keys: readonly string[], ids: readonly string[] = [], sprintIds: readonly string[] = []) => ({ keys, ids, sprintIds, at });

describe('a webhook', () => {
  it.each<[string, object, ReturnType<typeof told> | undefined]>([
    ['of an issue on Cloud', ofEvent('jira:issue_updated', { issue_event_type_name: 'issue_generic', user, issue }), told(['JRA-20002'])],
    [
      'of an issue on Data Center',
      ofEvent('jira:issue_updated', { issue: { ...issue, id: 99291 }, user: { name: 'bryan' } }),
      told(['JRA-20002']),
    ],
    ['of a dynamic webhook', ofEvent('jira:issue_updated', { issue, matchedWebhookIds: [1] }), told(['JRA-20002'])],
    [
      'of a move',
      ofEvent('jira:issue_updated', {
        issue_event_type_name: 'issue_moved',
        issue,
        ...items(
          { field: 'project', fromString: 'Old', toString: 'JIRA' },
          { field: 'Key', fieldtype: 'jira', fieldId: '', from: null, fromString: 'OLD-7', to: null, toString: 'JRA-20002' },
        ),
      }),
      told(['JRA-20002', 'OLD-7']),
    ],
    [
      'of a subtask that gets another parent',
      ofEvent('jira:issue_updated', {
        issue: { ...issue, fields: { parent: { id: '7', key: 'JRA-2' } } },
        ...items({ field: 'IssueParentAssociation', from: '10001', fromString: 'JRA-1', to: '7', toString: 'JRA-2' }),
      }),
      told(['JRA-20002', 'JRA-2', 'JRA-1'], ['10001', '7']),
    ],
    [
      'of changed fields whose names only sound like those of a key or a parent',
      ofEvent('jira:issue_updated', {
        issue,
        ...items(
          ...['Key results', 'Monkey', 'Parent account', 'Former parent'].map((field) => ({ field, from: '7', fromString: 'OLD-7' })),
        ),
      }),
      told(['JRA-20002']),
    ],
    ['of a deletion', ofEvent('jira:issue_deleted', { issue, user }), told(['JRA-20002'])],
    [
      'of a new subtask',
      ofEvent('jira:issue_created', { issue: { ...issue, fields: { parent: { key: 'JRA-1' } } } }),
      told(['JRA-20002', 'JRA-1']),
    ],
    ['of an issue by its number alone', ofEvent('jira:issue_updated', { issue: { id: '99291' } }), told([], ['99291'])],
    [
      'of a new link',
      ofEvent('issuelink_created', { issueLink: { id: 1, sourceIssueId: 10, destinationIssueId: 11 } }),
      told([], ['10', '11']),
    ],
    [
      'of a removed link',
      ofEvent('issuelink_deleted', { issueLink: { sourceIssueId: '10', destinationIssueId: '11' } }),
      told([], ['10', '11']),
    ],
    ['of a sprint that starts', ofEvent('sprint_started', { sprint: { id: 4, state: 'active' } }), told([], [], ['4'])],
    ['of a sprint that ends', ofEvent('sprint_closed', { sprint: { id: '4', state: 'closed' } }), told([], [], ['4'])],
    ['of a file', ofEvent('attachment_created', { attachment: { id: '1', filename: 'a.png' } }), undefined],
    ['of a file, with its issue', ofEvent('attachment_deleted', { attachment: { id: '1' }, issue }), told(['JRA-20002'])],
    ['of an entity property', ofEvent('issue_property_set', { issue, property: { key: 'a' } }), told(['JRA-20002'])],
    ['of a comment', ofEvent('comment_created', { comment: { id: '2' }, issue }), undefined],
    ['of a worklog', ofEvent('worklog_created', { worklog: { issueId: '99291' } }), undefined],
    ['of a worklog on Data Center', ofEvent('jira:worklog_updated', { issue }), undefined],
    ['of a version', ofEvent('jira:version_released', { version: { id: '10000', name: '1.0', projectId: 10000 } }), undefined],
    ['of a project', ofEvent('project_updated', { project: { id: 1, key: 'JRA' } }), undefined],
    ['of a board', ofEvent('board_configuration_changed', { configuration: { id: 1 } }), undefined],
    ['of a user', ofEvent('user_updated', { user: { key: 'JRA-1' } }), undefined],
    ['of an event that is not known', ofEvent('jira:issue_sneezed', { issue }), undefined],
    ['of an issue without a name', ofEvent('jira:issue_updated', { issue: {} }), undefined],
    ['of an issue that is none', ofEvent('jira:issue_updated', { issue: 'JRA-1', changelog: { items: 'x' } }), undefined],
    ['of a link without ends', ofEvent('issuelink_created', { issueLink: null }), undefined],
    ['of a sprint without a number', ofEvent('sprint_started', { sprint: { id: 'x; DROP' } }), undefined],
  ])('%s names what has changed', (_of, body, expected) => {
    expect(toIssueChange(body)).toEqual(expected);
  });

  it.each<[string, unknown, readonly string[], readonly string[]]>([
    ['the issue', { id: '12', key: 'SHOP-2', fields: { summary: 'a' } }, ['SHOP-2'], []],
    ['the issue by its number', { id: '12', fields: {} }, [], ['12']],
    ['the issue below a name', { issue: { key: 'SHOP-3', fields: {} } }, ['SHOP-3'], []],
    ['the key alone', { key: 'SHOP-2' }, ['SHOP-2'], []],
    ['the key below a name', { issueKey: 'shop-2' }, ['SHOP-2'], []],
    ['the key as the issue', { issue: 'SHOP-2', rule: 'r' }, ['SHOP-2'], []],
    ['issues', { issues: [{ key: 'SHOP-2' }, null, { id: 7 }, 'SHOP-3', 5, { key: 'SHOP-2' }] }, ['SHOP-2', 'SHOP-3'], ['7']],
    ['a list', [{ key: 'SHOP-2', fields: {} }, 'SHOP-4'], ['SHOP-2', 'SHOP-4'], []],
    ['a list of as many keys as numbers', [{ key: 'SHOP-2' }, { id: 7 }], ['SHOP-2'], ['7']],
    ['the issue with a time in words', { key: 'SHOP-2', timestamp: '2026-12-01T08:00:00Z' }, ['SHOP-2'], []],
  ])('of Automation may send %s', (_what, body, keys, ids) => {
    expect(toIssueChange(body)).toEqual({ keys, ids, sprintIds: [], at: undefined });
  });

  it('that says no event, in so many words, is of Automation', () => {
    expect(toIssueChange({ webhookEvent: '', key: 'SHOP-2' })?.keys).toEqual(['SHOP-2']);
  });

  it('of an event whose issue has no name is about the one in its address, whatever parent it names', () => {
    const event = ofEvent('jira:issue_updated', { issue: {}, ...items({ field: 'Parent', from: '7', fromString: 'OLD-7' }) });
    expect(toIssueChange(event, new URLSearchParams('issueKey=SHOP-1'))).toMatchObject({ keys: ['SHOP-1'], ids: [] });
  });

  it.each<[string, string, object]>([
    ['the key', 'issueKey=SHOP-1&user_id=5', { keys: ['SHOP-1'] }],
    ['the key by its other names', 'issue=SHOP-1', { keys: ['SHOP-1'] }],
    ['the key behind a name that is left empty', 'issueKey=&issue=SHOP-1', { keys: ['SHOP-1'] }],
    ['the number', 'issueId=7', { ids: ['7'] }],
    ['the sprint', 'sprintId=4&boardId=2', { sprintIds: ['4'] }],
  ])('without a body has %s in its address', (_what, query, expected) => {
    const change = { keys: [], ids: [], sprintIds: [], at: undefined, ...expected };
    for (const body of [{}, null, []]) expect(toIssueChange(body, new URLSearchParams(query))).toEqual(change);
  });

  it('whose body names an issue means that one, whatever its address says, and one that is about something else means none', () => {
    const query = new URLSearchParams('issueKey=SHOP-1');
    expect(toIssueChange(ofEvent('jira:issue_updated', { issue }), query)?.keys).toEqual(['JRA-20002']);
    expect(toIssueChange(ofEvent('attachment_created', { attachment: { id: '1' } }), query)?.keys).toEqual(['SHOP-1']);
    expect(toIssueChange(ofEvent('comment_created', { comment: {} }), query)).toBeUndefined();
  });

  it.each([
    ['a variable that was not filled in', {}, 'issueKey=${issue.key}'],
    ['no key', { key: 'not a key' }, ''],
    ['nothing', null, ''],
    ['a number', 3, ''],
    ['a text', 'SHOP', ''],
    ['a negative number', { id: -1, fields: {} }, ''],
    ['a number too large to be exact', { id: 1e21, fields: {} }, ''],
    ['a list in the place of a number', { id: ['12'], fields: {} }, ''],
    ['an object in the place of a key', { key: { toString: 'SHOP-1' }, fields: {} }, ''],
  ])('that says %s is about nothing', (_what, body, query) => {
    expect(toIssueChange(body, new URLSearchParams(query))).toBeUndefined();
  });

  it('names a thousand issues at most', () => {
    const body = Array.from({ length: 50_000 }, (_, place) => ({ key: `SHOP-${place + 1}` }));
    expect(toIssueChange(body)?.keys).toHaveLength(1_000);
    const moves = Array.from({ length: 50_000 }, (_, place) => ({ field: 'Key', fromString: `OLD-${place + 1}` }));
    expect(toIssueChange(ofEvent('jira:issue_updated', { issue, ...items(...moves) }))?.keys).toHaveLength(1_000);
  });
});
