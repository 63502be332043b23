import { type Answer, type Call, fieldsOf, jiraError, notFound, ok, toList } from './answer.ts';
import { renderUser } from './render.ts';
import { findIssue, isVisible, type SimComment } from './world.ts';

/** `/issue/{key}/comment` and `/issue/{key}/comment/{id}`; undefined for other methods. */
export function answerComments(call: Call, idOrKey: string, commentId: string | undefined): Answer | undefined {
  const issue = findIssue(call.world, idOrKey);
  if (issue === undefined || !isVisible(issue)) return notFound();
  const at = new Date(call.now).toISOString().replace('Z', '+0000');
  if (call.method === 'GET' && commentId === undefined) {
    const startAt = Math.max(0, Number(call.query.get('startAt') ?? 0) || 0);
    const maxResults = Math.min(100, Number(call.query.get('maxResults') ?? 50) || 50);
    const sorted = call.query.get('orderBy') === '-created' ? issue.comments.toReversed() : issue.comments;
    const withProperties = toList(call.query.get('expand')).includes('properties');
    const comments = sorted.slice(startAt, startAt + maxResults).map((comment) => render(call, comment, withProperties));
    return ok({ startAt, maxResults, total: issue.comments.length, comments });
  }
  if (call.method !== 'POST' && call.method !== 'PUT') return undefined;
  if (issue.isReadOnly) return jiraError(403, 'You do not have the permission to comment on this issue.');
  const { body, properties } = fieldsOf(call.body);
  if (typeof body !== (call.isDataCenter ? 'string' : 'object') || body === null)
    return jiraError(400, [], { comment: 'Comment body is not valid!' });
  if (call.method === 'PUT') {
    const comment = issue.comments.find(({ id }) => id === commentId);
    if (comment === undefined) return jiraError(404, 'Can not find a comment for the id.');
    comment.body = body;
    comment.updated = at;
    return ok(render(call, comment, false));
  }
  const entries = (Array.isArray(properties) ? properties : []).map(fieldsOf).map(({ key, value }) => [String(key), value] as const);
  const id = String(Number(issue.id) * 1_000 + issue.comments.length);
  const comment: SimComment = { id, author: call.world.me, body, properties: new Map(entries), created: at, updated: at };
  issue.comments.push(comment);
  return { status: 201, body: render(call, comment, false) };
}

function render(call: Call, comment: SimComment, withProperties: boolean): unknown {
  const { properties, author, ...rest } = comment;
  return {
    ...rest,
    self: `${call.baseUrl}/rest/api/3/issue/comment/${comment.id}`,
    author: renderUser(call, author),
    ...(withProperties ? { properties: [...properties].map(([key, value]) => ({ key, value })) } : {}),
  };
}
