import { toAdf, toWiki } from './description.ts';
import { renderAttachment } from './render-attachment.ts';
import { acceptanceCriteria, epicLink, sprintField } from './site.ts';
import { isVisible, type SimBoard, type SimField, type SimIssue, type SimSprint, type SimUser, type World } from './world.ts';

export type Api = 'v3' | 'v2' | 'agile';

export interface RenderContext {
  readonly world: World;
  readonly baseUrl: string;
  readonly api: Api;
  readonly isDataCenter: boolean;
}

/** An issue's JSON with the asked fields (`*all`, `*navigable`, ids, `-id`). */
export function renderIssue(context: RenderContext, issue: SimIssue, asked: readonly string[], expand: readonly string[] = []): unknown {
  const version = context.isDataCenter || context.api !== 'v3' ? '2' : '3';
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `${context.baseUrl}/rest/api/${version}/issue/${issue.id}`,
    key: issue.key,
    ...(asked.length === 0 || (asked.length === 1 && asked[0] === 'id')
      ? {}
      : { fields: selectFields(renderFields(context, issue), asked) }),
    ...(expand.includes('changelog') ? { changelog: renderChangelog(context, issue) } : {}),
    ...(expand.includes('editmeta') ? { editmeta: renderEditMeta(context, issue) } : {}),
  };
}

function selectFields(all: Record<string, unknown>, asked: readonly string[]): Record<string, unknown> {
  const hasAll = asked.some((name) => name === '*all' || name === '*navigable');
  const names = hasAll ? Object.keys(all) : asked.filter((name) => !name.startsWith('-'));
  const without = new Set(asked.filter((name) => name.startsWith('-')).map((name) => name.slice(1)));
  return Object.fromEntries(names.filter((name) => name in all && !without.has(name)).map((name) => [name, all[name]]));
}

function renderFields(context: RenderContext, issue: SimIssue): Record<string, unknown> {
  const { world, baseUrl, api } = context;
  const toDocument = api === 'v3' && !context.isDataCenter ? toAdf : toWiki;
  const parent = issue.parentId === null ? undefined : world.byId.get(issue.parentId);
  const children = world.issues.filter((other) => other.parentId === issue.id && other.type === 'Sub-task' && isVisible(other));
  return {
    summary: issue.summary,
    description: toDocument(issue.description),
    issuetype: renderType(context, issue),
    project: renderProject(context, issue.project),
    status: renderStatus(baseUrl, issue),
    priority: { self: `${baseUrl}/rest/api/3/priority/3`, id: '3', name: issue.priority, iconUrl: `${baseUrl}/images/priority.svg` },
    assignee: issue.assignee === null ? null : renderUser(context, issue.assignee),
    reporter: renderUser(context, issue.reporter),
    labels: issue.labels,
    components: issue.components.map((name, index) => ({
      self: `${baseUrl}/rest/api/3/component/${index}`,
      id: String(10_500 + index),
      name,
    })),
    created: issue.created,
    updated: issue.updated,
    ...renderParent(context, issue, parent),
    subtasks: children.map((child) => renderStub(context, child)),
    issuelinks: issue.links.flatMap((link, index) => renderLink(context, issue, link, index)),
    attachment: issue.attachments.map((attachment) => renderAttachment(baseUrl, context.isDataCenter, attachment)),
    ...(issue.criteria.length === 0 ? {} : { [acceptanceCriteria]: toDocument(issue.criteria) }),
    [sprintField]: issue.sprints.length === 0 ? null : issue.sprints.map((sprint) => renderSprintField(context, sprint)),
    customfield_10016: null,
    ...Object.fromEntries(issue.project.fieldIds.map((id) => [id, issue.numbers.get(id) ?? null])),
  };
}

/** On Data Center an epic is in a field of its own, and only subtasks have a parent. */
function renderParent(context: RenderContext, issue: SimIssue, parent: SimIssue | undefined): Record<string, unknown> {
  if (context.isDataCenter && issue.type !== 'Sub-task') return { [epicLink]: parent?.key ?? null };
  return parent === undefined ? {} : { parent: renderStub(context, parent) };
}

function renderType({ baseUrl }: RenderContext, issue: SimIssue): unknown {
  const ids = { Story: '10001', Task: '10002', Bug: '10004', Epic: '10000', 'Sub-task': '10003' } as const;
  return {
    self: `${baseUrl}/rest/api/3/issuetype/${ids[issue.type]}`,
    id: ids[issue.type],
    description: '',
    name: issue.type,
    subtask: issue.type === 'Sub-task',
    hierarchyLevel: issue.type === 'Epic' ? 1 : issue.type === 'Sub-task' ? -1 : 0,
  };
}

function renderStatus(baseUrl: string, { status }: SimIssue): unknown {
  const categories = { new: [2, 'To Do', 'blue-gray'], indeterminate: [4, 'In Progress', 'yellow'], done: [3, 'Done', 'green'] } as const;
  const [id, name, colorName] = categories[status.category];
  return {
    self: `${baseUrl}/rest/api/3/status/${status.id}`,
    id: status.id,
    name: status.name,
    description: '',
    statusCategory: { self: `${baseUrl}/rest/api/3/statuscategory/${id}`, id, key: status.category, colorName, name },
  };
}

function renderStub(context: RenderContext, issue: SimIssue): unknown {
  return {
    id: issue.id,
    key: issue.key,
    self: `${context.baseUrl}/rest/api/3/issue/${issue.id}`,
    fields: { summary: issue.summary, status: renderStatus(context.baseUrl, issue), issuetype: renderType(context, issue) },
  };
}

function renderLink(context: RenderContext, issue: SimIssue, link: SimIssue['links'][number], index: number): unknown[] {
  const other = context.world.byId.get(link.issueId);
  if (other === undefined || !isVisible(other)) return [];
  const words =
    link.relation === 'Blocks' ? { inward: 'is blocked by', outward: 'blocks' } : { inward: 'relates to', outward: 'relates to' };
  return [
    {
      id: String(Number(issue.id) * 10 + index),
      self: `${context.baseUrl}/rest/api/3/issueLink/${issue.id}${index}`,
      type: { id: link.relation === 'Blocks' ? '10000' : '10003', name: link.relation, ...words },
      [link.direction === 'outward' ? 'outwardIssue' : 'inwardIssue']: renderStub(context, other),
    },
  ];
}

/** The sprint custom field: objects on Cloud, a Java object's toString on Data Center. */
function renderSprintField(context: RenderContext, sprint: SimSprint): unknown {
  if (!context.isDataCenter) return { ...renderSprint(context, sprint), boardId: sprint.boardId };
  return `com.atlassian.greenhopper.service.sprint.Sprint@1f2e[id=${sprint.id},rapidViewId=${sprint.boardId},state=${sprint.state.toUpperCase()},name=${sprint.name},startDate=${sprint.startDate ?? '<null>'},endDate=${sprint.endDate ?? '<null>'},completeDate=<null>,sequence=${sprint.id},goal=${sprint.goal}]`;
}

/** A sprint as the Agile API gives it. */
export function renderSprint({ baseUrl }: RenderContext, sprint: SimSprint): Record<string, unknown> {
  const { boardId, startDate, endDate, ...rest } = sprint;
  return {
    ...rest,
    self: `${baseUrl}/rest/agile/1.0/sprint/${sprint.id}`,
    originBoardId: boardId,
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
  };
}

/** A user: by account id on Cloud, by name on Data Center. */
export function renderUser({ baseUrl, isDataCenter }: RenderContext, user: SimUser): unknown {
  const avatarUrls = Object.fromEntries(
    ['16x16', '24x24', '32x32', '48x48'].map((size) => [size, `${baseUrl}/secure/useravatar?size=${size}&owner=${user.name}`]),
  );
  const shared = { avatarUrls, displayName: user.displayName, active: true, timeZone: 'Europe/Berlin' };
  if (isDataCenter)
    return {
      self: `${baseUrl}/rest/api/2/user?username=${user.name}`,
      name: user.name,
      key: `JIRAUSER${user.accountId.slice(-5)}`,
      ...shared,
    };
  return { self: `${baseUrl}/rest/api/3/user?accountId=${user.accountId}`, accountId: user.accountId, accountType: 'atlassian', ...shared };
}

/** A project as lists and issues give it. */
export function renderProject({ baseUrl, isDataCenter }: RenderContext, project: SimIssue['project']): Record<string, unknown> {
  return {
    self: `${baseUrl}/rest/api/${isDataCenter ? 2 : 3}/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: 'software',
    ...(isDataCenter ? {} : { simplified: project.isTeamManaged, style: project.isTeamManaged ? 'next-gen' : 'classic' }),
  };
}

/** An entry of `GET /field`. */
export function renderField(context: RenderContext, field: SimField): unknown {
  const number = field.id.slice('customfield_'.length);
  return {
    id: field.id,
    ...(context.isDataCenter ? {} : { key: field.id }),
    name: field.name,
    custom: field.custom,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: field.custom ? [`cf[${number}]`, field.name] : [field.id],
    schema: field.custom
      ? { type: field.type, custom: field.customType, customId: Number(number) }
      : { type: field.type, system: field.id },
    ...(field.projectId === undefined || context.isDataCenter ? {} : { scope: { type: 'PROJECT', project: { id: field.projectId } } }),
  };
}

/** A board as the Agile API gives it. */
export function renderBoard({ baseUrl, world }: RenderContext, board: SimBoard): unknown {
  const project = world.projects.find((candidate) => candidate.key === board.projectKey);
  return {
    id: board.id,
    self: `${baseUrl}/rest/agile/1.0/board/${board.id}`,
    name: board.name,
    type: board.type,
    location: { projectId: Number(project?.id), projectKey: board.projectKey, projectName: project?.name, projectTypeKey: 'software' },
  };
}

/** Which fields the API user may set on the issue: those on its screen, none without permission. */
function renderEditMeta({ world, baseUrl }: RenderContext, issue: SimIssue): unknown {
  const onScreen = issue.isReadOnly ? [] : ['summary', 'labels', ...issue.project.fieldIdsOnScreen];
  const entries = onScreen.flatMap((id) => {
    const field = world.fields.find((candidate) => candidate.id === id);
    if (field === undefined) return [];
    const schema = field.custom
      ? { type: field.type, custom: field.customType, customId: Number(id.slice(12)) }
      : { type: field.type, system: id };
    return [[id, { required: id === 'summary', schema, name: field.name, key: id, operations: ['set'], autoCompleteUrl: `${baseUrl}/x` }]];
  });
  return { fields: Object.fromEntries(entries) };
}

function renderChangelog(context: RenderContext, issue: SimIssue): unknown {
  const histories = issue.changelog.map((change, index) => ({
    id: String(Number(issue.id) * 100 + index),
    author: renderUser(context, change.author),
    created: change.at,
    items: [{ field: change.field, fieldtype: 'jira', fieldId: change.field, fromString: change.from, toString: change.to }],
  }));
  return { startAt: 0, maxResults: histories.length, total: histories.length, histories };
}
