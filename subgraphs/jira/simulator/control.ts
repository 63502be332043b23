import { type Answer, type Call, fieldsOf, jiraError, ok, type Write } from './answer.ts';
import type { Fault, Faults } from './faults.ts';
import type { Webhook } from './webhooks.ts';
import { findIssue } from './world.ts';

interface Controlled {
  readonly faults: Faults;
  readonly counts: Map<string, number>;
  readonly writes: () => readonly Write[];
  readonly registerWebhook: (webhook: Webhook) => void;
}

/** The simulator's own endpoints, which no Jira has: README.md lists them. */
export function answerControl(call: Call, { faults, counts, writes, registerWebhook }: Controlled): Answer {
  const [, , name = '', key] = call.path.split('/');
  switch (`${call.method} ${name}`) {
    case 'GET requests':
      return ok({ total: [...counts.values()].reduce((sum, count) => sum + count, 0), endpoints: Object.fromEntries(counts) });
    case 'DELETE requests':
      counts.clear();
      return { status: 204 };
    case 'GET writes':
      return ok(writes());
    case 'GET faults':
      return ok(faults.list());
    case 'POST faults':
      for (const fault of Array.isArray(call.body) ? call.body : [call.body]) faults.add(fault as Fault);
      return { status: 204 };
    case 'DELETE faults':
      faults.clear();
      return { status: 204 };
    case 'POST webhooks':
      registerWebhook(call.body as Webhook);
      return { status: 204 };
    case 'POST issues':
      return changeIssue(call, key ?? '');
    default:
      return jiraError(404, `The simulator has no ${call.method} /__simulator/${name}.`);
  }
}

function changeIssue(call: Call, key: string): Answer {
  const issue = findIssue(call.world, key);
  if (issue === undefined) return jiraError(404, `There is no issue ${key}.`);
  const change = fieldsOf(call.body);
  const before = issue.key;
  if (typeof change['isForbidden'] === 'boolean') issue.isForbidden = change['isForbidden'];
  if (typeof change['isReadOnly'] === 'boolean') issue.isReadOnly = change['isReadOnly'];
  if (typeof change['isDeleted'] === 'boolean') issue.isDeleted = change['isDeleted'];
  if (typeof change['summary'] === 'string') issue.summary = change['summary'];
  if (typeof change['movedTo'] === 'string') {
    issue.formerKeys.push(issue.key);
    issue.key = change['movedTo'];
    call.world.byKey.set(issue.key, issue);
  }
  for (const [fieldId, value] of Object.entries(fieldsOf(change['numbers'])))
    issue.numbers.set(fieldId, value === null ? null : Number(value));
  issue.updated = new Date(call.now).toISOString().replace('Z', '+0000');
  const items = before === issue.key ? [] : [{ field: 'Key', fromString: before, toString: issue.key }];
  call.notify(issue.isDeleted ? 'issue_deleted' : 'issue_updated', issue, items);
  return { status: 204 };
}
