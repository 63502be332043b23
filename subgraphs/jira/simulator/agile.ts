import { type Answer, type Call, fieldsOf, jiraError, notFound, ok, toList } from './answer.ts';
import { setNumber } from './edit.ts';
import { page } from './platform.ts';
import { renderBoard, renderIssue, renderSprint } from './render.ts';
import { findIssue, isVisible, type SimBoard } from './world.ts';

/** The Agile REST API 1.0; `path` is without `/rest/agile/1.0`. Undefined: no such endpoint. */
export function answerAgile(call: Call, path: string): Answer | undefined {
  const { method, world, query } = call;
  if (path === '/board' && method === 'GET') {
    const project = query.get('projectKeyOrId')?.toUpperCase();
    return ok(
      page(
        call,
        world.boards.filter((board) => project === undefined || board.projectKey === project),
        (board) => renderBoard(call, board),
      ),
    );
  }
  const [, boardId, sub] = /^\/board\/(\d+)\/(configuration|sprint|backlog)$/.exec(path) ?? [];
  if (boardId !== undefined && method === 'GET') {
    const board = world.boards.find((candidate) => candidate.id === Number(boardId));
    if (board === undefined) return jiraError(404, `Board does not exist or you do not have permission to see it.`);
    return answerBoard(call, board, sub ?? '');
  }
  const [, idOrKey] = /^\/issue\/([^/]+)\/estimation$/.exec(path) ?? [];
  if (idOrKey !== undefined && (method === 'GET' || method === 'PUT')) return answerEstimation(call, decodeURIComponent(idOrKey));
  return undefined;
}

function answerBoard(call: Call, board: SimBoard, sub: string): Answer {
  const { world, query, baseUrl } = call;
  if (sub === 'configuration') {
    const field = world.fields.find((candidate) => candidate.id === board.estimationFieldId);
    return ok({
      id: board.id,
      name: board.name,
      type: board.type,
      self: `${baseUrl}/rest/agile/1.0/board/${board.id}/configuration`,
      filter: { id: String(10_000 + board.id), self: `${baseUrl}/rest/api/2/filter/${10_000 + board.id}` },
      columnConfig: { columns: [], constraintType: 'none' },
      ...(field === undefined ? {} : { estimation: { type: 'field', field: { fieldId: field.id, displayName: field.name } } }),
      ranking: { rankCustomFieldId: 10_019 },
    });
  }
  if (sub === 'sprint') {
    if (board.type === 'kanban') return jiraError(400, 'The board does not support sprints');
    const states = toList(query.get('state'));
    const sprints = world.sprints.filter((sprint) => sprint.boardId === board.id && (states.length === 0 || states.includes(sprint.state)));
    return ok(page(call, sprints, (sprint) => renderSprint(call, sprint)));
  }
  const issues = world.issues.filter(
    (issue) =>
      issue.project.key === board.projectKey &&
      isVisible(issue) &&
      issue.type !== 'Epic' &&
      issue.type !== 'Sub-task' &&
      issue.status.category !== 'done' &&
      issue.sprints.every((sprint) => sprint.state === 'closed'),
  );
  const startAt = Math.max(0, Number(query.get('startAt') ?? 0) || 0);
  const maxResults = Math.min(100, Number(query.get('maxResults') ?? 50) || 50);
  const fields = toList(query.get('fields'));
  return ok({
    startAt,
    maxResults,
    total: issues.length,
    issues: issues
      .slice(startAt, startAt + maxResults)
      .map((issue) => renderIssue(call, issue, fields.length === 0 ? ['*navigable'] : fields)),
  });
}

function answerEstimation(call: Call, idOrKey: string): Answer {
  const issue = findIssue(call.world, idOrKey);
  if (issue === undefined || !isVisible(issue)) return notFound();
  const boardId = call.query.get('boardId');
  if (boardId === null) return jiraError(400, 'boardId is required');
  const board = call.world.boards.find((candidate) => candidate.id === Number(boardId));
  if (board === undefined || board.projectKey !== issue.project.key) return jiraError(404, 'The issue is not on this board.');
  const fieldId = board.estimationFieldId;
  if (fieldId === undefined) return jiraError(400, 'The board does not have an estimation field.');
  if (call.method === 'PUT') {
    if (issue.isReadOnly) return jiraError(403, 'You do not have permission to edit this issue.');
    const given = fieldsOf(call.body)['value'];
    const value = given === null || given === '' ? null : Number(given);
    if (value !== null && Number.isNaN(value)) return jiraError(400, `'${String(given)}' is not a valid estimate.`);
    setNumber(call, issue, fieldId, value);
  }
  const value = issue.numbers.get(fieldId) ?? null;
  return ok({ fieldId, ...(value === null ? {} : { value: value.toFixed(1).replace(/^(-?\d+\.\d*?[1-9])0+$/, '$1') }) });
}
