import { type Answer, type Call, fieldsOf, jiraError, notFound } from './answer.ts';
import { findIssue, isVisible, type SimIssue } from './world.ts';

/** PUT of an issue: number fields on its screen and the summary can be changed. */
export function editIssue(call: Call, idOrKey: string): Answer {
  const issue = findIssue(call.world, idOrKey);
  if (issue === undefined || !isVisible(issue)) return notFound();
  if (issue.isReadOnly) return jiraError(403, 'You do not have permission to edit issues in this project.');
  const wanted = fieldsOf(fieldsOf(call.body)['fields']);
  const errors: Record<string, string> = {};
  for (const [id, value] of Object.entries(wanted)) {
    if (id === 'summary') continue;
    if (!issue.project.fieldIdsOnScreen.includes(id))
      errors[id] = `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
    else if (value !== null && typeof value !== 'number') errors[id] = 'Operation value must be a number';
  }
  if (Object.keys(wanted).length === 0) return jiraError(400, "one of 'fields' or 'update' required");
  if (Object.keys(errors).length > 0) return jiraError(400, [], errors);
  for (const [id, value] of Object.entries(wanted)) {
    if (id === 'summary') setSummary(call, issue, String(value));
    else setNumber(call, issue, id, typeof value === 'number' ? value : null);
  }
  return { status: 204 };
}

/** Puts a value into a number field, with changelog and date. */
export function setNumber(call: Call, issue: SimIssue, fieldId: string, value: number | null): void {
  const before = issue.numbers.get(fieldId) ?? null;
  issue.numbers.set(fieldId, value);
  const at = touch(call, issue);
  const field = call.world.fields.find((candidate) => candidate.id === fieldId)?.name ?? fieldId;
  const text = (number: number | null) => (number === null ? null : String(number));
  if (before !== value) issue.changelog.push({ at, author: call.world.me, field, from: text(before), to: text(value) });
  call.changed({ key: issue.key, fieldId, value, at });
  call.notify('issue_updated', issue, [{ field, fromString: text(before), toString: text(value) }]);
}

function setSummary(call: Call, issue: SimIssue, summary: string): void {
  const at = touch(call, issue);
  issue.changelog.push({ at, author: call.world.me, field: 'summary', from: issue.summary, to: summary });
  call.notify('issue_updated', issue, [{ field: 'summary', fromString: issue.summary, toString: summary }]);
  issue.summary = summary;
}

function touch(call: Call, issue: SimIssue): string {
  issue.updated = new Date(call.now).toISOString().replace('Z', '+0000');
  return issue.updated;
}
